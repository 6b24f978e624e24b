import type { Database } from "better-sqlite3";
import type { Attribute, Interval, IssueInForce, IssueTimeline } from "../core/model/interval.ts";
import { forever } from "../core/model/interval.ts";
import { inForceReader } from "./in-force.ts";
import { type Column, rowInserter, rowsPerStatement } from "./insert-rows.ts";
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
  {
    // Since then intervals tell merges, and the state of pull requests is searched, so those are folded again.
    name: "intervals-3",
    up: "INSERT OR IGNORE INTO stale SELECT issue FROM timeline WHERE pull_request = 1",
  },
  {
    // Since then types are searched, and those that an event does not name are reasoned out.
    name: "intervals-4",
    up: `INSERT OR IGNORE INTO stale SELECT issue FROM event WHERE kind IN (
      SELECT id FROM word WHERE text IN ('issue_type_added', 'issue_type_changed', 'issue_type_removed'))`,
  },
  {
    // Since then changes of the reason are searched: what was dropped may be done without being opened again.
    name: "intervals-5",
    up: `CREATE INDEX interval_of_reason ON interval (starts) WHERE attribute = ${attributePlace("stateReason")}`,
  },
  {
    // Since then what GitHub shows ends a doubt whether two names are one thing's.
    name: "intervals-6",
    up: `INSERT OR IGNORE INTO stale SELECT issue FROM timeline
      WHERE doubts LIKE '% was added twice%' OR doubts LIKE '% was put off as %'`,
  },
  {
    // Every sprint asks for doubts, of which few issues have any.
    name: "intervals-7",
    up: `
      CREATE TABLE doubted (
        issue INTEGER NOT NULL, attribute TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL,
        PRIMARY KEY (issue, attribute, starts, ends)
      ) WITHOUT ROWID;
      INSERT OR IGNORE INTO doubted
        SELECT issue, one.value ->> 'attribute', one.value ->> 'from', one.value ->> 'to'
          FROM timeline, json_each(timeline.doubts) AS one WHERE doubts IS NOT NULL;
    `,
  },
  {
    // Since then doubts that name no value are searched by themselves: such an issue may have had any.
    name: "intervals-8",
    up: `
      DROP TABLE doubted;
      CREATE TABLE doubted (
        issue INTEGER NOT NULL, attribute TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL,
        nameless INTEGER NOT NULL, PRIMARY KEY (issue, attribute, starts, ends, nameless)
      ) WITHOUT ROWID;
      INSERT OR IGNORE INTO doubted
        SELECT issue, one.value ->> 'attribute', one.value ->> 'from', one.value ->> 'to',
            one.value -> 'about' IS NULL
          FROM timeline, json_each(timeline.doubts) AS one WHERE doubts IS NOT NULL;
    `,
  },
  {
    // Since then what an issue had before it arrived is told, and told of names, as another repository's.
    name: "intervals-9",
    up: `INSERT OR IGNORE INTO stale SELECT issue FROM event
      WHERE kind = (SELECT id FROM word WHERE text = 'transferred')`,
  },
];

export interface Intervals {
  /** Puts each timeline in the place of its issue's earlier one. */
  replace(timelines: Iterable<IssueTimeline>): void;
  /** The timelines of those issues that are there, by number, one at a time. */
  some(issues: readonly number[]): Iterable<IssueTimeline>;
  /** All timelines by number, one at a time. */
  iterate(): Iterable<IssueTimeline>;
  /** Issues (and pull requests) created by `at`, by number, some at a time, with what is in force then; all of one moment. */
  inForceAt(at: number, pullRequests: boolean): Iterable<IssueInForce[]>;
  /** Each issue once. The state of pull requests has keys of its own: see `pullState`. */
  issuesWithKey(attribute: Attribute, key: string, span: { from: number; to: number }): number[];
  /** The same, less those that were closed through the whole of the span and on which nothing changed inside it. */
  activeIssuesWithKey(attribute: Attribute, key: string, span: { from: number; to: number }): number[];
  /** Issues on which an interval with this key began or ended in [from, to). */
  issuesChanging(attribute: Attribute, key: string, span: { from: number; to: number }): number[];
  /** Every key that intervals of this attribute ever had. */
  keysOf(attribute: Attribute): string[];
  /** Issues that were ever closed for another reason than these, by the reason. */
  closedOtherwise(reasons: readonly string[]): Map<string, number[]>;
  /** Issues on which the reason of their state changed in [from, to). */
  issuesWithNewReason(span: { from: number; to: number }): number[];
  /** Issues with a doubt about one of these attributes that holds at some instant of [from, to). `of`: those that name no value. */
  issuesInDoubt(
    span: { from: number; to: number },
    attributes: readonly Attribute[],
    of?: "any" | "nameless",
  ): number[];
  /** Issues of whose history something is in doubt. */
  withDoubts(): number[];
  /** Issues that were transferred or deleted by `from`, and not back before `to`. */
  issuesGone(span: { from: number; to: number }): number[];
  counts(): { issues: number; pullRequests: number };
}

