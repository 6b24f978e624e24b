import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import demoPackage from "../demo/package.json" with { type: "json" };
import packed from "../tracker/package.json" with { type: "json" };

const bin = join(import.meta.dirname, "../tracker", packed.bin.sprintcast);
const demo = join(import.meta.dirname, "../demo", demoPackage.bin["sprintcast-demo"]);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-bin-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A Node that reads no TypeScript stands in for an old one: the same check and the same way out. */
const old = ["--no-experimental-strip-types"];

function start(file: string, flags: string[], ...args: string[]) {
  return spawnSync(process.execPath, [...flags, file, ...args], { cwd: folder, encoding: "utf8" });
}

describe.each([
  ["a Node that reads TypeScript", []],
  ["one that does not", old],
])("the package's bin under %s", (_, flags) => {
  test("runs the program, also through a link and from elsewhere, and passes on how it ended", () => {
    const link = join(folder, "sprintcast");
    symlinkSync(bin, link);
    for (const file of [bin, link]) {
      expect(start(file, flags, "--version")).toMatchObject({ status: 0, stdout: `${packed.version}\n` });
      const misspelt = start(file, flags, "repot", "3");
      expect(misspelt.status).toBe(2);
      expect(misspelt.stderr).toContain("Did you mean report?");
    }
    expect(start(demo, flags, "--version")).toMatchObject({ status: 0, stdout: `${packed.version}\n` });
  });
});

test("an old Node with no better one beside it is told what to do", () => {
  const alone = join(folder, "tracker/bin.mjs");
  mkdirSync(join(folder, "tracker"));
  mkdirSync(join(folder, "bin"));
  copyFileSync(bin, alone);
  copyFileSync(join(import.meta.dirname, "launch.mjs"), join(folder, "bin/launch.mjs"));
  const { status, stderr } = start(alone, old, "--version");
  expect(status).toBe(2);
  expect(stderr).toMatch(/expected 24 or later\n.*npm install/);
  expect(stderr).not.toMatch(/\n\s+at /);
});
