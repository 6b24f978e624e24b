import { cpSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { present } from "../core/model/present.ts";
import { warnedContent } from "../testing/warned-content.ts";
import { liveOf } from "./settings-schema.ts";

const { at, put, move, warnings, read, post } = warnedContent();

test("the bundled example gives no cause for any", async () => {
  expect(await warnings()).toEqual([]);
});

describe("the locale", () => {
  const speak = (locale: string, more = "") =>
    put(
      "settings.yml",
      `${readFileSync(at("settings.yml"), "utf8").replace("locale: en-GB", `locale: ${locale}`)}\n${more}`,
    );

  test("without texts here is named, since the site speaks English then", async () => {
    speak("ar-EG");
    expect(await warnings()).toEqual([
      expect.stringMatching(/^settings\.yml: locale: ar-EG has no texts here/),
    ]);
  });

  test("of a region speaks its language", async () => {
    speak("en-AU");
    expect(await warnings()).toEqual([]);
  });

  test("gives no cause for a warning where the team has texts of its own", async () => {
    speak("fr", "texts: { frame: { nav: { about: À propos } } }");
    expect(await warnings()).toEqual([]);
  });

  test.each([
    ["locale: german!", /locale.*expected a BCP 47 locale/],
    ["texts: { frame: { nav: { abuot: x } } }", /texts\.frame\.nav\.abuot.*there is no such text/],
    [
      "texts: { pages: { home: { asOf: 'of {day}' } } }",
      /texts\.pages\.home\.asOf.*\{day\} is filled with nothing/,
    ],
  ])("%s is refused", async (line, problem) => {
    put("settings.yml", `repository: a/b\ntimeZone: UTC\n${line}\n`);
    await expect(read()).rejects.toThrow(problem);
  });
});

describe("files", () => {
  test("sprints and posts are read whatever their ending's case, and in folders", async () => {
    const before = await read();
    move("sprints/01.md", "sprints/01.MD");
    move("sprints/02.md", "sprints/2019/02.markdown");
    move("posts/01-review.md", "posts/2019/autumn/01-review.Markdown");
    const after = await read();
    expect(after.sprints.map(({ sprint }) => sprint)).toEqual(before.sprints.map(({ sprint }) => sprint));
    expect(after.posts.map(({ body }) => body).sort()).toEqual(before.posts.map(({ body }) => body).sort());
    expect(after.posts.map(({ slug }) => slug)).toContain("2019-autumn-01-review");
    expect(await warnings()).toEqual([]);
  });

  test.each([
    ["sprints/03.mdx", /a sprint is a Markdown file/],
    ["sprints/03.md.bak", /a sprint is/],
    ["sprints/03.txt", /a sprint is/],
    ["posts/2026/review.html", /a post is/],
    ["posts/review.md~", /a post is/],
    ["reports/3.json", /reports\/03\.json/],
    ["reports/03 (copy).json", /a report is/],
    ["reports/03.JSON", /a report is/],
    ["reports/2026/03.json", /a report is/],
    ["recordings/sprint-3.ndjson", /a recording is/],
    ["recordings/old/03.ndjson", /a recording is/],
    ["recordings/03.NDJSON", /a recording is/],
    ["settings.yaml", /settings\.yml/],
    ["About.md", /about\.md/],
    ["04.md", /sprints\/, posts/],
    ["post/01.md", /the folder post is not read/],
    ["Sprints/03.md", /the folder Sprints is not read/],
  ])("%s is named as not read", async (path, why) => {
    put(path);
    expect(await warnings()).toEqual([expect.stringMatching(why)]);
    expect((await warnings())[0]).toContain(`${path}: it is not read`);
  });

  test("a report under another sprint's name is named and not read", async () => {
    cpSync(at("reports/03.json"), at("reports/04.json"));
    expect(await warnings()).toEqual([
      expect.stringMatching(/^reports\/04\.json: .* sprint 3, .* reports\/03\.json/),
    ]);
    expect((await read()).reports).toHaveLength(3);
  });

  test.each([
    "posts/board.png",
    "posts/2019/talk.mp4",
    "logo.svg",
    "reports/README.md",
    "sprints/.DS_Store",
    "images/a.jpg",
  ])("%s is nobody's concern", async (path) => {
    put(path);
    expect(await warnings()).toEqual([]);
  });

  test("a link in a circle ends", async () => {
    symlinkSync(at("."), at("posts/again"));
    expect(await warnings()).toEqual([]);
  });

  test("two posts of one address are refused", async () => {
    put("posts/2019-x.md", post("kind: note", "x"));
    put("posts/2019/x.markdown", post("kind: note", "x"));
    await expect(read()).rejects.toMatchObject({ code: "post-address-twice", exitCode: 3 });
    rmSync(at("posts/2019"), { recursive: true });
    put("posts/2019 X!.md", post("kind: note", "x"));
    await expect(read()).rejects.toMatchObject({ code: "post-address-twice", exitCode: 3 });
  });
});

describe("words", () => {
  test.each([
    [
      "an empty heading",
      "kind: note",
      "## Recap\n\n## End\n\nBye",
      [/x\.md:7: nothing stands under "Recap"/],
    ],
    ["a sprint that is not there", "kind: note\nsprint: 9", "x", [/sprint 9, which has no file/]],
    [
      "promises in a daily",
      "kind: daily\nsprint: 3",
      "## K.A.L.M.\n\n### Keep\n\n- x",
      [/read from reviews only, and this is a daily/],
    ],
    ["a review of no sprint", "kind: review", "## K.A.L.M.\n\n### Keep\n\n- x", [/has no sprint/]],
    [
      "init's own words",
      "kind: note",
      "Take `draft` away when this may be published.",
      [/the one that init wrote/],
    ],
    [
      "an answer to nobody, and one to an earlier review",
      "kind: review\nsprint: 2",
      "## K.A.L.M.\n\n### Follow-up\n\n- [x] Never made\n- [x] Estimates in man-days",
      [/x\.md:12: "Never made"/],
    ],
  ])("%s", async (_, front, body, expected) => {
    const { promises } = await firstPromise();
    put("posts/x.md", post(front, body.replace("Estimates in man-days", promises)));
    expect(await warnings()).toEqual(expected.map((one) => expect.stringMatching(one)));
    put("posts/x.md", post(`${front}\ndraft: true`, body));
    expect(await warnings()).toEqual([]);
  });

  test("a live demo and its recordings where the settings have none", async () => {
    const settings = readFileSync(at("settings.yml"), "utf8");
    expect(settings).toContain("\nlive: true\n");
    const shown = (await read()).posts.filter(({ body }) => body.includes("::demo")).length;
    expect(shown).toBeGreaterThan(0);
    put("posts/x.md", post("kind: note", "Words.\n\n```\n::demo\n```"));
    for (const without of ["", "live: false\n"]) {
      put("settings.yml", settings.replace("live: true\n", without));
      const told = await warnings();
      expect(told.filter((one) => /^posts.*::demo: it is left out/.test(one))).toHaveLength(shown);
      expect(told.filter((one) => /^recordings\/\d\d\.ndjson: it is left out/.test(one))).toHaveLength(3);
      expect(told).toHaveLength(shown + 3);
    }
    for (const live of [
      "live: { url: wss://demo.example.org/live }",
      "liveUrl: wss://demo.example.org/live",
    ]) {
      put("settings.yml", settings.replace("live: true", live));
      expect(await warnings()).toEqual([]);
      expect(liveOf((await read()).settings)).toEqual({ url: "wss://demo.example.org/live" });
    }
    put("settings.yml", settings.replace("live: true", "live: { url: /live }"));
    await expect(read()).rejects.toMatchObject({ exitCode: 3 });
  });

  test("a post that waits for its day", async () => {
    const held = (date: string, more = "") =>
      `---\ntitle: A post\nkind: note\ndate: ${date}${more}\n---\n\nx\n`;
    put("posts/x.md", held("2026-03-14"));
    expect(await warnings()).toEqual(["posts/x.md: it is held back until its date, 2026-03-14"]);
    for (const shown of [held("2026-03-13"), held("2026-03-14", "\ndraft: true")]) {
      put("posts/x.md", shown);
      expect(await warnings()).toEqual([]);
    }
  });

  test("HTML that the site leaves out, but for comments and code", async () => {
    put(
      "posts/x.md",
      post("kind: note", "<!-- <b>for editors</b> -->\n\n`<i>` 1 < 2 <https://a.example/> ≤\n\n    <u>"),
    );
    expect(await warnings()).toEqual([]);
    put(
      "posts/x.md",
      post("kind: note", "One\n\n<details><summary>More</summary>\n\nA<br>b <kbd>c</kbd>\n\n</details>"),
    );
    expect(await warnings()).toEqual([
      "posts/x.md:9: HTML is left out, only the words in it are shown: <details>, <summary>, <br>, <kbd>",
    ]);
  });

  test("the goal that init wrote", async () => {
    put(
      "sprints/04.md",
      "---\nnumber: 4\ntitle: T\ngoal: What this sprint is for, in one sentence\nfirstDay: 2026-01-01\nlastDay: 2026-01-02\n---\n",
    );
    expect(await warnings()).toEqual(["sprints/04.md: the goal is still the one that init wrote"]);
  });
});

async function firstPromise(): Promise<{ promises: string }> {
  const { reports } = await read();
  const { keep, add } = present(reports[0]).kalm;
  return { promises: present([...keep, ...add][0]).text };
}
