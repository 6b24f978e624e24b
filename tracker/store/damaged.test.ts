import { closeSync, copyFileSync, fstatSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { StoreError } from "../errors.ts";
import { importBackup } from "../testing/import-backup.ts";
import { openStore } from "./open.ts";

const page = 4096;
let folder: string;
let whole: string;
let pages: number;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-damaged-"));
  whole = join(folder, "whole.db");
  const store = openStore(whole);
  importBackup(store, new URL("../sample", import.meta.url).pathname);
  store.refresh();
  store.close();
  const file = openSync(whole, "r");
  pages = fstatSync(file).size / page;
  closeSync(file);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The database with every page from `first` on, `step` by `step`, overwritten. */
function damaged(first: number, step: number): string {
  const path = join(folder, `${first}-${step}.db`);
  copyFileSync(whole, path);
  const file = openSync(path, "r+");
  for (let at = first; at < pages; at += step) writeSync(file, Buffer.alloc(page, 0x5a), 0, page, at * page);
  closeSync(file);
  return path;
}

function readAll(path: string): void {
  const store = openStore(path, { mustExist: true });
  try {
    store.refresh();
    store.repository();
    const numbers = [...store.eachTimeline({ pullRequests: true })].map(({ number }) => number);
    store.timelines({ numbers });
    for (const number of numbers) store.eventsOf(number);
    store.commentsOf(numbers);
    store.milestones();
    store.labels();
    store.names();
    store.issuesOpenDuring({ from: 0, to: Number.MAX_SAFE_INTEGER });
    store.counts();
  } finally {
    store.close();
  }
}

describe("a damaged database", () => {
  test("reads whole where nothing is damaged", () => expect(() => readAll(damaged(pages, 1))).not.toThrow());

  test.each([1, 2, 3, 5, 8])("is told as such whichever pages are gone (from page %i on)", (first) => {
    let failures = 0;
    for (const step of [1, 2, 3, 7]) {
      try {
        readAll(damaged(first, step));
      } catch (error) {
        failures += 1;
        expect(error).toBeInstanceOf(StoreError);
        expect((error as StoreError).hint).toBeTruthy();
      }
    }
    expect(failures).toBeGreaterThan(0);
  });
});