export function intervals(db: Database, words: Words): Intervals {
  const { replace, some, iterate } = timelineTables(db, words);
  const withKey = db
    .prepare("SELECT issue FROM interval WHERE attribute = ? AND key = ? AND starts < ? AND ends > ?")
    .pluck();
  const active = db
    .prepare(
      `SELECT DISTINCT issue FROM interval AS mark
       WHERE attribute = $attribute AND key = $key AND starts < $to AND ends > $from AND (
         NOT EXISTS (
           SELECT 1 FROM interval WHERE issue = mark.issue AND attribute = ${attributePlace("state")}
             AND value = $closed AND starts <= $from AND ends >= $to)
         OR EXISTS (
           SELECT 1 FROM interval WHERE issue = mark.issue
             AND (starts > $from AND starts < $to OR ends > $from AND ends < $to)))`,
    )
    .pluck();
  // In three parts, of which the index finds each at once: most of what began long ago lasts for ever.
  const changing = db
    .prepare(
      `SELECT issue FROM interval WHERE attribute = $attribute AND key = $key AND ends BETWEEN $from AND $last
       UNION SELECT issue FROM interval
         WHERE attribute = $attribute AND key = $key AND ends = ${forever} AND starts BETWEEN $from AND $last
       UNION SELECT issue FROM interval
         WHERE attribute = $attribute AND key = $key AND ends > $last AND ends < ${forever}
           AND starts BETWEEN $from AND $last`,
    )
    .pluck();
  const keys = db
    .prepare("SELECT DISTINCT key FROM interval WHERE attribute = ? AND key IS NOT NULL")
    .pluck();
  const otherwise = db.prepare(
    `SELECT DISTINCT word.text AS reason, issue FROM interval JOIN word ON word.id = interval.value
       WHERE attribute = ? AND word.text NOT IN (SELECT value FROM json_each(?)) ORDER BY issue`,
  );
  const reasoned = db
    .prepare(
      `SELECT DISTINCT issue FROM interval WHERE attribute = ${attributePlace("stateReason")}
       AND starts BETWEEN $from AND $last`,
    )
    .pluck();
  const doubted = db
    .prepare(
      `SELECT DISTINCT issue FROM doubted
       WHERE starts < $to AND ends > $from AND nameless >= $nameless
         AND attribute IN (SELECT value FROM json_each($attributes))`,
    )
    .pluck();
  const withDoubts = db.prepare("SELECT issue FROM timeline WHERE doubts IS NOT NULL").pluck();
  const counts = db.prepare("SELECT pull_request, count(*) FROM timeline GROUP BY pull_request").raw();
  const gone = db
    .prepare(
      "SELECT issue FROM interval WHERE attribute = ? AND key IS NOT NULL AND starts <= ? AND ends >= ? ORDER BY issue",
    )
    .pluck();
  return {
    replace,
    some,
    iterate,
    inForceAt: inForceReader(db, words),
    issuesWithKey(attribute, key, { from, to }) {
      const id = words.find(key);
      if (id === null) return [];
      const found = withKey.all(attributePlace(attribute), id, to, from) as number[];
      return [...new Set(found)];
    },
    activeIssuesWithKey(attribute, key, { from, to }) {
      const id = words.find(key);
      if (id === null) return [];
      const closed = words.find("closed");
      return active.all({ attribute: attributePlace(attribute), key: id, from, to, closed }) as number[];
    },
    issuesChanging(attribute, key, { from, to }) {
      const id = words.find(key);
      if (id === null) return [];
      return changing.all({ attribute: attributePlace(attribute), key: id, from, last: to - 1 }) as number[];
    },
    keysOf: (attribute) => (keys.all(attributePlace(attribute)) as number[]).map(words.text).sort(),
    closedOtherwise(reasons) {
      const rows = otherwise.all(attributePlace("stateReason"), JSON.stringify(reasons)) as {
        reason: string;
        issue: number;
      }[];
      const byReason = Map.groupBy(rows, ({ reason }) => reason);
      return new Map([...byReason].map(([reason, some]) => [reason, some.map(({ issue }) => issue)]));
    },
    issuesWithNewReason: ({ from, to }) => reasoned.all({ from, last: to - 1 }) as number[],
    issuesInDoubt: ({ from, to }, attributes, of) =>
      doubted.all({
        from,
        to,
        attributes: JSON.stringify(attributes),
        nameless: Number(of === "nameless"),
      }) as number[],
    withDoubts: () => withDoubts.all() as number[],
    counts() {
      const found = new Map(counts.all() as [number, number][]);
      return { issues: found.get(0) ?? 0, pullRequests: found.get(1) ?? 0 };
    },
    issuesGone: ({ from, to }) => gone.all(attributePlace("gone"), from, to) as number[],
  };
}

