import type { Database } from "better-sqlite3";
import { rowInserter } from "./insert-rows.ts";
import type { Migration } from "./migrate.ts";

/** Issues whose intervals no longer follow from what is known. Written with the news itself, so that a crash cannot lose it. */
export const staleMigrations: Migration[] = [
  { name: "stale-1", up: "CREATE TABLE stale (issue INTEGER PRIMARY KEY)" },
];

export interface Stale {
  add(issues: Iterable<number>): void;
  take(limit: number): number[];
  isEmpty(): boolean;
  /** All of them, without taking any. */
  all(): number[];
}

export function stale(db: Database): Stale {
  const insert = rowInserter(db, "INSERT OR IGNORE INTO stale (issue)", 1);
  const select = db.prepare("SELECT issue FROM stale ORDER BY issue LIMIT ?").pluck();
  const selectAll = db.prepare("SELECT issue FROM stale ORDER BY issue").pluck();
  const remove = db.prepare("DELETE FROM stale WHERE issue <= ?");
  return {
    add: (issues) => void insert(Array.from(issues, (issue) => [issue])),
    take(limit) {
      const issues = select.all(limit) as number[];
      const last = issues.at(-1);
      if (last !== undefined) remove.run(last);
      return issues;
    },
    isEmpty: () => select.get(1) === undefined,
    all: () => selectAll.all() as number[],
  };
}
