import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  beginUse,
  type Db,
  endUse,
  hasLog,
  openDatabase,
  openReader,
  readEpoch,
  readMark,
  renewEpoch,
  tryCommit,
  writeMark,
} from "./database.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "database-"));
  file = join(folder, "eater.db");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function opened(open: (path: string) => Db = openDatabase, path = file): Db {
  const db = open(path);
  onTestFinished(() => void db.close());
  return db;
}

/** All of the schema, in the order of its names. */
const schemaOf = (db: Db) =>
  db.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").all();

describe("a database", () => {
  it("is made with its folders, and has given out no offset", () => {
    const db = opened(openDatabase, join(folder, "new", "folders", "eater.db"));
    for (const mark of ["committed", "derived", "seen"] as const) expect(readMark(db, mark)).toBe(0);
  });

  it("waits for the disk at each commit, also where its log is its own", () => {
    const db = opened();
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
    // FULL: https://sqlite.org/pragma.html#pragma_synchronous
    expect(db.pragma("synchronous", { simple: true })).toBe(2);
  });

  it("keeps its epoch and its marks, each for itself, when it is opened again", () => {
    const first = openDatabase(file);
    const epoch = readEpoch(first);
    writeMark(first, "committed", 2 ** 50);
    writeMark(first, "derived", 5);
    first.close();
    const again = opened();
    expect(readEpoch(again)).toBe(epoch);
    expect(readMark(again, "committed")).toBe(2 ** 50);
    expect(readMark(again, "derived")).toBe(5);
    expect(readMark(again, "seen")).toBe(0);
  });

  it("has an epoch that no other has", () => {
    const epochs = ["a.db", "b.db"].map((name) => readEpoch(opened(openDatabase, join(folder, name))));
    expect(new Set(epochs).size).toBe(2);
  });

  it("begins an epoch anew without giving an offset twice", () => {
    const db = opened();
    const before = readEpoch(db);
    writeMark(db, "committed", 7);
    const after = renewEpoch(db);
    expect(after).not.toBe(before);
    expect(readEpoch(db)).toBe(after);
    expect(readMark(db, "committed")).toBe(7);
  });

  it("of an earlier release gets what it lacks and keeps what it has", () => {
    const old = openDatabase(file);
    const whole = schemaOf(old);
    const epoch = readEpoch(old);
    old.exec(`
      DROP INDEX minutes_by_series;
      DROP INDEX retired_series;
      ALTER TABLE series DROP COLUMN retired;
      DELETE FROM migrations WHERE name <> '001-readings';
      INSERT INTO series (id, source, metric) VALUES (1, 'press', 'temperature');
    `);
    old.close();
    const db = opened();
    expect(schemaOf(db)).toEqual(whole);
    expect(readEpoch(db)).toBe(epoch);
    expect(db.prepare("SELECT id, source, metric, retired FROM series").all()).toEqual([
      { id: 1, source: "press", metric: "temperature", retired: null },
    ]);
  });

  it("takes no half of a step that fails", () => {
    const old = openDatabase(file);
    // The column is there already, so that the third step fails at its beginning.
    old.exec("DROP INDEX minutes_by_series; DELETE FROM migrations WHERE name <> '001-readings'");
    const before = schemaOf(old);
    old.close();
    expect(() => openDatabase(file)).toThrow(/retired/);
    expect(schemaOf(opened(openReader))).toEqual(before);
  });

  it("that is none is not made one", () => {
    writeFileSync(file, "a text that is long enough to be no header of SQLite, and no empty file either");
    expect(() => openDatabase(file)).toThrow(/not a database/);
  });
});

describe("a connection for questions", () => {
  it("sees what is committed, and can change nothing", () => {
    const db = opened();
    const reader = opened(openReader);
    writeMark(db, "committed", 3);
    expect(readMark(reader, "committed")).toBe(3);
    expect(() => writeMark(reader, "committed", 4)).toThrow(/readonly/);
    expect(readMark(db, "committed")).toBe(3);
  });

  it("makes no database where there is none", () => {
    expect(() => openReader(file)).toThrow();
    expect(existsSync(file)).toBe(false);
  });
});

describe("a database in use", () => {
  it.each([
    { ended: true, hadLog: false, isStale: false, of: "that was closed" },
    { ended: true, hadLog: true, isStale: false, of: "that was closed beside others" },
    { ended: false, hadLog: true, isStale: false, of: "whose process was killed" },
    { ended: false, hadLog: false, isStale: true, of: "that lost its log" },
  ])("$of: missing are its last commits: $isStale", ({ ended, hadLog, isStale }) => {
    const db = opened();
    expect(beginUse(db, false)).toEqual({ isStale: false });
    if (ended) endUse(db);
    expect(beginUse(db, hadLog)).toEqual({ isStale });
    endUse(db);
    expect(beginUse(db, false)).toEqual({ isStale: false });
  });

  it("has a log only where there is one with commits, by whatever name it is asked", () => {
    const link = join(folder, "link.db");
    symlinkSync("eater.db", link);
    const both = () => [hasLog(file), hasLog(link)];
    expect(both()).toEqual([false, false]);
    const db = openDatabase(file);
    expect(both()).toEqual([true, true]);
    db.pragma("wal_checkpoint(TRUNCATE)");
    expect(both()).toEqual([false, false]);
    writeMark(db, "committed", 1);
    expect(both()).toEqual([true, true]);
    db.close();
    expect(both()).toEqual([false, false]);
  });
});

it("a commit to see whether there is room takes room once, and no offset", () => {
  const db = opened();
  const pages = () => {
    db.pragma("wal_checkpoint(TRUNCATE)");
    return Number(db.pragma("page_count", { simple: true }));
  };
  const before = pages();
  tryCommit(db);
  const once = pages();
  // As much as readings would need: 64 KiB.
  expect((once - before) * Number(db.pragma("page_size", { simple: true }))).toBeGreaterThanOrEqual(65_536);
  for (let n = 0; n < 5; n += 1) tryCommit(db);
  expect(pages()).toBe(once);
  // Each writes them again: a commit that changes nothing would find room on a full disk.
  const empty = hasLog(file);
  tryCommit(db);
  expect([empty, hasLog(file)]).toEqual([false, true]);
  expect(readMark(db, "committed")).toBe(0);
  expect(() => tryCommit(opened(openReader))).toThrow(/readonly/);
});
