import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { planProject } from "./plan.ts";
import { teamOf } from "./team.ts";
import { createRig } from "./testing/rig.ts";

const rig = createRig();
const make = (...args: string[]) => rig.create(...args, "--repo", "octo/rocket");

function put(path: string, text: string): void {
  mkdirSync(dirname(join(rig.folder, path)), { recursive: true });
  writeFileSync(join(rig.folder, path), text);
}
const planned = planProject({
  team: teamOf("octo/rocket", "UTC", {}, 0),
  content: "content",
  branch: "main",
});

/** The lines on one kept file, up to the blank one. */
const adviceOn = (path: string): string | undefined =>
  rig.printed.out.split("\n\n").find((part) => part.trimStart().startsWith(`${path} stays as it is.`));

describe("folders of odd names", () => {
  test.each([
    ["our reviews", "'our reviews'"],
    ["Überblick — März", "'Überblick — März'"],
    ["発表", "'発表'"],
    ["a 'b' \"c\" $HOME `id`", "'a '\\''b'\\'' \"c\" $HOME `id`'"],
    ["deep/er/still", "deep/er/still"],
    ["--", "./--"],
  ])("%s is made whole, and cd is told so that a shell reads it", async (name, word) => {
    expect(await make("--", name).catch(() => 1)).toBe(2);
    expect(await rig.create("--repo", "octo/rocket", "--", name)).toBe(0);
    expect(Object.keys(rig.files())).toEqual(planned.map(({ path }) => `${name}/${path}`).sort());
    expect(rig.printed.out).toContain(`\n  cd ${word}\n`);
    const shown = execFileSync("sh", ["-c", `cd ${word} && pwd`], { cwd: rig.folder, encoding: "utf8" });
    expect(shown.trimEnd().endsWith(`/${name}`)).toBe(true);
  });

  test("a link to a folder is as good as the folder", async () => {
    mkdirSync(join(rig.folder, "real"));
    symlinkSync("real", join(rig.folder, "linked"));
    expect(await make("linked")).toBe(0);
    expect(existsSync(join(rig.folder, "real/content/settings.yml"))).toBe(true);
  });
});

describe("something in a folder's place ends with 2 before anything is written", () => {
  const ways: [string, string, () => void][] = [
    ["a file called content", "content", () => put("content", "ours")],
    ["a file called sprints", "content/sprints", () => put("content/sprints", "ours")],
    ["a file called .github", ".github", () => put(".github", "ours")],
    ["a file called workflows", ".github/workflows", () => put(".github/workflows", "ours")],
  ];
  test.each(ways)("%s", async (_, path, block) => {
    block();
    expect(await make()).toBe(2);
    expect(rig.printed.err).toBe(
      `create-sprintcast: ${join(rig.folder, path)}: a file is there already, not a folder\n` +
        "  Move it away or name another folder, and run it again.\n",
    );
    expect([rig.printed.out, rig.files()]).toEqual(["", { [path]: "ours" }]);
  });

  test("a link that leads nowhere", async () => {
    symlinkSync("nowhere", join(rig.folder, "content"));
    expect(await make()).toBe(2);
    expect(rig.printed.err).toContain(
      `${join(rig.folder, "content")}: a link that leads nowhere is there already`,
    );
    expect(rig.files()).toEqual({});
  });

  test("a parent in which nothing can be made is named, with what to do", async () => {
    // Not even root makes a folder there.
    if (!existsSync("/proc/self")) return;
    expect(await make("/proc/self/reviews")).toBe(2);
    expect(rig.printed.err).toMatch(
      /^create-sprintcast: \/proc\/self\/reviews[^:]*: \S.*\n {2}Name another folder, or/,
    );
    expect(rig.printed.err).not.toMatch(/internal fault|: E[A-Z]+\n/);
  });
});

