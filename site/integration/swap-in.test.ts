import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { putBack, swapIn } from "./swap-in.ts";

const failing = vi.hoisted(() => ({ rename: (_from: string, _to: string): string | null => null }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return {
    ...real,
    rename: async (from: string, to: string) => {
      const code = failing.rename(from, to);
      if (code !== null) throw Object.assign(new Error(code), { code });
      await real.rename(from, to);
    },
  };
});

let folder: string;
let out: string;
let staged: string;
beforeEach(() => {
  failing.rename = () => null;
  folder = mkdtempSync(join(tmpdir(), "sprintcast-swap-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  out = join(folder, "dist");
  staged = join(folder, ".sprintcast/building/site-1");
  put(staged, { "index.html": "new", "posts/b/index.html": "new" });
});

function put(where: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(where, path)), { recursive: true });
    writeFileSync(join(where, path), text);
  }
}
const filesIn = (where: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(where, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(where.length + 1), readFileSync(path, "utf8")]),
  );
const before = { "index.html": "old", "posts/a/index.html": "old" };
const after = { "index.html": "new", "posts/b/index.html": "new" };
const beside = () => readdirSync(folder).sort();

describe("a whole site takes the place of the former one", () => {
  test("where there is none yet", async () => {
    await swapIn(staged, out);
    expect(filesIn(out)).toEqual(after);
  });

  test("with nothing left of it, and a .git in it kept", async () => {
    put(out, { ...before, ".git/HEAD": "ref" });
    await swapIn(staged, out);
    expect(filesIn(out)).toEqual({ ...after, ".git/HEAD": "ref" });
    expect(beside()).toEqual([".sprintcast", "dist"]);
  });

  test.each(["EXDEV", "EBUSY", "EPERM"])(
    "file by file where a folder cannot be renamed (%s)",
    async (code) => {
      put(out, { ...before, ".git/HEAD": "ref" });
      failing.rename = (from, to) => (from === out || to === out ? code : null);
      await swapIn(staged, out);
      expect(filesIn(out)).toEqual({ ...after, ".git/HEAD": "ref" });
    },
  );

  test("file by file where only the way in is barred", async () => {
    put(out, before);
    failing.rename = (from) => (from === staged ? "EXDEV" : null);
    await swapIn(staged, out);
    expect(filesIn(out)).toEqual(after);
    expect(beside()).toEqual([".sprintcast", "dist"]);
  });
});

describe("the former site is there", () => {
  test.each<[string, (from: string, to: string) => boolean]>([
    ["its own rename", (from) => from === out],
    ["the new one's", (from) => from === staged],
    ["its .git's", (from) => from.endsWith(".git")],
  ])("where %s fails", async (_, fails) => {
    put(out, { ...before, ".git/HEAD": "ref" });
    failing.rename = (from, to) => (fails(from, to) ? "EIO" : null);
    await expect(swapIn(staged, out)).rejects.toThrow("EIO");
    expect(filesIn(out)).toEqual({ ...before, ".git/HEAD": "ref" });
  });

  test("again where a build was killed between the two renames", async () => {
    put(join(folder, ".dist.former"), before);
    await putBack(out);
    expect(filesIn(out)).toEqual(before);
    await swapIn(staged, out);
    expect(filesIn(out)).toEqual(after);
    expect(beside()).toEqual([".sprintcast", "dist"]);
  });

  test("and what a build killed behind them left is removed", async () => {
    put(out, before);
    put(join(folder, ".dist.former"), { "index.html": "older" });
    await putBack(out);
    expect(filesIn(out)).toEqual(before);
    expect(beside()).toEqual([".sprintcast", "dist"]);
  });
});