/** Rows of intervals that wait to be written together. */
const rowsWaiting = 20 * rowsPerStatement;

/** Timelines read by one query: few queries, and little in memory. */
const chunk = 500;

/** Whole timelines in and out; their heads and their intervals are two tables, and when they are in doubt a third. */
function timelineTables(db: Database, words: Words): Pick<Intervals, "replace" | "some" | "iterate"> {
  const putHeads = rowInserter(db, "INSERT OR REPLACE INTO timeline", 8);
  const listed = "issue IN (SELECT value FROM json_each(?))";
  const clear = db.prepare(`DELETE FROM interval WHERE ${listed}`);
  const clearDoubts = db.prepare(`DELETE FROM doubted WHERE ${listed}`);
  const putDoubts = rowInserter(db, "INSERT OR IGNORE INTO doubted", 5);
  const put = rowInserter(db, "INSERT OR FAIL INTO interval", 12);
  const someHeads = db.prepare(`SELECT * FROM timeline WHERE ${listed} ORDER BY issue`);
  const heads = db.prepare("SELECT * FROM timeline ORDER BY issue");
  const someRows = db.prepare(`SELECT * FROM interval WHERE ${listed} ORDER BY issue, ordinal`);
  const allRows = db.prepare("SELECT * FROM interval ORDER BY issue, ordinal");
  const { fromHead, fromInterval, toInterval, toTimeline } = intervalRows(words);
  return {
    replace(timelines) {
      let newHeads: Column[][] = [];
      let newRows: Column[][] = [];
      let newDoubts: Column[][] = [];
      const write = () => {
        const issues = JSON.stringify(newHeads.map(([issue]) => issue));
        clear.run(issues);
        clearDoubts.run(issues);
        putHeads(newHeads);
        put(newRows);
        putDoubts(newDoubts);
        [newHeads, newRows, newDoubts] = [[], [], []];
      };
      for (const timeline of timelines) {
        newHeads.push(fromHead(timeline));
        for (const [ordinal, interval] of timeline.intervals.entries())
          newRows.push(fromInterval(interval, ordinal, timeline));
        for (const { attribute, from, to, about } of timeline.doubts ?? [])
          newDoubts.push([timeline.number, attribute, from, to, Number(about === undefined)]);
        if (newRows.length >= rowsWaiting) write();
      }
      write();
    },
    *some(issues) {
      for (let first = 0; first < issues.length; first += chunk) {
        const list = JSON.stringify(issues.slice(first, first + chunk));
        const found = Map.groupBy(someRows.all(list) as IntervalRow[], ({ issue }) => issue);
        for (const row of someHeads.all(list) as HeadRow[])
          yield toTimeline(row, (found.get(row.issue) ?? []).map(toInterval));
      }
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