describe("a package.json that is there stays byte for byte, and is told what it lacks", () => {
  const whole = planned[0]?.text ?? "";
  test.each([
    ["with a byte order mark", `\uFEFF${whole}`, null],
    ["of type commonjs", whole.replace('"type": "module"', '"type": "commonjs"'), null],
    ["without a type", whole.replace(/^ {2}"type".*\n/m, ""), null],
    ["with Windows line ends", whole.replaceAll("\n", "\r\n"), null],
    [
      "with comments",
      `// ours\n${whole}`,
      /^\npackage\.json stays.* It is not a JSON object, without comments or a comma after its last entry, so npm cannot read it\. Fix it, /,
    ],
    [
      "with a comma too many",
      whole.replace(/"\n\}/, '",\n}').replace(/\n {2}\}\n\}/, "\n  },\n}"),
      /without comments or a comma after its last entry/,
    ],
    [
      "with an address that looks like a comment",
      whole.replace("{", '{ "homepage": "https://a.example/*x*/",'),
      null,
    ],
    ["that is cut off", whole.slice(0, 50), /It is not a JSON object, .*so npm cannot read it/],
    ["that is empty", "", /It is not a JSON object/],
    ["that is a list", "[]", /It is not a JSON object/],
    ["of binary bytes", "\u0000\u0001", /It is not a JSON object/],
  ])("%s", async (_, text, said) => {
    put("package.json", text);
    expect(await make()).toBe(0);
    expect(readFileSync(join(rig.folder, "package.json"), "utf8")).toBe(text);
    expect(rig.printed.out).toContain("kept  package.json\n");
    if (said === null) expect(adviceOn("package.json")).toBeUndefined();
    else expect(`\n${adviceOn("package.json")?.trimStart()}`).toMatch(said);
  });

  test.each(["package.json", "content/settings.yml", ".gitignore", "astro.config.mjs"])(
    "%s as a folder is said to be no file, and not to be broken",
    async (path) => {
      mkdirSync(join(rig.folder, path), { recursive: true });
      expect(await make()).toBe(0);
      expect(adviceOn(path)?.trimStart()).toBe(
        `${path} stays as it is. It is no file that can be read. Move it away, then run this again.`,
      );
      expect(rig.files()[path]).toBeUndefined();
    },
  );
});

describe("names that stand for one of ours", () => {
  test("settings under another name are kept, and told to be renamed", async () => {
    put("content/settings.yaml", "repository: octo/here\n");
    expect(await make()).toBe(0);
    expect(rig.files()["content/settings.yml"]).toBeUndefined();
    expect(adviceOn("content/settings.yaml")).toMatch(/read from settings\.yml alone\. Rename it/);
  });

  test.each([
    ["sprints", "07.md", false],
    ["sprints", "07.MD", false],
    ["sprints", "first.markdown", false],
    ["sprints", "README.md", true],
    ["posts", "readme.markdown", true],
    ["posts", "._x.md", true],
    ["posts", "picture.png", true],
  ])("%s/%s: ours is written beside it: %j", async (room, name, isWritten) => {
    put(`content/${room}/${name}`, "ours");
    expect(await make()).toBe(0);
    const own = room === "sprints" ? "01.md" : "01-planning.md";
    expect([
      rig.files()[`content/${room}/${name}`],
      rig.files()[`content/${room}/${own}`] !== undefined,
    ]).toEqual(["ours", isWritten]);
  });

  test("a workflow of one's own stays, and one of ours of an earlier time is no fault", async () => {
    put(".github/workflows/publish.yml", "name: npm publish\n");
    expect(await make()).toBe(0);
    expect(adviceOn(".github/workflows/publish.yml")).toMatch(
      /It is a workflow of your own\..*for another file name/,
    );
    expect(rig.printed.out).not.toContain("choose Settings, Pages");
    put(".github/workflows/publish.yml", "jobs: { x: { steps: [{ uses: sprintcast/sprintcast@v0 }] } }\n");
    expect(await make()).toBe(0);
    expect(adviceOn(".github/workflows/publish.yml")).toBeUndefined();
  });
});

describe("the workflow", () => {
  const workflow = (facts: { content?: string; branch?: string; usesProjects?: boolean }) => {
    const team = teamOf("octo/rocket", "UTC", {}, 0);
    const all = planProject({ team, content: "content", branch: "main", ...facts });
    return parse(all.find(({ path }) => path.endsWith("publish.yml"))?.text ?? "");
  };

  test.each(["main", "on", "no", "1.0", "2026-01-05", "release/x", "*star", "- x", "a: b", "'"])(
    "publishes the branch %s and no other",
    (branch) => expect(workflow({ branch }).on.push.branches).toEqual([branch]),
  );

  test("grants each job what it needs and no more", () => {
    const { permissions, jobs } = workflow({});
    expect(permissions).toEqual({ contents: "read" });
    expect(jobs.build.permissions).toEqual({
      contents: "write",
      issues: "read",
      "pull-requests": "read",
      pages: "read",
    });
    expect(jobs.deploy.permissions).toEqual({ pages: "write", "id-token": "write" });
  });

  test("every hour it only fetches: what it publishes, it publishes in the morning", () => {
    const { on, jobs } = workflow({ usesProjects: true });
    const [, hourly] = on.schedule;
    const { command } = jobs.build.steps[1].with;
    expect(command).toContain(`'${hourly.cron}' && 'report' || 'publish'`);
    expect(jobs.deploy.if).toContain(`!(github.event.schedule == '${hourly.cron}')`);
    expect(workflow({}).jobs.deploy.if).toBeUndefined();
    expect(workflow({}).jobs.build.steps[1].with.command).toBeUndefined();
  });

  test("names a content folder only where it is another, as it is written", () => {
    expect(workflow({}).jobs.build.steps[1].with.content).toBeUndefined();
    for (const content of ["docs/our team", "ünïcode", "1.0", "true"])
      expect(workflow({ content }).jobs.build.steps[1].with.content).toBe(content);
  });
});
