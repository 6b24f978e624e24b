import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { ContentError } from "../errors.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { type ContentFiles, findContent } from "./files.ts";
import { readContent, readSettings } from "./read.ts";

let dir: string;
beforeEach(() => {
  dir = temporaryFolder();
});

function put(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), "x");
  }
}
function link(target: string, path: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  symlinkSync(target, join(dir, path));
}
/** Which reader takes each file, by its path. */
async function readers(teams: string[] = []): Promise<Record<string, string>> {
  const found = await findContent(dir, new Set(teams));
  const taken = (["sprints", "posts", "reports", "flows", "recordings", "attachments"] as const).flatMap(
    (reader) => found[reader].map((file) => [relative(dir, file), reader]),
  );
  const unread = found.unread.map(({ file }) => [relative(dir, file), "unread"]);
  return Object.fromEntries([...taken, ...unread]);
}

describe("who reads a file is told by its place and name", () => {
  test.each([
    ["sprints/01.md", "sprints"],
    ["sprints/2026/Q1/01.MD", "sprints"],
    ["sprints/first sprint 🚀.markdown", "sprints"],
    ["posts/Ärger im März.md", "posts"],
    ["posts/.hidden/x.md", undefined],
    ["posts/._x.md", undefined],
    ["posts/node_modules/x/readme.md", undefined],
    ["posts/x.md~", "unread"],
    ["posts/x.mdx", "unread"],
    ["posts/x.md.txt", "unread"],
    ["posts/x", "unread"],
    ["posts/x.PNG", "attachments"],
    ["posts/x.webp", "attachments"],
    ["posts/README", "attachments"],
    ["reports/01.json", "reports"],
    ["reports/100.json", "reports"],
    ["reports/1.json", "unread"],
    ["reports/01.JSON", "unread"],
    ["reports/01.json.bak", "unread"],
    ["reports/api/01.json", "unread"],
    ["reports/flow.json", "flows"],
    ["reports/flow-api.json", "flows"],
    ["reports/flows.json", "unread"],
    ["reports/old/flow.json", "unread"],
    ["recordings/1.ndjson", "recordings"],
    ["recordings/01.json", "unread"],
    ["settings.yml", undefined],
    ["settings.yaml", "unread"],
    ["About.md", "unread"],
    ["about.md", undefined],
    ["01.md", "unread"],
    ["README.md", "attachments"],
    ["logo.svg", "attachments"],
    ["bills/2026.csv", "attachments"],
    ["Posts/x.md", "unread"],
    ["sprint/x.md", "unread"],
    ["images/a.jpg", "attachments"],
    ["images/readme.md", "attachments"],
  ])("%s: %s", async (path, reader) => {
    put(path);
    expect(await readers()).toEqual(reader === undefined ? {} : { [path]: reader });
  });

  test("a team's folder holds its own reports and recordings, one level deep and no others", async () => {
    put("reports/api/03.json", "reports/web/03.json", "reports/api/old/03.json", "recordings/api/3.ndjson");
    expect(await readers(["api"])).toEqual({
      "reports/api/03.json": "reports",
      "reports/web/03.json": "unread",
      "reports/api/old/03.json": "unread",
      "recordings/api/3.ndjson": "recordings",
    });
  });

  test("each file that nobody reads says what is expected in its place", async () => {
    put(
      "sprints/03.txt",
      "posts/x.rst",
      "reports/3.json",
      "recordings/x.json",
      "settings.json",
      "about.txt",
      "x.md",
      "blog/x.md",
    );
    const { unread } = await findContent(dir, new Set());
    const why = Object.fromEntries(unread.map((one) => [relative(dir, one.file), one.why]));
    expect(why).toEqual({
      "sprints/03.txt": expect.stringContaining("ends in .md"),
      "posts/x.rst": expect.stringContaining("ends in .md"),
      "reports/3.json": expect.stringContaining("reports/03.json"),
      "recordings/x.json": expect.stringContaining("recordings/03.ndjson"),
      "settings.json": expect.stringContaining("settings.yml"),
      "about.txt": expect.stringContaining("about.md"),
      "x.md": expect.stringContaining("from sprints/"),
      "blog/x.md": "the folder blog is not read",
    });
  });
});

