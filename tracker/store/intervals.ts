import type { Database } from "better-sqlite3";
import type { Attribute, Interval, IssueTimeline } from "../core/model/interval.ts";
import { forever } from "../core/model/interval.ts";
import { attributePlace, type HeadRow, type IntervalRow, intervalRows } from "./interval-rows.ts";
import type { Migration } from "./migrate.ts";
import type { Words } from "./string-pool.ts";

/** Derived from events and observations; `stale` says which issues must be folded again. */
export const intervalMigrations: Migration[] = [
  {
    name: "intervals-1",
    up: `
      CREATE TABLE timeline (
        issue INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, author INTEGER, pull_request INTEGER NOT NULL,
        url TEXT NOT NULL, parent INTEGER, title TEXT NOT NULL, doubts TEXT
      );
      CREATE TABLE interval (
        issue INTEGER NOT NULL, ordinal INTEGER NOT NULL, attribute INTEGER NOT NULL, value, key INTEGER,
        starts INTEGER NOT NULL, ends INTEGER NOT NULL, start_event INTEGER, end_event INTEGER,
        start_actor INTEGER, end_actor INTEGER, provenance INTEGER NOT NULL, PRIMARY KEY (issue, ordinal)
      ) WITHOUT ROWID;
      CREATE INDEX interval_by_key ON interval (attribute, key, ends, starts) WHERE key IS NOT NULL;
    `,
  },
  {
    // Since then intervals tell conversions to a discussion, so issues with one are folded again.
    name: "intervals-2",
    up: `INSERT OR IGNORE INTO stale SELECT issue FROM event
      WHERE kind = (SELECT id FROM word WHERE text = 'converted_to_discussion')`,
  },
];

export interface Intervals {
  replace(timeline: IssueTimeline): void;
  get(issue: number): IssueTimeline | null;
  /** All timelines by number, one at a time. */
  iterate(): Iterable<IssueTimeline>;
  /** Each issue once. The state of pull requests is not searched: open ones are nobody's backlog. */
  issuesWithKey(attribute: Attribute, key: string, span: { from: number; to: number }): number[];
  /** Issues on which an interval with this key began or ended in [from, to). */
  issuesChanging(attribute: Attribute, key: string, span: { from: number; to: number }): number[];
  /** Issues on which something was that has been deleted since. */
  withDeletions(): number[];
  /** Issues that were transferred or deleted by `from`, and not back before `to`. */
  issuesGone(span: { from: number; to: number }): number[];
  counts(): { issues: number; pullRequests: number };
}

export function intervals(db: Database, words: Words): Intervals {
  const { replace, get, iterate } = timelineTables(db, words);
  const withKey = db
    .prepare("SELECT issue FROM interval WHERE attribute = ? AND key = ? AND starts < ? AND ends > ?")
    .pluck();
  const changing = db
    .prepare(
      `SELECT DISTINCT issue FROM interval
       WHERE attribute = ? AND key = ? AND ends >= ? AND (starts BETWEEN ? AND ? OR ends <= ?)`,
    )
    .pluck();
  const deletions = db.prepare("SELECT issue FROM timeline WHERE doubts LIKE '%was deleted%'").pluck();
  const counts = db.prepare("SELECT pull_request, count(*) FROM timeline GROUP BY pull_request").raw();
  const gone = db
    .prepare(
      "SELECT issue FROM interval WHERE attribute = ? AND key IS NOT NULL AND starts <= ? AND ends >= ? ORDER BY issue",
    )
    .pluck();
  return {
    replace,
    get,
    iterate,
    issuesWithKey(attribute, key, { from, to }) {
      const id = words.find(key);
      if (id === null) return [];
      const found = withKey.all(attributePlace(attribute), id, to, from) as number[];
      return [...new Set(found)];
    },
    issuesChanging(attribute, key, { from, to }) {
      const id = words.find(key);
      const last = to - 1;
      if (id === null) return [];
      return changing.all(attributePlace(attribute), id, from, from, last, last) as number[];
    },
    withDeletions: () => deletions.all() as number[],
    counts() {
      const found = new Map(counts.all() as [number, number][]);
      return { issues: found.get(0) ?? 0, pullRequests: found.get(1) ?? 0 };
    },
    issuesGone: ({ from, to }) => gone.all(attributePlace("gone"), from, to) as number[],
  };
}

/** Whole timelines in and out; their heads and their intervals are two tables. */
function timelineTables(db: Database, words: Words): Pick<Intervals, "replace" | "get" | "iterate"> {
  const putHead = db.prepare("INSERT OR REPLACE INTO timeline VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const clear = db.prepare("DELETE FROM interval WHERE issue = ?");
  const put = db.prepare("INSERT INTO interval VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const head = db.prepare("SELECT * FROM timeline WHERE issue = ?");
  const heads = db.prepare("SELECT * FROM timeline ORDER BY issue");
  const rows = db.prepare("SELECT * FROM interval WHERE issue = ? ORDER BY ordinal");
  const allRows = db.prepare("SELECT * FROM interval ORDER BY issue, ordinal");
  const { fromHead, fromInterval, toInterval, toTimeline } = intervalRows(words);
  return {
    replace(timeline) {
      clear.run(timeline.number);
      putHead.run(fromHead(timeline));
      for (const [ordinal, interval] of timeline.intervals.entries())
        put.run(fromInterval(interval, ordinal, timeline));
    },
    get(issue) {
      const row = head.get(issue) as HeadRow | undefined;
      return row === undefined ? null : toTimeline(row, (rows.all(issue) as IntervalRow[]).map(toInterval));
    },
    *iterate() {
      const stream = (allRows.iterate() as IterableIterator<IntervalRow>)[Symbol.iterator]();
      try {
        let next = stream.next();
        // The heads are read first: SQLite's one connection allows no second statement to write meanwhile, but reading is free.
        for (const row of heads.all() as HeadRow[]) {
          const list: Interval[] = [];
          for (; !next.done && next.value.issue === row.issue; next = stream.next())
            list.push(toInterval(next.value));
          yield toTimeline(row, list);
        }
      } finally {
        stream.return?.();
      }
    },
  };
}

export const allTime = { from: -forever, to: forever };
