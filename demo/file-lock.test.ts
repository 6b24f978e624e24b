import fs, { existsSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { FileLockError, fileLockError, isDiskFull, lockFile, makeFolder, useFile } from "./file-lock.ts";
import { OptionError } from "./options/options.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const inside = (...names: string[]) => join(folder, ...names);

/** Takes a lock until the test ends. */
function hold(file: string): void {
  onTestFinished(lockFile(file, "--db", 0));
}

function refusalOf(file: string): FileLockError {
  try {
    lockFile(file, "--db", 0)();
  } catch (error) {
    if (error instanceof FileLockError) return error;
    throw error;
  }
  throw new Error(`${file} was taken`);
}

describe("a file", () => {
  it("is one process's alone until it is given back, and is not made or changed by that", () => {
    const file = inside("new", "folders", "a.db");
    const release = lockFile(file, "--db", 0);
    expect(existsSync(file)).toBe(false);
    const refusal = refusalOf(file);
    expect(refusal.code).toBe("FILE_LOCKED");
    expect(refusal.message).toBe(`--db: another process works in ${file}; stop it, or name another file`);
    release();
    hold(file);

    writeFileSync(inside("b.db"), "as it was");
    hold(inside("b.db"));
    expect(readFileSync(inside("b.db"), "utf8")).toBe("as it was");
  });

  it("is not kept from those who work in another beside it", () => {
    hold(inside("a.db"));
    hold(inside("b.db"));
  });

  it.each([true, false])("is the same by whatever links it is named; there already: %s", (exists) => {
    mkdirSync(inside("real", "deep"), { recursive: true });
    if (exists) writeFileSync(inside("real", "a.db"), "");
    symlinkSync(inside("real", "deep"), inside("near"));
    symlinkSync(join("..", "a.db"), inside("real", "deep", "by-parent"));
    symlinkSync("by-parent", inside("real", "deep", "by-link"));
    symlinkSync(inside("real", "a.db"), inside("by-path"));
    symlinkSync("near/../a.db", inside("by-near"));
    hold(inside("real", "a.db"));
    for (const name of [
      inside("by-path"),
      inside("real", "deep", "by-parent"),
      inside("near", "by-parent"),
      inside("near", "by-link"),
      `${inside("near")}/../a.db`,
      inside("by-near"),
    ])
      expect(refusalOf(name).code, name).toBe("FILE_LOCKED");
  });

  it("with a second name is refused under either, as a lock is beside one of them alone", () => {
    writeFileSync(inside("a.db"), "");
    linkSync(inside("a.db"), inside("b.db"));
    for (const name of ["a.db", "b.db"]) {
      expect(refusalOf(inside(name))).toMatchObject({
        code: "FILE_UNUSABLE",
        message: expect.stringContaining("hard link"),
      });
    }
  });

  it.each(["a folder", "below a file", "a link to itself", "a link into no folder"])(
    "cannot be %s, which is said with the option and the name",
    (what) => {
      mkdirSync(inside("a folder"));
      writeFileSync(inside("file"), "");
      symlinkSync("a link to itself", inside("a link to itself"));
      symlinkSync(inside("none", "a.db"), inside("a link into no folder"));
      const file = what === "below a file" ? inside("file", "a.db") : inside(what);
      const { code, message } = refusalOf(file);
      expect(code).toBe("FILE_UNUSABLE");
      expect(message.startsWith(`--db: ${file} `)).toBe(true);
    },
  );
});

describe("a folder", () => {
  it("is made with those that it lies in, and left as it is when it is there", () => {
    makeFolder(inside("a", "b", "c"));
    writeFileSync(inside("a", "b", "c", "kept"), "");
    makeFolder(inside("a", "b", "c"));
    expect(existsSync(inside("a", "b", "c", "kept"))).toBe(true);
  });

  it("that cannot be made is an error, and no attempt without end", () => {
    writeFileSync(inside("file"), "");
    expect(() => makeFolder(inside("file", "a", "b"))).toThrow(/ENOTDIR/);
  });

  it("is no link that leads nowhere", () => {
    symlinkSync("nowhere", inside("link"));
    expect(() => makeFolder(inside("link"))).toThrow(expect.objectContaining({ code: "EEXIST" }));
    expect(() => makeFolder(inside("link", "below"))).toThrow(expect.objectContaining({ code: "EEXIST" }));
  });

  it("is not looked for above a root that is missing, as a drive that is gone", () => {
    const exists = vi.spyOn(fs, "existsSync").mockReturnValue(false);
    syncBuiltinESMExports();
    try {
      makeFolder(folder);
    } finally {
      exists.mockRestore();
      syncBuiltinESMExports();
    }
  });
});

describe("a failure of a file", () => {
  const failure = (message: string, code?: string) => Object.assign(new Error(message), code && { code });

  it.each([
    ["FILE_DAMAGED", failure("database disk image is malformed", "SQLITE_CORRUPT")],
    ["DISK_FULL", failure("no space left on device", "ENOSPC")],
    ["DISK_FULL", failure("quota exceeded", "EDQUOT")],
    ["DISK_FULL", failure("database or disk is full", "SQLITE_FULL")],
    ["FILE_UNUSABLE", failure("permission denied", "EACCES")],
    ["FILE_UNUSABLE", failure("without a code")],
    ["FILE_UNUSABLE", "no error at all"],
  ])("is %s, and says its option, its name and its cause: %s", (code, cause) => {
    const told = fileLockError("x.db", "--state", cause);
    expect(told).toMatchObject({ code, cause });
    expect(told.message).toMatch(/^--state: x\.db /);
    expect(told.message).toContain(cause instanceof Error ? cause.message : cause);
    expect(isDiskFull(cause)).toBe(code === "DISK_FULL");
  });

  it("is told once, however many tell it on", () => {
    const told = fileLockError("x.db", "--db", failure("permission denied", "EACCES"));
    const again = (error: unknown) => () =>
      useFile("y.db", "--state", () => {
        throw error;
      });
    expect(again(told)).toThrow(told);
    const other = new OptionError("no such option");
    expect(again(other)).toThrow(other);
    expect(fileLockError("y.db", "--state", told)).toBe(told);
    expect(again(failure("read-only", "EROFS"))).toThrow(/^--state: y\.db cannot be used \(read-only\)/);
  });
});
