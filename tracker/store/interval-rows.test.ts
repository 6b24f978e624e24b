import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Attribute, Interval, IssueTimeline } from "../core/model/interval.ts";
import type { Provenance } from "../core/model/provenance.ts";
import { memoryTables } from "../testing/memory-tables.ts";
import { attributePlace, type HeadRow, type IntervalRow, intervalRows, pullState } from "./interval-rows.ts";

/** Written down: files of years ago hold these numbers. */
const places: Record<Attribute, number> = {
  state: 0,
  stateReason: 1,
  title: 2,
  label: 3,
  milestone: 4,
  assignee: 5,
  status: 6,
  iteration: 7,
  discussion: 8,
  gone: 9,
  parent: 10,
  type: 11,
  blockedBy: 12,
  merged: 13,
  field: 14,
};
const attributes = Object.keys(places) as Attribute[];

const timeline = (more: Partial<IssueTimeline> = {}): IssueTimeline => ({
  number: 7,
  createdAt: 100,
  author: "ana",
  pullRequest: false,
  url: "https://github.com/a/b/issues/7",
  title: "Task",
  intervals: [],
  ...more,
});
const interval = (more: Partial<Interval> = {}): Interval => ({
  attribute: "label",
  value: "bug",
  key: "fault",
  from: 100,
  to: 200,
  startEvent: 1,
  endEvent: null,
  startActor: "ana",
  endActor: null,
  provenance: "replayed",
  ...more,
});

const rows = intervalRows(memoryTables().dictionary);
/** A row as the database hands it back: columns by name. */
function stored(one: Interval, of: IssueTimeline = timeline()): IntervalRow {
  const [
    issue,
    ,
    attribute,
    value,
    key,
    starts,
    ends,
    start_event,
    end_event,
    start_actor,
    end_actor,
    provenance,
  ] = rows.fromInterval(one, 3, of);
  const row = {
    issue,
    attribute,
    value,
    key,
    starts,
    ends,
    start_event,
    end_event,
    start_actor,
    end_actor,
    provenance,
  };
  return row as unknown as IntervalRow;
}

test("an attribute keeps its number in every file that was ever written", () => {
  expect(Object.fromEntries(attributes.map((one) => [one, attributePlace(one)]))).toEqual(places);
});

describe("an interval comes back as it went in", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1 }).map((one) => one.toWellFormed());
  const actor = fc.option(text, { nil: null });
  const any: fc.Arbitrary<Interval> = fc.record({
    attribute: fc.constantFrom(...attributes.filter((one) => one !== "state")),
    value: text,
    key: text,
    from: fc.nat(),
    to: fc.oneof(fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER)),
    startEvent: fc.option(fc.nat(), { nil: null }),
    endEvent: fc.option(fc.nat(), { nil: null }),
    startActor: actor,
    endActor: actor,
    provenance: fc.constantFrom<Provenance>("replayed", "observed", "inferred", "unknown"),
  });
  const searched: Attribute[] = [
    "label",
    "milestone",
    "assignee",
    "status",
    "iteration",
    "gone",
    "type",
    "field",
  ];

  test("with its key where it is searched by that, else with its value for it", () => {
    fc.assert(
      fc.property(any, (one) => {
        const key = searched.includes(one.attribute) ? one.key : one.value;
        expect(rows.toInterval(stored(one))).toEqual({ ...one, key });
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test("of a pull request, too, whose state is searched under a key of its own", () => {
    const open = interval({ attribute: "state", value: "open", key: "open" });
    const keyOf = (pullRequest: boolean) => stored(open, timeline({ pullRequest })).key;
    expect(keyOf(true)).not.toBe(keyOf(false));
    expect(keyOf(true)).toBe(stored(interval({ key: pullState("open") })).key);
    for (const pullRequest of [true, false])
      expect(rows.toInterval(stored(open, timeline({ pullRequest })))).toEqual(open);
  });

  test("in force it says the same", () => {
    fc.assert(
      fc.property(any, (one) => {
        const { issue, attribute, value, key, provenance } = stored(one);
        const { attribute: a, value: v, key: k, provenance: p } = rows.toInterval(stored(one));
        expect(rows.toInForce([issue, attribute, value, key, provenance])).toEqual({
          attribute: a,
          value: v,
          key: k,
          provenance: p,
        });
      }),
      { seed: 2, numRuns: 100 },
    );
  });
});

test("titles stand in the row itself, names that recur once for all", () => {
  expect(stored(interval({ attribute: "title", value: "Once only" })).value).toBe("Once only");
  const [first, second] = [stored(interval()), stored(interval({ startActor: "bug" }))];
  expect(first.value).toBe(second.value);
  expect(second.start_actor).toBe(first.value);
});

describe("the head of a timeline comes back as it went in", () => {
  const stores = (of: IssueTimeline) => {
    const [issue, created_at, author, pull_request, url, , title, doubts] = rows.fromHead(of);
    return { issue, created_at, author, pull_request, url, title, doubts } as unknown as HeadRow;
  };
  test.each<[string, Partial<IssueTimeline>]>([
    ["plain", {}],
    ["of a pull request without an author", { pullRequest: true, author: null }],
    [
      "with doubts",
      {
        doubts: [
          {
            attribute: "label",
            from: 1,
            to: 2,
            provenance: "unknown",
            why: "x",
            about: { key: "a", value: "b" },
          },
        ],
      },
    ],
    ["with an empty title and no address", { title: "", url: "" }],
  ])("%s", (_, more) => {
    const one = timeline(more);
    expect(rows.toTimeline(stores(one), [])).toEqual(one);
    expect("doubts" in rows.toTimeline(stores(one), [])).toBe("doubts" in more);
  });
});
