import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { rowInserter, rowsPerStatement } from "./insert-rows.ts";

const table = () => {
  const db = new Database(":memory:");
  db.exec("CREATE TABLE pair (key INTEGER PRIMARY KEY, value TEXT)");
  const all = () => db.prepare("SELECT key, value FROM pair ORDER BY key").raw().all();
  return { db, all };
};
const rows = (first: number, count: number): [number, string | null][] =>
  Array.from({ length: count }, (_, index) => [
    first + index,
    index % 3 === 0 ? null : `row ${first + index}`,
  ]);

test.each([0, 1, rowsPerStatement - 1, rowsPerStatement, rowsPerStatement + 1, 3 * rowsPerStatement + 5])(
  "%i rows arrive as they are, none twice",
  (count) => {
    const { db, all } = table();
    expect(rowInserter(db, "INSERT INTO pair", 2)(rows(1, count))).toBe(count);
    expect(all()).toEqual(rows(1, count));
  },
);

test("what is there already is not counted", () => {
  const { db, all } = table();
  const insert = rowInserter(db, "INSERT OR IGNORE INTO pair", 2);
  insert(rows(1, 40));
  expect(insert(rows(31, 40))).toBe(30);
  expect(insert(rows(1, 70))).toBe(0);
  expect(all()).toHaveLength(70);
});

test("a row that fails undoes the transaction it is in", () => {
  const { db, all } = table();
  const insert = rowInserter(db, "INSERT OR FAIL INTO pair", 2);
  insert(rows(20, 1));
  expect(() => db.transaction(() => insert(rows(1, 40)))()).toThrow(/UNIQUE/);
  expect(all()).toEqual(rows(20, 1));
});
