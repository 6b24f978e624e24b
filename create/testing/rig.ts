import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { type ProgramIo, run } from "../program.ts";

export interface Rig {
  folder: string;
  printed: { out: string; err: string };
  io: ProgramIo;
  /** Runs one command line in the folder; what it printed is in `printed`, anew for each. */
  create(...args: string[]): Promise<number>;
  /** Every file below the folder but git's, by path, with its text. */
  files(): Record<string, string>;
}

/** A new empty folder for each test, and a process without a terminal in it. */
export function createRig(): Rig {
  const rig = { printed: { out: "", err: "" } } as Rig;
  beforeEach(() => {
    rig.folder = mkdtempSync(join(tmpdir(), "create-sprintcast-"));
    rig.io = {
      out: (text) => {
        rig.printed.out += text;
      },
      err: (text) => {
        rig.printed.err += text;
      },
      env: { TZ: "Europe/Vienna" },
      cwd: rig.folder,
      now: () => Date.parse("2026-03-05T09:00:00Z"),
      signal: new AbortController().signal,
    };
  });
  afterEach(() => rmSync(rig.folder, { recursive: true, force: true }));
  rig.create = (...args) => {
    rig.printed = { out: "", err: "" };
    return run(args, rig.io);
  };
  rig.files = () => {
    const all = readdirSync(rig.folder, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    const paths = all.map((one) => join(one.parentPath, one.name)).filter((path) => !path.includes("/.git/"));
    return Object.fromEntries(
      paths.sort().map((path) => [path.slice(rig.folder.length + 1), readFileSync(path, "utf8")]),
    );
  };
  return rig;
}
