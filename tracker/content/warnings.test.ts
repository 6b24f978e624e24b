import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { present } from "../core/model/present.ts";
import { exampleContent } from "../testing/example-content.ts";
import { readContent } from "./read.ts";
import { liveOf } from "./settings-schema.ts";
import { contentWarnings, warningText } from "./warnings.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "sprintcast-warnings-"));
  cpSync(exampleContent(), dir, { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const put = (path: string, text = "x"): void => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
};
const move = (from: string, to: string): void => {
  mkdirSync(dirname(join(dir, to)), { recursive: true });
  renameSync(join(dir, from), join(dir, to));
};
const warnings = async (): Promise<string[]> =>
  contentWarnings(await readContent(dir), "2026-03-13").map(warningText);
const post = (front: string, body: string): string =>
  `---\ntitle: A post\ndate: 2019-11-20\n${front}\n---\n\n${body}\n`;

test("the bundled example gives no cause for any", async () => {
  expect(await warnings()).toEqual([]);
});

describe("the locale", () => {
  const speak = (locale: string, more = "") =>
    put(
      "settings.yml",
      `${readFileSync(join(dir, "settings.yml"), "utf8").replace("locale: en-GB", `locale: ${locale}`)}\n${more}`,
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
    await expect(readContent(dir)).rejects.toThrow(problem);
  });
});

