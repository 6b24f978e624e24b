import type { Database } from "better-sqlite3";
import type { Evidence } from "../core/history/names/evidence.ts";
import type { Alias, NameKind, NamePeriod, Names } from "../core/history/names/resolver.ts";
import type { Migration } from "./migrate.ts";

/** What was reasoned out about names, and the odd issues that gave reason to. Derived and rebuildable. */
export const nameMigrations: Migration[] = [
  {
    name: "names-1",
    up: `
      CREATE TABLE name_period (
        kind TEXT NOT NULL, name TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL,
        key TEXT NOT NULL, gone INTEGER NOT NULL, last_use INTEGER, weak INTEGER NOT NULL, PRIMARY KEY (kind, name, starts)
      ) WITHOUT ROWID;
      CREATE TABLE name_alias (
        position INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, former TEXT NOT NULL,
        later TEXT NOT NULL, not_before INTEGER, not_after INTEGER
      );
      CREATE TABLE odd (
        issue INTEGER NOT NULL, kind TEXT NOT NULL, evidence TEXT NOT NULL, PRIMARY KEY (issue, kind)
      ) WITHOUT ROWID;
      CREATE TABLE suspect (kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID;
      CREATE TABLE reconcile_due (id INTEGER PRIMARY KEY);
    `,
  },
  {
    name: "names-2",
    up: "CREATE TABLE milestone_title (title TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID",
  },
  {
    // Since then it is kept for how long something gone was surely there, so names are reasoned out anew.
    name: "names-3",
    up: `
      ALTER TABLE name_period ADD COLUMN held TEXT NOT NULL DEFAULT '[]';
      INSERT OR IGNORE INTO reconcile_due SELECT 1 WHERE EXISTS (SELECT 1 FROM name_period WHERE gone = 1);
    `,
  },
  {
    name: "names-4",
    up: "ALTER TABLE name_period ADD COLUMN others TEXT NOT NULL DEFAULT '[]'",
  },
];

export interface NameStore {
  read(): Names;
  replace(names: Names): void;
  /** Keeps an issue's odd evidence, or forgets it (null). True where there is or was something odd. */
  setOdd(issue: number, kind: NameKind, evidence: Evidence | null): boolean;
  odd(kind: NameKind): Evidence[];
  /** `issue:kind` of everything odd, to spare a look at each issue. */
  oddKeys(): Set<string>;
  suspects(): Set<string>;
  replaceSuspects(suspects: readonly { kind: NameKind; name: string }[]): void;
  /** Which milestone bore each title when issues were last judged by it. */
  titles(): Map<string, string>;
  setTitles(titles: ReadonlyMap<string, string>): void;
  isDue(): boolean;
  setDue(due: boolean): void;
}

interface PeriodRow {
  kind: NameKind;
  name: string;
  starts: number;
  ends: number;
  key: string;
  gone: number;
  weak: number;
  /** JSON. */
  held: string;
  /** JSON. */
  others: string;
}

interface AliasRow {
  kind: NameKind;
  key: string;
  former: string;
  later: string;
  not_before: number | null;
  not_after: number | null;
}

export function nameStore(db: Database): NameStore {
  const periods = db.prepare("SELECT * FROM name_period ORDER BY kind, name, starts");
  const putPeriod = db.prepare(
    "INSERT INTO name_period (kind, name, starts, ends, key, gone, weak, held, others) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const aliases = db.prepare("SELECT * FROM name_alias ORDER BY position");
  const putAlias = db.prepare(
    "INSERT INTO name_alias (kind, key, former, later, not_before, not_after) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const putOdd = db.prepare("INSERT OR REPLACE INTO odd VALUES (?, ?, ?)");
  const dropOdd = db.prepare("DELETE FROM odd WHERE issue = ? AND kind = ?");
  const oddOf = db.prepare("SELECT evidence FROM odd WHERE kind = ? ORDER BY issue").pluck();
  const oddKeys = db.prepare("SELECT issue || ':' || kind FROM odd").pluck();
  const suspects = db.prepare("SELECT kind || ':' || name FROM suspect").pluck();
  const putSuspect = db.prepare("INSERT OR IGNORE INTO suspect VALUES (?, ?)");
  const titles = db.prepare("SELECT title, key FROM milestone_title").raw();
  const putTitle = db.prepare("INSERT INTO milestone_title VALUES (?, ?)");
  const due = db.prepare("SELECT 1 FROM reconcile_due").pluck();

  return {
    read: () => ({
      periods: (periods.all() as PeriodRow[]).map(toPeriod),
      aliases: (aliases.all() as AliasRow[]).map(toAlias),
    }),
    replace(names) {
      db.exec("DELETE FROM name_period; DELETE FROM name_alias");
      for (const { held, others, gone, weak, ...one } of names.periods) {
        const texts = [JSON.stringify(held), JSON.stringify(others)];
        putPeriod.run(one.kind, one.name, one.from, one.to, one.key, gone ? 1 : 0, weak ? 1 : 0, ...texts);
      }
      for (const { kind, key, from, to, notBefore, notAfter } of names.aliases) {
        putAlias.run(kind, key, from, to, notBefore, notAfter);
      }
    },
    setOdd(issue, kind, evidence) {
      if (evidence === null) return dropOdd.run(issue, kind).changes > 0;
      putOdd.run(issue, kind, JSON.stringify(evidence));
      return true;
    },
    odd: (kind) => (oddOf.all(kind) as string[]).map((text) => JSON.parse(text) as Evidence),
    oddKeys: () => new Set(oddKeys.all() as string[]),
    suspects: () => new Set(suspects.all() as string[]),
    replaceSuspects(list) {
      db.exec("DELETE FROM suspect");
      for (const { kind, name } of list) putSuspect.run(kind, name);
    },
    titles: () => new Map(titles.all() as [string, string][]),
    setTitles(now) {
      db.exec("DELETE FROM milestone_title");
      for (const [title, key] of now) putTitle.run(title, key);
    },
    isDue: () => due.get() !== undefined,
    setDue(value) {
      db.exec(value ? "INSERT OR IGNORE INTO reconcile_due VALUES (1)" : "DELETE FROM reconcile_due");
    },
  };
}

function toPeriod({ kind, name, starts, ends, key, gone, weak, held, others }: PeriodRow): NamePeriod {
  return {
    kind,
    name,
    from: starts,
    to: ends,
    key,
    gone: gone === 1,
    held: JSON.parse(held) as NamePeriod["held"],
    weak: weak === 1,
    others: JSON.parse(others) as string[],
  };
}

function toAlias({ kind, key, former, later, not_before, not_after }: AliasRow): Alias {
  return { kind, key, from: former, to: later, notBefore: not_before, notAfter: not_after };
}
