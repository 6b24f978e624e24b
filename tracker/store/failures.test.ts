import { expect, test } from "vitest";
import { StoreError, UsageError } from "../errors.ts";
import { guardAll, guarded, guardedRows, storeError } from "./failures.ts";

const sqlite = (code: string, message = "as SQLite says it") => Object.assign(new Error(message), { code });

test.each([
  ["SQLITE_NOTADB", "store-not-a-database", 2],
  ["SQLITE_CORRUPT", "store-damaged", 1],
  ["SQLITE_CORRUPT_INDEX", "store-damaged", 1],
  ["SQLITE_BUSY", "store-busy", 1],
  ["SQLITE_BUSY_SNAPSHOT", "store-busy", 1],
  ["SQLITE_LOCKED", "store-busy", 1],
  ["SQLITE_FULL", "store-full", 1],
  ["SQLITE_IOERR_WRITE", "store-io", 1],
  ["SQLITE_READONLY_DBMOVED", "store-read-only", 2],
  ["SQLITE_CANTOPEN", "store-cannot-open", 2],
])("%s is told as %s, with what mends it", (code, told, exitCode) => {
  const cause = sqlite(code);
  expect(storeError(cause, "a.db")).toMatchObject({
    name: "StoreError",
    code: told,
    exitCode,
    message: expect.stringMatching(/^a\.db /),
    hint: expect.stringMatching(/\w{4}/),
    cause,
  });
});

test("a failure of SQLite that nobody thought of keeps SQLite's words", () => {
  expect(storeError(sqlite("SQLITE_TOOBIG", "string or blob too big"), "a.db")).toMatchObject({
    code: "store-failed",
    exitCode: 1,
    message: "a.db: string or blob too big",
  });
});

test.each([
  ["our own", new UsageError("sprint-number", "no number")],
  ["a system's", Object.assign(new Error("no such file"), { code: "ENOENT" })],
  ["a bug", new TypeError("x is not a function")],
  ["nothing", null],
  ["a text", "SQLITE_BUSY"],
])("%s passes through", (_, error) => {
  expect(storeError(error, "a.db")).toBe(error);
});

test("work and rows hand on what they give, and throw what SQLite threw as ours", () => {
  const fail = () => {
    throw sqlite("SQLITE_FULL");
  };
  expect(guarded("a.db", () => 3)).toBe(3);
  expect(() => guarded("a.db", fail)).toThrow(StoreError);
  const rows = guardedRows(
    (function* () {
      yield 1;
      fail();
    })(),
    "a.db",
  );
  expect(rows.next().value).toBe(1);
  expect(() => rows.next()).toThrow(StoreError);
});

test("every function of an object is guarded, also while its rows are drawn", () => {
  const full = () => {
    throw sqlite("SQLITE_FULL");
  };
  const table = guardAll(
    {
      add: (one: number, two: number) => one + two,
      set: full,
      *rows() {
        yield 1;
        full();
      },
    },
    "a.db",
  );
  expect(table.add(2, 3)).toBe(5);
  expect(() => table.set()).toThrow(StoreError);
  const rows = table.rows();
  expect(rows.next().value).toBe(1);
  expect(() => rows.next()).toThrow(StoreError);
});