describe("files", () => {
  test("sprints and posts are read whatever their ending's case, and in folders", async () => {
    const before = await readContent(dir);
    move("sprints/01.md", "sprints/01.MD");
    move("sprints/02.md", "sprints/2019/02.markdown");
    move("posts/01-review.md", "posts/2019/autumn/01-review.Markdown");
    const after = await readContent(dir);
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
    cpSync(join(dir, "reports/03.json"), join(dir, "reports/04.json"));
    expect(await warnings()).toEqual([
      expect.stringMatching(/^reports\/04\.json: .* sprint 3, .* reports\/03\.json/),
    ]);
    expect((await readContent(dir)).reports).toHaveLength(3);
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
    symlinkSync(dir, join(dir, "posts/again"));
    expect(await warnings()).toEqual([]);
  });

  test("two posts of one address are refused", async () => {
    put("posts/2019-x.md", post("kind: note", "x"));
    put("posts/2019/x.markdown", post("kind: note", "x"));
    await expect(readContent(dir)).rejects.toMatchObject({ code: "post-address-twice", exitCode: 3 });
    rmSync(join(dir, "posts/2019"), { recursive: true });
    put("posts/2019 X!.md", post("kind: note", "x"));
    await expect(readContent(dir)).rejects.toMatchObject({ code: "post-address-twice", exitCode: 3 });
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
    const settings = readFileSync(join(dir, "settings.yml"), "utf8");
    expect(settings).toContain("\nlive: true\n");
    const shown = (await readContent(dir)).posts.filter(({ body }) => body.includes("::demo")).length;
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
      expect(liveOf((await readContent(dir)).settings)).toEqual({ url: "wss://demo.example.org/live" });
    }
    put("settings.yml", settings.replace("live: true", "live: { url: /live }"));
    await expect(readContent(dir)).rejects.toMatchObject({ exitCode: 3 });
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

  test("links that lead nowhere, pictures that are missing, and posts that nobody sees yet", async () => {
    const draft = (more: string) => `---\ntitle: A post\nkind: note\n${more}\n---\n\nx\n`;
    put("posts/draft.md", draft("date: 2019-11-20\ndraft: true"));
    put("posts/soon.md", draft("date: 2026-03-20"));
    put("posts/img/Chart.PNG");
    put("posts/Überblick 1.pdf");
    put("posts/notes.txt", "Linked, so no file that nobody reads.");
    put("about.md", "![The team](team.jpg)");
    const fine =
      "[a](02-review.md) [b](../posts/02-review.md) [c](../02-review/) [d](/posts/02-review/) [e](/sprints/2/) " +
      "[f](../sprints/02.md) [g](../../sprints/) [h](%C3%9Cberblick%201.pdf) [i](<Überblick 1.pdf>) [j](notes.txt?x#y) " +
      "![k](img/Chart.PNG) [l](#) [m](mailto:a@b.example) [n](//cdn.example/x) ![o](/public.png) [p](../about.md)";
    put("posts/x.md", post("kind: note", fine.replaceAll(" [", "\n[")));
    expect(await warnings()).toEqual([
      expect.stringMatching(/^posts\/soon\.md: it is held back/),
      expect.stringMatching(/^about\.md:1: the picture team\.jpg is not there, so the site cannot be built/),
    ]);
    rmSync(join(dir, "about.md"));
    put(
      "posts/x.md",
      post(
        "kind: note",
        "[a](02-rewiev.md)\n[b](/sprints/99/)\n[c](../nobody/)\n[d](../../../../etc/passwd.txt)\n[e](draft.md)\n" +
          "[f](soon.md)\n![g](img/chart.png)\n![h][1]\n`[i](no.md)` <!-- [j](no.md) -->\n\n[1]: gone.png\n[1]: img/Chart.PNG",
      ),
    );
    const told = await warnings();
    expect(told.filter((one) => one.startsWith("posts/x.md"))).toEqual([
      "posts/x.md:7: the link 02-rewiev.md leads nowhere and is left out; did you mean 02-review.md?",
      "posts/x.md:8: the link /sprints/99/ leads nowhere and is left out",
      "posts/x.md:9: the link ../nobody/ leads nowhere and is left out",
      "posts/x.md:10: the link ../../../../etc/passwd.txt leads nowhere and is left out",
      "posts/x.md:11: the link draft.md is left out, since that post is a draft",
      "posts/x.md:12: the link soon.md is left out until 2026-03-20, when that post is published",
      "posts/x.md:13: the picture img/chart.png is not there, so the site cannot be built; did you mean img/Chart.PNG?",
      "posts/x.md:14: the picture gone.png is not there, so the site cannot be built",
    ]);
  });

  test("links to headings that are not there", async () => {
    put(
      "posts/y.md",
      post(
        "kind: note",
        "# What came\n\n> ## In a *quotation* `code` ![no](/words.png)\n\n## What came\n\nWords\n\n## 你好, C++!\n\nWords\n\n## …\n\nWords\n\nSetext\n===\n\nWords",
      ),
    );
    const fine = [
      "what-came",
      "in-a-quotation-code-",
      "what-came-1",
      "你好-c",
      "%E4%BD%A0%E5%A5%BD-c",
      "section",
      "setext",
      "top",
      "",
      ":~:text=came",
      "figure-debt",
      "user-content-fn-1",
    ];
    put(
      "posts/x.md",
      post(
        "kind: note",
        `## Here\n\n[a](#here) [b](y.md?q#setext) [c](https://a.example/#no) ${fine.map((name) => `[l](y.md#${name})`).join("\n")}`,
      ),
    );
    put("about.md", "# The team\n\n[a](#the-team)");
    expect(await warnings()).toEqual([]);
    put(
      "posts/x.md",
      post(
        "kind: note",
        "## Here\n\n[a](#hear)\n[b](/posts/y/#what-come)\n[c](y.md#What-came)\n[d](../y/#nothing-like-it)\n![e](#here)\n[f][1]\n\n[1]: #gone-long-ago",
      ),
    );
    put("about.md", "# The team\n\n[a](#the-taem)");
    expect(await warnings()).toEqual([
      "posts/x.md:9: the link #hear leads to no heading: none here has that name; did you mean #here?",
      "posts/x.md:10: the link /posts/y/#what-come leads to no heading: none there has that name; did you mean #what-came?",
      "posts/x.md:11: the link y.md#What-came leads to no heading: none there has that name; did you mean #what-came?",
      "posts/x.md:12: the link ../y/#nothing-like-it leads to no heading: none there has that name",
      "posts/x.md:14: the link #gone-long-ago leads to no heading: none here has that name",
      "about.md:3: the link #the-taem leads to no heading: none here has that name; did you mean #the-team?",
    ]);
  });

  test("recordings and slides that are not there", async () => {
    put("posts/deck.pdf");
    put("posts/x.md", post("kind: note\nslides: deck.pdf\nrecording: https://video.example/42", "x"));
    expect(await warnings()).toEqual([]);
    put("posts/x.md", post("kind: note\nslides: desk.pdf\nrecording: talk.mp4", "x"));
    expect(await warnings()).toEqual([
      "posts/x.md: the link talk.mp4 leads nowhere and is left out",
      "posts/x.md: the link desk.pdf leads nowhere and is left out; did you mean deck.pdf?",
    ]);
    for (const wrong of ["javascript:alert(1)", "//video.example/42", "data:text/html,x"]) {
      put("posts/x.md", post(`kind: note\nslides: "${wrong}"`, "x"));
      await expect(readContent(dir)).rejects.toMatchObject({ code: "post-invalid", exitCode: 3 });
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
  const { reports } = await readContent(dir);
  const { keep, add } = present(reports[0]).kalm;
  return { promises: present([...keep, ...add][0]).text };
}
