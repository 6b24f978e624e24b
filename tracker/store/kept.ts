import type { Database } from "better-sqlite3";
import type { NameListing } from "../core/history/names/resolver.ts";
import type { LabelObservation, MilestoneObservation } from "../core/model/issue.ts";
import type { CarriedThings, WholeListing } from "../core/model/page.ts";
import type { Migration } from "./migrate.ts";
import type { Seen } from "./observation-rows.ts";

/**
 * What backups say of labels and milestones. A backup fetches an issue again only when it changes, so the names that
 * its other issues carry may be of long ago: they prove no rename. Of each issue only what its newest version carries
 * is here, and of the listings only the newest, so that older folders add nothing, in whatever order they are read.
 */
export const keptMigrations: Migration[] = [
  {
    name: "kept-1",
    up: `
      CREATE TABLE carried (
        issue INTEGER NOT NULL, kind INTEGER NOT NULL, thing INTEGER NOT NULL, as_of INTEGER NOT NULL,
        content TEXT NOT NULL, PRIMARY KEY (issue, kind, thing)
      ) WITHOUT ROWID;
      CREATE INDEX carried_by_thing ON carried (kind, thing, as_of, content);
      CREATE TABLE kept_listing (kind INTEGER PRIMARY KEY, at INTEGER NOT NULL, content TEXT NOT NULL);
      CREATE TABLE whole (issue INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (issue, at)) WITHOUT ROWID;
    `,
  },
];

const kinds = { label: 1, milestone: 2 } as const;
export type ThingKind = keyof typeof kinds;

/** Under this name stands when the newest backup that was read was written, epoch milliseconds. */
export const keptUntil = "backup.until";

interface Things {
  label: LabelObservation;
  milestone: MilestoneObservation;
}

export interface Kept {
  /** Sets what the newest version of an issue carries. True where that is something else than before. */
  carry(things: CarriedThings): boolean;
  /** Since GitHub itself showed these issues, what a backup says they carried is no news. */
  drop(issues: readonly number[]): void;
  /** True where the listing is newer than the one before, and another. */
  list(listing: WholeListing): boolean;
  /** What backups say is there: the newest listing, else what issues carry. */
  newest<K extends ThingKind>(kind: K): Seen<Things[K]>[];
  /** The newest listing of all that a backup had, by key; null: none had one. */
  listed(kind: ThingKind): NameListing | null;
  /** Notes that everything about an issue was seen as of `at`. */
  sawWhole(issue: number, at: number): void;
  /** When everything about an issue was last seen. */
  lastWhole(issue: number): number | null;
  /** When everything about an issue was seen, rising. */
  wholesOf(issue: number): number[];
}

export function kept(db: Database): Kept {
  const carriedBy = db
    .prepare("SELECT kind, thing, content FROM carried WHERE issue = ? ORDER BY kind, thing")
    .raw();
  const drop = db.prepare("DELETE FROM carried WHERE issue = ?");
  const any = db.prepare("SELECT 1 FROM carried LIMIT 1").pluck();
  const insert = db.prepare("INSERT OR REPLACE INTO carried VALUES (?, ?, ?, ?, ?)");
  const carriedThings = db
    .prepare("SELECT DISTINCT thing FROM carried WHERE kind = ? ORDER BY thing")
    .pluck();
  // Of equal times the greater content is taken: any will do, if it is the same whatever was read first.
  const newestOf = db
    .prepare(
      "SELECT as_of, content FROM carried WHERE kind = ? AND thing = ? ORDER BY as_of DESC, content DESC LIMIT 1",
    )
    .raw();
  const listing = db.prepare("SELECT at, content FROM kept_listing WHERE kind = ?").raw();
  const putListing = db.prepare("INSERT OR REPLACE INTO kept_listing VALUES (?, ?, ?)");
  const putWhole = db.prepare("INSERT OR IGNORE INTO whole VALUES (?, ?)");
  const lastWhole = db.prepare("SELECT max(at) FROM whole WHERE issue = ?").pluck();
  const wholes = db.prepare("SELECT at FROM whole WHERE issue = ? ORDER BY at").pluck();

  function rowsOf({ labels, milestone }: CarriedThings): [number, number, string, number][] {
    const rows = labels.map((label) => rowOf(kinds.label, label.id, label));
    return milestone === null ? rows : [...rows, rowOf(kinds.milestone, milestone.number, milestone)];
  }
  return {
    carry(things) {
      const rows = rowsOf(things).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      const before = JSON.stringify(carriedBy.all(things.issue));
      if (before !== "[]") drop.run(things.issue);
      for (const [kind, thing, content, asOf] of rows) insert.run(things.issue, kind, thing, asOf, content);
      return before !== JSON.stringify(rows.map((row) => row.slice(0, 3)));
    },
    drop(issues) {
      if (issues.length === 0 || any.get() === undefined) return;
      for (const issue of issues) drop.run(issue);
    },
    list({ kind, at, things }) {
      const [knownAt, known] = (listing.get(kinds[kind]) ?? []) as [number?, string?];
      if (knownAt !== undefined && knownAt > at) return false;
      const content = JSON.stringify(things.map(({ observedAt: _, ...thing }) => thing));
      putListing.run(kinds[kind], at, content);
      return content !== known;
    },
    newest<K extends ThingKind>(kind: K) {
      const [at, listed] = (listing.get(kinds[kind]) ?? []) as [number?, string?];
      if (at !== undefined && listed !== undefined)
        return (JSON.parse(listed) as Things[K][]).map((thing) => seenAt(thing, at));
      return (carriedThings.all(kinds[kind]) as number[]).map((thing) => {
        const [asOf, content] = newestOf.get(kinds[kind], thing) as [number, string];
        return seenAt(JSON.parse(content) as Things[K], asOf);
      });
    },
    listed(kind) {
      const [at, listed] = (listing.get(kinds[kind]) ?? []) as [number?, string?];
      if (at === undefined || listed === undefined) return null;
      const things = JSON.parse(listed) as (LabelObservation | MilestoneObservation)[];
      return { at, keys: new Set(things.map((one) => ("number" in one ? String(one.number) : one.name))) };
    },
    sawWhole: (issue, at) => void putWhole.run(issue, at),
    lastWhole: (issue) => lastWhole.get(issue) as number | null,
    wholesOf: (issue) => wholes.all(issue) as number[],
  };
}

const seenAt = <T>(thing: T, at: number): Seen<T> => ({ ...thing, observedAt: at, firstSeenAt: at });

function rowOf(
  kind: number,
  thing: number,
  { observedAt, ...content }: LabelObservation | MilestoneObservation,
): [number, number, string, number] {
  return [kind, thing, JSON.stringify(content), observedAt];
}
