import type { Attribute, Doubt, InForce, Interval, IssueTimeline } from "../core/model/interval.ts";
import { present } from "../core/model/present.ts";
import type { Provenance } from "../core/model/provenance.ts";
import type { Words } from "./string-pool.ts";

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
  "parent",
  "type",
  "blockedBy",
  "merged",
  "field",
];
const provenances: Provenance[] = ["replayed", "observed", "inferred", "unknown"];
/** What has a key of its own: boards are asked for by it, and a field goes by it. The rest is only read with its issue. */
const searched = new Set<Attribute>([
  "state",
  "label",
  "milestone",
  "assignee",
  "status",
  "iteration",
  "gone",
  "type",
  "field",
]);

export interface HeadRow {
  issue: number;
  created_at: number;
  author: number | null;
  pull_request: number;
  url: string;
  title: string;
  doubts: string | null;
}

export interface IntervalRow {
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

/** The key under which a pull request's state is searched; an issue's is the state itself. */
export const pullState = (state: "open" | "closed"): string => `pull request ${state}`;

/** The columns of an interval that say what is in force. */
export type InForceRow = [
  issue: number,
  attribute: number,
  value: string | number,
  key: number | null,
  provenance: number,
];

/** The number that stands for an attribute in the database. */
export const attributePlace = (attribute: Attribute): number => attributes.indexOf(attribute);

export interface IntervalRows {
  toInterval(row: IntervalRow): Interval;
  toInForce(row: InForceRow): InForce;
  toTimeline(row: HeadRow, intervals: Interval[]): IssueTimeline;
  /** The columns of a timeline's row, in the table's order. */
  fromHead(timeline: IssueTimeline): (string | number | null)[];
  /** The columns of an interval's row, in the table's order. `ordinal`: its place in the timeline. */
  fromInterval(interval: Interval, ordinal: number, of: IssueTimeline): (string | number | null)[];
}

/** Timelines and intervals as rows and back. Writing adds new names, so it belongs in a write transaction. */
export function intervalRows(words: Words): IntervalRows {
  const word = (text: string | null) => (text === null ? null : words.id(text));
  const text = (id: number | null) => (id === null ? null : words.text(id));
  const toInForce = ([, attribute, column, key, provenance]: InForceRow): InForce => {
    const value = typeof column === "string" ? column : words.text(column);
    const known = present(attributes[attribute]);
    return {
      attribute: known,
      value,
      key: key === null || known === "state" ? value : words.text(key),
      provenance: present(provenances[provenance]),
    };
  };
  return {
    toInForce,
    toInterval(row) {
      const value = typeof row.value === "string" ? row.value : words.text(row.value);
      const attribute = present(attributes[row.attribute]);
      return {
        attribute,
        value,
        key: row.key === null || attribute === "state" ? value : words.text(row.key),
        from: row.starts,
        to: row.ends,
        startEvent: row.start_event,
        endEvent: row.end_event,
        startActor: text(row.start_actor),
        endActor: text(row.end_actor),
        provenance: present(provenances[row.provenance]),
      };
    },
    toTimeline: (row, intervals) => ({
      number: row.issue,
      createdAt: row.created_at,
      author: text(row.author),
      pullRequest: row.pull_request === 1,
      url: row.url,
      title: row.title,
      intervals,
      ...(row.doubts === null ? {} : { doubts: JSON.parse(row.doubts) as Doubt[] }),
    }),
    fromHead: ({ number, createdAt, author, pullRequest, url, title, doubts }) => [
      number,
      createdAt,
      word(author),
      pullRequest ? 1 : 0,
      url,
      // The parent stands among the intervals; its column is of an older version.
      null,
      title,
      doubts === undefined ? null : JSON.stringify(doubts),
    ],
    fromInterval(interval, ordinal, { number, pullRequest }) {
      const { attribute, value, key } = interval;
      const sought = pullRequest && attribute === "state" ? pullState(value as "open" | "closed") : key;
      return [
        number,
        ordinal,
        attributes.indexOf(attribute),
        attribute === "title" ? value : words.id(value),
        searched.has(attribute) ? words.id(sought) : null,
        interval.from,
        interval.to,
        interval.startEvent,
        interval.endEvent,
        word(interval.startActor),
        word(interval.endActor),
        provenances.indexOf(interval.provenance),
      ];
    },
  };
}
