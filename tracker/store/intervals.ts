import type { Database } from "better-sqlite3";
import type { Attribute, Doubt, Interval, IssueTimeline } from "../core/model/interval.ts";
import { forever } from "../core/model/interval.ts";
import type { Provenance } from "../core/model/provenance.ts";
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

/** Their places are kept in the database: only ever added to. */
const attributes: Attribute[] = [
  "state",
  "stateReason",
  "title",
  "label",
  "milestone",
  "assignee",
  "status",
  "iteration",
  "discussion",
  "gone",
];
const provenances: Provenance[] = ["replayed", "observed", "inferred", "unknown"];
/** What boards are asked for by key. Titles and reasons are only ever read with their issue. */
const searched = new Set<Attribute>(["state", "label", "milestone", "assignee", "status", "iteration"]);

interface HeadRow {
  issue: number;
  created_at: number;
  author: number | null;
  pull_request: number;
  url: string;
  parent: number | null;
  title: string;
  doubts: string | null;
}

interface IntervalRow {
  issue: number;
  attribute: number;
  value: string | number;
  key: number | null;
  starts: number;
  ends: number;
  start_event: number | null;
  end_event: number | null;
  start_actor: number | null;
  end_actor: number | null;
  provenance: number;
}

export interface Intervals {
  replace(timeline: IssueTimeline): void;
  get(issue: number): IssueTimeline | null;
  /** All timelines by number, one at a time. */
  iterate(): Iterable<IssueTimeline>;
  /** Each issue once. The state of pull requests is not searched: open ones are nobody's backlog. */
  issuesWithKey(attribute: Attribute, key: string, span: { from: number; to: number }): number[];
  /** Issues on which an interval with this key began or ended in [from, to). */
  issuesChanging(attribute: Attribute, key: string, span: { from: number; to: number }): number[];
  counts(): { issues: number; pullRequests: number };
  countWithKeyAt(attribute: Attribute, key: string, at: number): number;
}

export function intervals(db: Database, words: Words): Intervals {
  const putHead = db.prepare("INSERT OR REPLACE INTO timeline VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const clear = db.prepare("DELETE FROM interval WHERE issue = ?");
  const put = db.prepare("INSERT INTO interval VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const head = db.prepare("SELECT * FROM timeline WHERE issue = ?");
  const heads = db.prepare("SELECT * FROM timeline ORDER BY issue");
  const rows = db.prepare("SELECT * FROM interval WHERE issue = ? ORDER BY ordinal");
  const allRows = db.prepare("SELECT * FROM interval ORDER BY issue, ordinal");
  const withKey = db
    .prepare("SELECT issue FROM interval WHERE attribute = ? AND key = ? AND starts < ? AND ends > ?")
    .pluck();
  const changing = db
    .prepare(
      `SELECT DISTINCT issue FROM interval
       WHERE attribute = ? AND key = ? AND ends >= ? AND (starts BETWEEN ? AND ? OR ends <= ?)`,
    )
    .pluck();
  const counts = db.prepare("SELECT pull_request, count(*) FROM timeline GROUP BY pull_request").raw();
  const countAt = db
    .prepare("SELECT count(*) FROM interval WHERE attribute = ? AND key = ? AND starts <= ? AND ends > ?")
    .pluck();

  const word = (text: string | null) => (text === null ? null : words.id(text));
  const text = (id: number | null) => (id === null ? null : words.text(id));

  function toInterval(row: IntervalRow): Interval {
    const attribute = attributes[row.attribute]!;
    const value = typeof row.value === "string" ? row.value : words.text(row.value);
    return {
      attribute,
      value,
      key: row.key === null ? value : words.text(row.key),
      from: row.starts,
      to: row.ends,
      startEvent: row.start_event,
      endEvent: row.end_event,
      startActor: text(row.start_actor),
      endActor: text(row.end_actor),
      provenance: provenances[row.provenance]!,
    };
  }
  function toTimeline(row: HeadRow, list: Interval[]): IssueTimeline {
    return {
      number: row.issue,
      createdAt: row.created_at,
      author: text(row.author),
      pullRequest: row.pull_request === 1,
      url: row.url,
      parent: row.parent,
      title: row.title,
      intervals: list,
      ...(row.doubts === null ? {} : { doubts: JSON.parse(row.doubts) as Doubt[] }),
    };
  }
  function putInterval(issue: number, ordinal: number, interval: Interval, pullRequest: boolean): void {
    const { attribute, value, key } = interval;
    put.run(
      issue,
      ordinal,
      attributes.indexOf(attribute),
      attribute === "title" ? value : words.id(value),
      searched.has(attribute) && !(pullRequest && attribute === "state") ? words.id(key) : null,
      interval.from,
      interval.to,
      interval.startEvent,
      interval.endEvent,
      word(interval.startActor),
      word(interval.endActor),
      provenances.indexOf(interval.provenance),
    );
  }

  return {
    replace(timeline) {
      const { number, doubts } = timeline;
      clear.run(number);
      putHead.run(
        number,
        timeline.createdAt,
        word(timeline.author),
        timeline.pullRequest ? 1 : 0,
        timeline.url,
        timeline.parent,
        timeline.title,
        doubts === undefined ? null : JSON.stringify(doubts),
      );
      for (const [ordinal, interval] of timeline.intervals.entries())
        putInterval(number, ordinal, interval, timeline.pullRequest);
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
    issuesWithKey(attribute, key, { from, to }) {
      const id = words.find(key);
      if (id === null) return [];
      const found = withKey.all(attributes.indexOf(attribute), id, to, from) as number[];
      return [...new Set(found)];
    },
    issuesChanging(attribute, key, { from, to }) {
      const id = words.find(key);
      const last = to - 1;
      if (id === null) return [];
      return changing.all(attributes.indexOf(attribute), id, from, from, last, last) as number[];
    },
    counts() {
      const found = new Map(counts.all() as [number, number][]);
      return { issues: found.get(0) ?? 0, pullRequests: found.get(1) ?? 0 };
    },
    countWithKeyAt(attribute, key, at) {
      const id = words.find(key);
      return id === null ? 0 : (countAt.get(attributes.indexOf(attribute), id, at, at) as number);
    },
  };
}

export const allTime = { from: -forever, to: forever };
