import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ContentError } from "../errors.ts";
import { exampleContent } from "../testing/example-content.ts";
import { readContent } from "./read.ts";

let folder: string;
let content: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-content-"));
  content = join(folder, "content");
  cpSync(exampleContent(), content, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (path: string): string => join(content, path);
const rewrite = (path: string, change: (text: string) => string): void =>
  writeFileSync(file(path), change(readFileSync(file(path), "utf8")));

async function failure(): Promise<ContentError> {
  const error = await readContent(content).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ContentError);
  return error as ContentError;
}

describe("what stands where a file should", () => {
  test.each([
    ["settings.yml is a folder", "settings.yml", () => mkdirSync(file("settings.yml")), /it is a folder/],
    ["a sprint is a folder", "sprints/03.md", () => mkdirSync(file("sprints/03.md")), /it is a folder/],
    [
      "a link leads nowhere",
      "sprints/03.md",
      () => symlinkSync("/nowhere/at/all", file("sprints/03.md")),
      /its target does not exist/,
    ],
    ["sprints is a file", "sprints", () => writeFileSync(file("sprints"), "x"), /it is not a folder/],
  ])("%s: named, with what was expected", async (_, path, put, expected) => {
    rmSync(file(path), { recursive: true });
    put();
    const error = await failure();
    expect(error).toMatchObject({ code: "content-unreadable", exitCode: 3, file: file(path) });
    expect(error.message).toMatch(expected);
  });

  test("a folder that is none of ours is told to be set up", async () => {
    rmSync(content, { recursive: true });
    expect(await failure()).toMatchObject({ code: "settings-missing", exitCode: 3 });
  });
});

describe("what editors and hands do to a file", () => {
  test.each([
    ["settings.yml", "title: Größe\n", "latin1"],
    ["sprints/03.md", "---\ntitle: Größe\n---\n", "latin1"],
    ["posts/04.md", "---\ntitle: Size\n---\n", "utf16le"],
    ["about.md", "Größe", "latin1"],
  ] as const)("%s in another encoding is refused, not guessed at", async (path, text, encoding) => {
    writeFileSync(file(path), Buffer.from(`\uFEFF${text}`, encoding));
    const { code, message } = await failure();
    expect({ code, message }).toEqual({ code: "content-encoding", message: expect.stringContaining(path) });
  });

  test("a README beside sprints or posts is neither, unless it has front matter", async () => {
    const { sprints, posts } = await readContent(content);
    writeFileSync(file("sprints/README.md"), "# Our sprints\n");
    writeFileSync(file("posts/readme.markdown"), "About these posts.\n");
    const after = await readContent(content);
    expect([after.sprints.length, after.posts.length]).toEqual([sprints.length, posts.length]);
    expect(after.unread).toEqual([]);
    writeFileSync(file("posts/README.md"), "---\ntitle: Read me\n---\n");
    expect((await failure()).message).toContain("posts/README.md");
  });

  test("a tag that YAML does not know is refused", async () => {
    rewrite("sprints/03.md", (text) => text.replace(/^title: /m, "title: !secret "));
    expect((await failure()).message).toMatch(/sprints\/03\.md: .*Unresolved tag/s);
  });

  test("a byte order mark and Windows line ends change nothing", async () => {
    const before = await readContent(content);
    for (const path of [
      "settings.yml",
      "sprints/01.md",
      "sprints/03.md",
      "posts/03-review.md",
      "reports/03.json",
    ])
      rewrite(path, (text) => `\uFEFF${text.replaceAll("\n", "\r\n")}`);
    const after = await readContent(content);
    expect(after.settings).toEqual(before.settings);
    expect(after.sprints.map(({ front, sprint }) => ({ front, sprint }))).toEqual(
      before.sprints.map(({ front, sprint }) => ({ front, sprint })),
    );
    expect(after.posts.map(({ title, line }) => ({ title, line }))).toEqual(
      before.posts.map(({ title, line }) => ({ title, line })),
    );
    expect(after.reports).toEqual(before.reports);
  });

  test("aliases that multiply are refused, before they fill the memory", async () => {
    const bomb = [..."abcdef"].map((name, index) => {
      const inner = index === 0 ? "x" : `*${"abcdef"[index - 1]}`;
      return `${name}: &${name} [${Array(9).fill(inner).join(", ")}]`;
    });
    rewrite("settings.yml", (text) => `${text}\n${bomb.join("\n")}\n`);
    expect(await failure()).toMatchObject({ code: "settings-yaml" });
  });

  test("a file of a hundred thousand keys is refused before it is parsed", async () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `key${index}: x`).join("\n");
    rewrite("settings.yml", (text) => `${text}\n${keys}\n`);
    expect((await failure()).message).toMatch(/characters, expected at most/);
    writeFileSync(file("settings.yml"), "repository: a/b\ntimeZone: UTC\n");
    writeFileSync(file("sprints/01.md"), `---\n${keys}\n---\n`);
    expect(await failure()).toMatchObject({ code: "front-matter-yaml" });
  });

  test("planning that outlasts its sprint is refused", async () => {
    rewrite("sprints/03.md", (text) => text.replace("number: 3", "number: 3\nplanGraceHours: 1000"));
    const error = await failure();
    expect(error).toMatchObject({ code: "sprint-invalid", file: file("sprints/03.md") });
    expect(error.message).toMatch(/planGraceHours: 1,000 hours/);
  });

  test("a key that is not there is said to be missing", async () => {
    rewrite("sprints/03.md", (text) => text.replace(/^goal: .*\n/m, ""));
    expect((await failure()).message).toMatch(/goal: is missing, expected text such as More orders$/);
  });
});

