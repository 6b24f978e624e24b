import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { digestOfFiles, digestOfTexts, unlessDone } from "./stamp.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sprintcast-stamp-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe("the digest of files", () => {
  const digest = (folder = "a") => digestOfFiles(join(root, folder), ["**/*.md", "package.json"]);
  const writeAll = (folder: string) => {
    write(`${folder}/one.md`, "1");
    write(`${folder}/deep/er/two.md`, "2");
    write(`${folder}/package.json`, "{}");
  };

  test("is the same for the same files, wherever the folder lies and whenever they were written", async () => {
    writeAll("a");
    writeAll("somewhere/else");
    utimesSync(join(root, "a/one.md"), 0, 0);
    expect(await digest("a")).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest("somewhere/else")).toBe(await digest("a"));
  });

  test.each<[string, () => void]>([
    ["a file's words change", () => write("a/one.md", "one")],
    ["a file is added", () => write("a/three.md", "")],
    ["a file goes", () => rmSync(join(root, "a/one.md"))],
    ["a file is called otherwise", () => renameSync(join(root, "a/one.md"), join(root, "a/uno.md"))],
    ["a file moves", () => renameSync(join(root, "a/one.md"), join(root, "a/deep/one.md"))],
    [
      "two files exchange what they hold",
      () => {
        write("a/one.md", "2");
        write("a/deep/er/two.md", "1");
      },
    ],
  ])("is another where %s", async (_, change) => {
    writeAll("a");
    const before = await digest();
    change();
    expect(await digest()).not.toBe(before);
  });

  test("knows nothing of other files, of packages that are installed, and of empty folders", async () => {
    writeAll("a");
    const before = await digest();
    write("a/notes.txt", "x");
    write("a/node_modules/b/readme.md", "x");
    write("a/deep/node_modules/b/package.json", "x");
    mkdirSync(join(root, "a/folder.md"));
    expect(await digest()).toBe(before);
  });

  test("of no files is one, too, and differs from that of an empty file", async () => {
    const none = await digest("nowhere");
    expect(none).toMatch(/^[0-9a-f]{64}$/);
    write("nowhere/one.md", "");
    expect(await digest("nowhere")).not.toBe(none);
  });
});

test("the digest of texts tells where one ends and the next begins", () => {
  const texts = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"], ['ab","c'], []];
  expect(new Set(texts.map(digestOfTexts)).size).toBe(texts.length);
});

describe("work", () => {
  let times: number;
  beforeEach(() => {
    times = 0;
  });
  const proof = () => join(root, "dist/index.html");
  const stamp = () => join(root, "cache/site.stamp");
  const ask = (digest: string, fails = false) =>
    unlessDone(stamp(), digest, proof(), async () => {
      times += 1;
      if (fails) throw new Error("no");
      write("dist/index.html", "page");
    });

  test("is done once for one digest, as long as what it made is there", async () => {
    expect([await ask("1"), await ask("1"), times]).toEqual([true, false, 1]);
    expect([await ask("2"), await ask("2"), times]).toEqual([true, false, 2]);
    rmSync(proof());
    expect([await ask("2"), times]).toEqual([true, 3]);
  });

  test("that fails is not taken for done, neither before nor after", async () => {
    await expect(ask("1", true)).rejects.toThrow("no");
    expect([await ask("1"), times]).toEqual([true, 2]);
    await expect(ask("2", true)).rejects.toThrow("no");
    expect(await ask("2")).toBe(true);
  });

  test("is done again where the stamp cannot be read", async () => {
    await ask("1");
    rmSync(stamp());
    mkdirSync(stamp());
    await expect(ask("1")).rejects.toThrow("EISDIR");
    expect(times).toBe(2);
    rmSync(stamp(), { recursive: true });
    await ask("1");
    expect(readFileSync(stamp(), "utf8")).toBe("1");
  });
});
