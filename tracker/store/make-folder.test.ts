import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { makeFolder } from "./make-folder.ts";

test("a folder and all above it are made, and one that is there stays", () => {
  const folder = join(temporaryFolder(), "a", "b", "c");
  makeFolder(folder);
  writeFileSync(join(folder, "kept"), "");
  makeFolder(folder);
  expect(existsSync(join(folder, "kept"))).toBe(true);
});

test("what stands in the way is said as the system says it", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), "");
  symlinkSync("nowhere", join(folder, "link"));
  expect(() => makeFolder(join(folder, "file", "a", "b"))).toThrow(
    expect.objectContaining({ code: "ENOTDIR" }),
  );
  expect(() => makeFolder(join(folder, "link"))).toThrow(expect.objectContaining({ code: "EEXIST" }));
  mkdirSync(join(folder, "real"));
  symlinkSync("real", join(folder, "alias"));
  makeFolder(join(folder, "alias", "below"));
  expect(statSync(join(folder, "real", "below")).isDirectory()).toBe(true);
});

test.runIf(existsSync("/proc/self"))("a folder that can hold none is named, and not waited for", () => {
  // In a process of its own, that an end can be put to: Node's own way would never come back.
  const script = `
    const { makeFolder } = await import(${JSON.stringify(new URL("make-folder.ts", import.meta.url).href)});
    try { makeFolder("/proc/no-such-process/a/b"); } catch (error) { console.log(error.code, error.message); }
  `;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  expect(said).toBe("file-refused /proc/no-such-process: no folder can be made there\n");
});