describe("several files that are wrong", () => {
  test("are all named at once, each with its fault, under the code and file of the first", async () => {
    rewrite("sprints/02.md", (text) => text.replace(/^goal: .*\n/m, ""));
    rewrite("sprints/03.md", (text) => text.replace(/^number: .*$/m, "number: three"));
    writeFileSync(file("posts/latin.md"), Buffer.from("---\ntitle: Größe\n---\n", "latin1"));
    writeFileSync(file("posts/team.md"), "---\ntitle: T\nkind: note\ndate: 2026-01-05\nteam: Nobody\n---\n");
    mkdirSync(file("posts/x.md"));
    writeFileSync(file("reports/03.json"), "{");
    const { message, code, file: first, hint } = await failure();
    expect([code, first]).toEqual(["sprint-invalid", file("sprints/02.md")]);
    expect(message.split("\n  ")).toEqual([
      `${file("sprints/02.md")}: goal: is missing, expected text such as More orders`,
      expect.stringContaining(`${file("sprints/03.md")}: number: expected a number such as 1, got "three"`),
      `${file("posts/latin.md")}: is not UTF-8`,
      `${file("posts/team.md")}: team: no team is called "Nobody"`,
      `${file("posts/x.md")}: cannot be read: it is a folder`,
      `${file("reports/03.json")}: is not valid JSON`,
    ]);
    // A hint that two share is given once.
    expect(hint?.match(/docs\/settings\.md lists every key/g)).toHaveLength(1);
    expect(hint).toContain("Save it as UTF-8");
  });

  test("beyond twenty are counted", async () => {
    for (let index = 0; index < 30; index += 1)
      writeFileSync(file(`posts/wrong-${index}.md`), "no front matter");
    const lines = (await failure()).message.split("\n  ");
    expect([lines.length, lines.at(-1)]).toEqual([21, "and 10 more files"]);
  });

  test("are told before what only all of them together show", async () => {
    cpSync(file("sprints/01.md"), file("sprints/again.md"));
    expect((await failure()).code).toBe("sprint-number-twice");
    writeFileSync(file("posts/x.md"), "no front matter");
    expect((await failure()).code).toBe("front-matter-missing");
  });
});
