import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { createRig } from "./testing/rig.ts";
import { version } from "./versions.ts";

const rig = createRig();

test("--help fits 80 columns and gives examples; --version is the package's", async () => {
  expect(await rig.create("--help")).toBe(0);
  expect(rig.printed.out).toMatch(/Examples:\n {2}\$ npm create sprintcast@latest\n/);
  expect(rig.printed.out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(await rig.create("--version")).toBe(0);
  expect(rig.printed.out).toBe(`${version}\n`);
});

describe("in an empty folder", () => {
  test("everything is made and named, and a second run changes nothing", async () => {
    expect(await rig.create("--repo", "octo/rocket")).toBe(0);
    const made = rig.files();
    for (const path of Object.keys(made)) expect(rig.printed.out).toContain(`wrote ${path}\n`);
    expect(Object.keys(made)).toHaveLength(7);
    expect(rig.printed.out).toContain("octo/rocket, Europe/Vienna, sprint 1 from 2026-03-02 to 2026-03-13\n");
    expect(rig.printed.out).toContain("\nNext:\n  npm install\n  npx sprintcast sync ");

    expect(await rig.create("--repo", "octo/other", "--title", "Other", "--first-day", "2027-01-04")).toBe(0);
    expect(rig.files()).toEqual(made);
    expect(rig.printed.out).not.toMatch(/wrote|Add to it/);
    expect(rig.printed.out).toContain("content/settings.yml stays as it is, about octo/rocket.");
  });

  test("npm install is a next step until it was done, whichever run wrote package.json", async () => {
    const isAsked = async (folder: string) => {
      expect(await rig.create(folder, "--repo", "octo/rocket")).toBe(0);
      return rig.printed.out.includes("\n  npm install\n");
    };
    expect([await isAsked("reviews"), await isAsked("reviews")]).toEqual([true, true]);
    // As of a workspace, whose packages are in a folder above.
    mkdirSync(join(rig.folder, "node_modules/sprintcast"), { recursive: true });
    writeFileSync(join(rig.folder, "node_modules/sprintcast/package.json"), "{}");
    expect([await isAsked("reviews"), await isAsked("other"), await isAsked("other")]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test("without a repository it asks on a terminal, and otherwise says how to name it and makes nothing", async () => {
    expect(await rig.create()).toBe(2);
    expect(rig.printed.err).toMatch(/no repository is given.*\n {2}Name it: --repo owner\/name/);
    expect(rig.files()).toEqual({});
    rig.io.ask = async () => " octo/rocket ";
    expect(await rig.create()).toBe(0);
    expect(rig.files()["content/settings.yml"]).toContain("repository: octo/rocket\n");
  });

  test("a GitHub of its own is taken from git's remote, unless another repository is named", async () => {
    const remote = "git@github.example.com:octo/rocket.git";
    execFileSync("git", ["init", "-q"], { cwd: rig.folder });
    execFileSync("git", ["remote", "add", "origin", remote], { cwd: rig.folder });
    expect(await rig.create()).toBe(0);
    expect(rig.files()["content/settings.yml"]).toContain(
      "repository: octo/rocket\ngithub: https://github.example.com\n",
    );
    expect(rig.printed.out).toContain("octo/rocket at https://github.example.com, ");
    rmSync(join(rig.folder, "content"), { recursive: true });
    expect(await rig.create("--repo", "octo/other")).toBe(0);
    expect(rig.files()["content/settings.yml"]).not.toContain("github: ");
  });

  test("Ctrl-C at the question ends it with 5", async () => {
    const stop = new AbortController();
    rig.io.signal = stop.signal;
    rig.io.ask = async () => {
      stop.abort();
      throw new DOMException("aborted", "AbortError");
    };
    expect(await rig.create()).toBe(5);
    expect(rig.printed.err).toContain("interrupted");
    expect(rig.files()).toEqual({});
  });
});

describe("in a repository with files of its own", () => {
  const own = {
    "package.json": '{"name":"app","scripts":{"build":"vite build"}}',
    ".gitignore": "node_modules\n",
    "astro.config.ts": "export default {}",
    "content/posts/hello.md": "hello",
    ".github/workflows/publish.yml": "name: npm",
  };

  test("they stay byte for byte, what is missing comes beside them, and what they lack is said", async () => {
    for (const [path, text] of Object.entries(own)) {
      mkdirSync(join(rig.folder, path, ".."), { recursive: true });
      writeFileSync(join(rig.folder, path), text);
    }
    execFileSync("git", ["init", "-q", "-b", "main"], { cwd: rig.folder });
    execFileSync("git", ["remote", "add", "origin", "git@github.com:octo/app.git"], { cwd: rig.folder });
    expect(await rig.create("--json")).toBe(0);
    const { advice, ...outcome } = JSON.parse(rig.printed.out);
    expect(outcome).toEqual({
      schema: "create-sprintcast/outcome@1",
      folder: ".",
      repository: "octo/app",
      made: ["content/settings.yml", "content/sprints/01.md"],
      kept: [
        "package.json",
        "astro.config.ts",
        ".gitignore",
        "content/posts/hello.md",
        ".github/workflows/publish.yml",
      ],
    });
    expect(advice.map(({ path }: { path: string }) => path)).toEqual([
      "package.json",
      "astro.config.ts",
      ".gitignore",
      ".github/workflows/publish.yml",
    ]);
    expect(rig.files()).toMatchObject(own);
    expect(await rig.create()).toBe(0);
    expect(rig.printed.out).toContain('"start": "sprintcast-site start"');
    expect(rig.printed.out).toContain("\n  npm install\n");
  });

  test("a folder below the top is told where its workflow belongs, with the path that the action needs", async () => {
    execFileSync("git", ["init", "-q"], { cwd: rig.folder });
    expect(await rig.create("docs/our reviews", "--repo", "octo/app")).toBe(0);
    expect(rig.printed.out).toContain('path: "docs/our reviews"\n');
    for (const line of rig.printed.out.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(rig.printed.out).toContain("\n  cd 'docs/our reviews'\n");
  });

  test("a team that is here already is asked nothing: its settings name repository and zone", async () => {
    mkdirSync(join(rig.folder, "content"));
    writeFileSync(join(rig.folder, "content/settings.yml"), "repository: octo/here\ntimeZone: Asia/Tokyo\n");
    expect(await rig.create()).toBe(0);
    expect(rig.printed.out).toMatch(/^octo\/here, Asia\/Tokyo, /);
    expect(JSON.parse(rig.files()["package.json"]!).name).toBe("here-sprint-reviews");
    for (const broken of ["{", "- 1", "", "repository: [1]\ntimeZone: Mars/Base\n"]) {
      writeFileSync(join(rig.folder, "content/settings.yml"), broken);
      expect(await rig.create("--repo", "octo/rocket")).toBe(0);
      expect(rig.printed.out).toMatch(/^octo\/rocket, Europe\/Vienna, /);
    }
  });
});

test.each([
  ["membership: iteration", true],
  ["membership: status", true],
  ["project: 7", true],
  ["lanes: [{ name: Doing, role: progress, when: { status: [In Progress] } }]", true],
  ["teams: [null, { name: A }, { name: B, lanes: [{ name: Doing, when: { status: [Busy] } }] }]", true],
  ["estimate: { from: project-field, name: Size }", true],
  ["actual: { from: project-field, name: Spent }", true],
  ["estimate: { from: issue-field, name: Size }\nactual: null", false],
  ["teams: [null, { name: A, lanes: [{ name: Doing, when: { labels: [busy] } }] }]", false],
  ["membership: label", false],
  ["lanes: [null, 1, { name: Doing, when: null }]", false],
])("a team whose settings say %j fetches every hour: %s", async (setting, isHourly) => {
  mkdirSync(join(rig.folder, "content"));
  writeFileSync(
    join(rig.folder, "content/settings.yml"),
    `repository: octo/here\ntimeZone: Asia/Tokyo\n${setting}\n`,
  );
  expect(await rig.create()).toBe(0);
  const { on } = parse(rig.files()[".github/workflows/publish.yml"]!);
  expect(on.schedule).toHaveLength(isHourly ? 2 : 1);
});

describe("hostile input", () => {
  test.each([
    ["a folder that is a file", ["taken"], "a part of the path is not a folder|file is there already"],
    ["a folder below a file", ["taken/x"], "not a folder"],
    ["a name that is too long", ["x".repeat(300)], "too long"],
    ["content outside", ["--content", "../x"], "--content"],
    ["content anywhere", ["--content", "/tmp/x"], "--content"],
    ["no content", ["--content", ""], "--content"],
    ["content everywhere", ["--content", "."], "--content"],
    ["content in git's own folder", ["--content", ".git/x"], "--content"],
    ["content that is never committed", ["--content", "node_modules/x"], "--content"],
    ["content that a workflow would evaluate", ["--content", "${{ github.token }}"], "--content"],
    ["content that a shell would run", ["--content", "a$(id)"], "--content"],
    ["content that looks like an option", ["--content=-x"], "--content"],
    ["content on two lines", ["--content", "a\nb: c"], "--content"],
    ["an unknown zone", ["--zone", "Mars/Base"], "IANA"],
    ["two folders", ["a", "b"], "too many arguments"],
    ["an unknown option", ["--frob"], "unknown option"],
  ])("%s ends with 2 and is named; nothing is written", async (_, args, said) => {
    writeFileSync(join(rig.folder, "taken"), "ours");
    expect(await rig.create("--repo", "octo/rocket", ...args)).toBe(2);
    expect(rig.printed.err).toMatch(new RegExp(said));
    expect(rig.printed.err).not.toContain("internal fault");
    expect(rig.files()).toEqual({ taken: "ours" });
  });

  test("names with quotes, colons and escapes stand in the files as they are, and on the terminal without effect", async () => {
    const title = 'it\'s "ours": #1 \u001b[31m{{ x }}';
    expect(await rig.create("--repo", "octo/r.o_c-k", "--title", title, "--milestone", "'M' & <b>")).toBe(0);
    const files = rig.files();
    expect(parse(files["content/settings.yml"]!).title).toBe(title);
    expect(parse(files["content/sprints/01.md"]!.split("---\n")[1]!).milestone).toBe("'M' & <b>");
    expect(await rig.create("\u001b[2Jx\u202E", "--repo", "octo/rocket")).toBe(0);
    expect(rig.printed.out).not.toMatch(/\p{Cf}|\p{Cc}(?<!\n)/u);
  });
});
