import type { Database } from "better-sqlite3";
import type { Migration } from "./migrate.ts";

/** Names of all tables and indexes that migrations ever made, and of the list of migrations itself. */
export function tableNames(migrations: readonly Migration[]): Set<string> {
  const made = /\bCREATE\s+(?:UNIQUE\s+)?(?:TABLE|INDEX)\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)/gi;
  const names = migrations.flatMap(({ up }) => [...up.matchAll(made)].map(([, name = ""]) => name));
  return new Set(["migration", ...names]);
}

/** What the tables of the set at `place` begin with; those of the first are named as in a file of one repository. */
const prefixOf = (place: number): string => `r${place}_`;

/**
 * The database as one of its repositories sees it: each has tables of its own, as PostgreSQL's schemas would give them.
 * SQLite has no schemas within a file, so the names of tables in a statement are those of the set at `place`.
 */
export function tableSet(db: Database, place: number, names: ReadonlySet<string>): Database {
  if (place === 0) return db;
  const known = new Map<string, string>();
  const inSet = (sql: string): string => {
    let renamed = known.get(sql);
    if (renamed === undefined) {
      // Texts in quotes are left as they are.
      renamed = sql.replace(/'(?:[^']|'')*'|\b\w+\b/g, (word) =>
        names.has(word) ? `${prefixOf(place)}${word}` : word,
      );
      known.set(sql, renamed);
    }
    return renamed;
  };
  return new Proxy(db, {
    get(target, key) {
      if (key === "prepare") return (sql: string) => target.prepare(inSet(sql));
      if (key === "exec") return (sql: string) => target.exec(inSet(sql));
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** The list of sets beside the first, in the first one's tables. An older program refuses a file that has it. */
export const tableSetMigrations: Migration[] = [
  { name: "repositories-1", up: "CREATE TABLE repository_set (place INTEGER PRIMARY KEY)" },
];

/** Places of the sets in the file, rising; the first is always there. */
export function placesIn(db: Database): number[] {
  const listed = db.prepare("SELECT place FROM repository_set ORDER BY place").pluck().all() as number[];
  return [0, ...listed];
}

/** Lists one more set, and gives its place. Call it in a write transaction. */
export function addPlace(db: Database): number {
  const place = Math.max(...placesIn(db)) + 1;
  db.prepare("INSERT INTO repository_set VALUES (?)").run(place);
  return place;
}
