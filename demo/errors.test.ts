import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DemoError, exitCodes } from "./errors.ts";
import { FileLockError } from "./file-lock.ts";

const readme = readFileSync(new URL("./README.md", import.meta.url), "utf8");

describe("the error codes", () => {
  it("stand in README.md with their exit codes, and none besides", () => {
    const rows = readme.matchAll(/^\| `([\w-]+)` \| (\d) \| \S/gm);
    expect([...rows].map(([, code, exit]) => [code, Number(exit)])).toEqual(Object.entries(exitCodes));
  });

  it("give an error its exit code, which no log line repeats", () => {
    const error = new FileLockError("FILE_LOCKED", "taken");
    expect(error).toBeInstanceOf(DemoError);
    expect(error).toMatchObject({ name: "FileLockError", code: "FILE_LOCKED", exitCode: 2 });
    expect(Object.keys(error)).not.toContain("exitCode");
  });
});
