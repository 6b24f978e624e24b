import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { syntheticPages } from "./bench/synthetic-repository.ts";
import type { StateDocument } from "./commands/state.ts";
import { openStore } from "./store/open.ts";

const cli = join(import.meta.dirname, "cli.ts");
const issues = 6000;

let folder: string;
let db: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-cli-"));
  db = join(folder, "history.db");
  const store = openStore(db);
  store.setRepository("team/product");
  for (const page of syntheticPages({ issues, eventsPerIssue: 4, sprints: 3, seed: 1 })) store.append(page);
  store.refresh();
  store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  spawn(process.execPath, [cli, ...args, "--db", db], { stdio: ["ignore", "pipe", "pipe"] });

test.skipIf(!existsSync("/dev/full"))("output that finds no room is told, with exit code 1", async () => {
  const full = openSync("/dev/full", "w");
  const child = spawn(process.execPath, [cli, "state", "--json", "--db", db], {
    stdio: ["ignore", full, "pipe"],
  });
  closeSync(full);
  const told = text(child.stderr as Readable);
  expect(await once(child, "close")).toEqual([1, null]);
  expect(await told).toBe("sprintcast: the output cannot be written: the disk is full\n");
});

describe("a long list of states", () => {
  test.each([["--json"], ["--pulls"]])(
    "%s ends quietly where its reader has seen enough",
    async (...options) => {
      const child = run("state", ...options);
      const told = text(child.stderr);
      await once(child.stdout, "data");
      child.stdout.destroy();
      expect(await once(child, "close")).toEqual([0, null]);
      expect(await told).toBe("");
    },
  );

  test("loses nothing to a reader that takes one part at a time", async () => {
    const child = run("state", "--json");
    const ended = once(child, "close");
    let read = "";
    for await (const part of child.stdout.setEncoding("utf8")) {
      read += part;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await ended).toEqual([0, null]);
    const document = JSON.parse(read) as StateDocument;
    expect(document.issues.map(({ number }) => number)).toEqual(
      Array.from({ length: issues }, (_, i) => i + 1),
    );
    expect(read).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });
});
