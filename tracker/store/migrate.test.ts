import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { type Migration, migrate } from "./migrate.ts";

const first: Migration = { name: "first-1", up: "CREATE TABLE first (id INTEGER PRIMARY KEY)" };
const second: Migration = { name: "second-1", up: "INSERT INTO first VALUES (7)" };
const tablesOf = (db: Database.Database) =>
  db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
const applied = (db: Database.Database) => db.prepare("SELECT name FROM migration").pluck().all();

/** What it throws, as code and message. */
function refusalOf(work: () => void) {
  try {
    work();
  } catch (error) {
    const { code, message, exitCode } = error as { code: string; message: string; exitCode: number };
    return { code, message, exitCode };
  }
  return null;
}

describe("migrating", () => {
  it("applies each once and in order, however often it is asked", () => {
    const db = new Database(":memory:");
    migrate(db, [first], "a.db");
    migrate(db, [first, second], "a.db");
    migrate(db, [first, second], "a.db");
    expect(applied(db)).toEqual(["first-1", "second-1"]);
    expect(db.prepare("SELECT id FROM first").pluck().all()).toEqual([7]);
  });

  it("applies one that came in before others that are there already", () => {
    const db = new Database(":memory:");
    migrate(db, [first], "a.db");
    migrate(db, [{ name: "before-1", up: "CREATE TABLE before (id)" }, first], "a.db");
    expect(tablesOf(db)).toEqual(["before", "first", "migration"]);
  });

  it("that fails leaves nothing of what came before it in the same call", () => {
    const db = new Database(":memory:");
    expect(() => migrate(db, [first, { name: "bad-1", up: "CREATE TABLE first (id)" }], "a.db")).toThrow(
      /already exists/,
    );
    expect(tablesOf(db)).toEqual([]);
    migrate(db, [first], "a.db");
    expect(tablesOf(db)).toEqual(["first", "migration"]);
  });

  it("leaves alone what a newer version wrote, and says what to do", () => {
    const db = new Database(":memory:");
    migrate(db, [first, second], "team.db");
    expect(refusalOf(() => migrate(db, [first], "team.db"))).toEqual({
      code: "store-newer",
      message: 'team.db was written by a newer version (it has "second-1")',
      exitCode: 2,
    });
    // As many as there are is not the same as those that there are.
    const other = { name: "other-1", up: "CREATE TABLE other (id)" };
    expect(refusalOf(() => migrate(db, [first, other], "team.db"))?.code).toBe("store-newer");
    expect(tablesOf(db)).toEqual(["first", "migration"]);
  });

  it("leaves alone another program's database, with tables or with a mark of its own", () => {
    const marked = new Database(":memory:");
    marked.pragma("application_id = 42");
    const used = new Database(":memory:");
    used.exec("CREATE TABLE contacts (name)");
    for (const db of [marked, used]) {
      expect(refusalOf(() => migrate(db, [first], "mail.db"))).toEqual({
        code: "store-foreign",
        message: "mail.db is a database of another program",
        exitCode: 2,
      });
      expect(tablesOf(db)).not.toContain("first");
    }
    expect(used.pragma("application_id", { simple: true })).toBe(0);
  });

  it("asks for no write lock where there is nothing to apply", () => {
    const db = new Database(":memory:");
    migrate(db, [first, second], "a.db");
    db.pragma("query_only = ON");
    migrate(db, [first, second], "a.db");
    migrate(db, [second, first], "a.db");
    const third = { name: "third-1", up: "CREATE TABLE third (id)" };
    expect(() => migrate(db, [first, second, third], "a.db")).toThrow(/readonly/);
  });
});