describe("links", () => {
  test("a linked folder is read, and a file that lies here is read where it lies", async () => {
    put("posts/2026/a.md", "sprints/01.md");
    link("2026", "posts/0-newest");
    link("../sprints", "posts/1-sprints");
    expect(await readers()).toEqual({ "posts/2026/a.md": "posts", "sprints/01.md": "sprints" });
    const elsewhere = temporaryFolder();
    writeFileSync(join(elsewhere, "b.md"), "x");
    link(elsewhere, "posts/0-shared");
    expect(await readers()).toEqual({
      "posts/2026/a.md": "posts",
      "sprints/01.md": "sprints",
      "posts/0-shared/b.md": "posts",
    });
  });

  test("circles of links end, from above, from beside and to itself", async () => {
    put("posts/a/x.md", "posts/b/y.md");
    link("..", "posts/a/up");
    link("../b", "posts/a/beside");
    link("../a", "posts/b/beside");
    link(".", "posts/self");
    link("loop", "loop");
    expect(await readers()).toEqual({
      "posts/a/x.md": "posts",
      "posts/b/y.md": "posts",
      loop: "attachments",
    });
  });

  test("a content folder that is a link is read as any other", async () => {
    put("real/sprints/01.md");
    link("real", "content");
    const found = await findContent(join(dir, "content"), new Set());
    expect(found.sprints).toEqual([join(dir, "content/sprints/01.md")]);
  });
});

describe("what cannot be read is named with the reason in words", () => {
  const settings = "repository: a/b\ntimeZone: UTC\n";
  test.each([
    [
      "a folder called as a post",
      "posts/x.md",
      () => mkdirSync(join(dir, "posts/x.md"), { recursive: true }),
      "it is a folder",
    ],
    ["a link to itself", "posts/x.md", () => link("x.md", "posts/x.md"), "its links lead in a circle"],
    ["a dead link", "posts/x.md", () => link("gone.md", "posts/x.md"), "its target does not exist"],
    [
      "a folder called as a report",
      "reports/01.json",
      () => mkdirSync(join(dir, "reports/01.json"), { recursive: true }),
      "it is a folder",
    ],
    ["a file called as the room of reports", "reports", () => put("reports"), "it is not a folder"],
    [
      "a link to a file called as the room of posts",
      "posts",
      () => [put("x.png"), link("x.png", "posts")],
      "it is not a folder",
    ],
    ["about.md as a folder", "about.md", () => mkdirSync(join(dir, "about.md")), "it is a folder"],
  ])("%s", async (_, path, make, why) => {
    writeFileSync(join(dir, "settings.yml"), settings);
    make();
    const error = await readContent(dir).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ContentError);
    expect(error).toMatchObject({ code: "content-unreadable", exitCode: 3, file: join(dir, path) });
    expect((error as ContentError).message).toBe(`${join(dir, path)}: cannot be read: ${why}`);
    expect((error as ContentError).hint).toMatch(
      /^Expected a (file|folder of files) that you have the right to read/,
    );
  });

  test.each(["settings.yaml", "Settings.yml", "SETTINGS.YAML"])(
    "settings under the name %s are told to be renamed, not to be set up anew",
    async (name) => {
      writeFileSync(join(dir, name), settings);
      await expect(readSettings(dir)).rejects.toMatchObject({
        code: "settings-missing",
        message: `${join(dir, "settings.yml")}: is not there, but ${name} is`,
        hint: `Rename it: mv ${name} settings.yml`,
      });
      rmSync(join(dir, name));
      await expect(readSettings(dir)).rejects.toMatchObject({
        hint: expect.stringContaining("sprintcast init"),
      });
    },
  );
});

test("an empty folder has nothing, in lists that are there", async () => {
  const nothing: ContentFiles = {
    sprints: [],
    posts: [],
    reports: [],
    flows: [],
    recordings: [],
    attachments: [],
    unread: [],
  };
  expect(await findContent(dir, new Set())).toEqual(nothing);
});

describe("about.md", () => {
  const aboutOf = async (text: string) => {
    writeFileSync(join(dir, "settings.yml"), "repository: a/b\ntimeZone: UTC\n");
    writeFileSync(join(dir, "about.md"), text);
    const { about } = await readContent(dir);
    return about && { body: about.body, line: about.line };
  };
  test.each([
    ["plain words", "# Us\n", { body: "# Us\n", line: 0 }],
    ["a byte order mark", "\uFEFF# Us\n", { body: "# Us\n", line: 0 }],
    ["front matter", "---\ntitle: Us\n---\n# Us\n", { body: "# Us\n", line: 3 }],
    [
      "front matter behind a byte order mark",
      "\uFEFF---\r\ntitle: Us\r\n---\r\n# Us\r\n",
      { body: "# Us\r\n", line: 3 },
    ],
    ["a long rule at its top", "-----\n\n# Us\n", { body: "-----\n\n# Us\n", line: 0 }],
    ["nothing at all", "", { body: "", line: 0 }],
  ])("with %s", async (_, text, expected) => {
    expect(await aboutOf(text)).toEqual(expected);
  });
});
