import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Attribute,
  type Doubt,
  forever,
  type Interval,
  type IssueTimeline,
} from "../core/model/interval.ts";
import { memoryTables } from "../testing/memory-tables.ts";
import { eventMigrations } from "./events.ts";
import { pullState } from "./interval-rows.ts";
import { allTime, intervalMigrations, intervals } from "./intervals.ts";
import { staleMigrations } from "./stale.ts";

const time = fc.integer({ min: 0, max: 8 });
const actor = fc.constantFrom(null, "ann", "Ann");
const key = fc.constantFrom("a", "ab", "A", "7", "");
const provenance = fc.constantFrom("replayed", "observed", "inferred", "unknown");

const anyInterval: fc.Arbitrary<Interval> = fc
  .record({
    kind: fc.constantFrom<Attribute>("label", "milestone", "state", "title", "gone", "discussion"),
    key,
    from: time,
    length: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant(forever)),
    event: fc.option(fc.nat(99)),
    actor,
    endActor: actor,
    endEvent: fc.option(fc.nat(99)),
    provenance,
  })
  .map(
    ({ kind, key: own, from, length, event, actor: startActor, endActor, endEvent, provenance: known }) => {
      const value = kind === "state" ? "closed" : kind === "title" ? `${own}\u0000é 😀` : own;
      return {
        attribute: kind,
        value,
        // What is not searched goes by its value.
        key: kind === "label" || kind === "milestone" ? own : value,
        from,
        to: length === forever ? forever : from + length,
        startEvent: event,
        endEvent,
        startActor,
        endActor,
        provenance: known,
      };
    },
  );

const anyTimelines: fc.Arbitrary<IssueTimeline[]> = fc
  .array(fc.tuple(fc.array(anyInterval, { maxLength: 5 }), fc.boolean(), actor), { maxLength: 6 })
  .map((list) =>
    list.map(([own, pullRequest, author], index) => ({
      number: index + 1,
      createdAt: 0,
      author,
      pullRequest,
      url: "",
      title: "t",
      intervals: own,
    })),
  );

// One database for all, since making its tables takes longer than any question.
const { db, dictionary } = memoryTables(...staleMigrations, ...eventMigrations, ...intervalMigrations);
const table = intervals(db, dictionary);

function stored(timelines: IssueTimeline[]) {
  db.exec("DELETE FROM interval; DELETE FROM timeline; DELETE FROM doubted");
  table.replace(timelines);
  return table;
}

const span = fc.tuple(time, time).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) + 1 }));
const byNumber = (a: number, b: number) => a - b;
const numbersWhere = (timelines: IssueTimeline[], is: (timeline: IssueTimeline) => boolean) =>
  timelines.filter(is).map(({ number }) => number);

describe("timelines in the store", () => {
  it("come back as they were, by number, one and all", () => {
    fc.assert(
      fc.property(anyTimelines, (timelines) => {
        stored([...timelines].reverse());
        expect([...table.iterate()]).toEqual(timelines);
        expect([...table.some(timelines.map(({ number }) => number))]).toEqual(timelines);
        expect([...table.some([999, 2, 2])]).toEqual(timelines.filter(({ number }) => number === 2));
        const pulls = timelines.filter(({ pullRequest }) => pullRequest).length;
        expect(table.counts()).toEqual({ issues: timelines.length - pulls, pullRequests: pulls });
      }),
      { seed: 51, numRuns: 60 },
    );
  });

  it("leave nothing of what stood in their place", () => {
    fc.assert(
      fc.property(anyTimelines, anyTimelines, (before, after) => {
        stored(before);
        table.replace(after);
        expect([...table.iterate()]).toEqual([...after, ...before.slice(after.length)]);
      }),
      { seed: 52, numRuns: 60 },
    );
  });
});

describe("a search for doubts", () => {
  const attribute = fc.constantFrom<Attribute>("label", "milestone", "gone");
  const length = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant(forever));
  const doubt = fc.tuple(attribute, time, length, fc.boolean());
  const doubtful: fc.Arbitrary<IssueTimeline[]> = fc
    .tuple(anyTimelines, fc.array(fc.array(doubt, { minLength: 1, maxLength: 3 }), { maxLength: 6 }))
    .map(([timelines, doubts]) =>
      timelines.map((one, index) => {
        const own = doubts[index]?.map(([attribute, from, length, isNamed]): Doubt => {
          const to = Math.min(from + length, forever);
          const about = isNamed ? { about: { key: "x", value: "x" } } : {};
          return { attribute, from, to, provenance: "inferred", why: "a test", ...about };
        });
        return own === undefined ? one : { ...one, doubts: own };
      }),
    );

  it("finds those of an attribute in a half-open span, and none of an earlier timeline's", () => {
    fc.assert(
      fc.property(doubtful, doubtful, fc.uniqueArray(attribute), span, (before, after, about, asked) => {
        stored(before);
        table.replace(after);
        const found = (isMeant: (one: Doubt) => boolean) =>
          numbersWhere([...after, ...before.slice(after.length)], ({ doubts = [] }) =>
            doubts.some(
              (one) =>
                isMeant(one) && about.includes(one.attribute) && one.from < asked.to && asked.from < one.to,
            ),
          );
        expect(table.issuesInDoubt(asked, about).sort(byNumber)).toEqual(found(() => true));
        const nameless = found((one) => one.about === undefined);
        expect(table.issuesInDoubt(asked, about, "nameless").sort(byNumber)).toEqual(nameless);
      }),
      { seed: 57, numRuns: 100 },
    );
  });
});

describe("a search by key", () => {
  const touches = (i: Interval, { from, to }: { from: number; to: number }) => i.from < to && from < i.to;
  const bears = (name: string) => (i: Interval) => i.attribute === "label" && i.key === name;

  it("finds the issues on which it lasted in a half-open span, and on which it changed", () => {
    fc.assert(
      fc.property(anyTimelines, key, span, (timelines, name, asked) => {
        stored(timelines);
        const isIn = (at: number) => asked.from <= at && at < asked.to;
        expect(table.issuesWithKey("label", name, asked).sort(byNumber)).toEqual(
          numbersWhere(timelines, ({ intervals: own }) =>
            own.some((i) => bears(name)(i) && touches(i, asked)),
          ),
        );
        expect(table.issuesChanging("label", name, asked).sort(byNumber)).toEqual(
          numbersWhere(timelines, ({ intervals: own }) =>
            own.some((i) => bears(name)(i) && (isIn(i.from) || isIn(i.to))),
          ),
        );
      }),
      { seed: 53, numRuns: 150 },
    );
  });

  it("leaves out only what was closed all the while and lay still", () => {
    fc.assert(
      fc.property(anyTimelines, key, span, (timelines, name, asked) => {
        const isInside = (at: number) => asked.from < at && at < asked.to;
        const lies = ({ intervals: own }: IssueTimeline) =>
          own.some((i) => i.attribute === "state" && i.from <= asked.from && asked.to <= i.to) &&
          !own.some((i) => isInside(i.from) || isInside(i.to));
        const found = stored(timelines).activeIssuesWithKey("label", name, asked);
        expect(found.sort(byNumber)).toEqual(
          numbersWhere(
            timelines,
            (timeline) =>
              timeline.intervals.some((i) => bears(name)(i) && touches(i, asked)) && !lies(timeline),
          ),
        );
      }),
      { seed: 54, numRuns: 150 },
    );
  });

  it("takes what changed at the bounds of the span alone for still", () => {
    const [closed] = fc.sample(anyInterval, 1);
    const of = (attribute: Attribute, key: string, from: number, to: number) =>
      ({ ...closed, attribute, key, value: key, from, to }) as Interval;
    const put = (from: number, to: number) =>
      stored([
        {
          ...{ number: 1, createdAt: 0, author: null, pullRequest: false, url: "", title: "" },
          intervals: [
            of("state", "closed", 0, forever),
            of("label", "a", 0, forever),
            of("label", "b", from, to),
          ],
        },
      ]);
    const found = (from: number, to: number) =>
      put(from, to).activeIssuesWithKey("label", "a", { from: 3, to: 6 });
    expect([found(1, 3), found(3, 6), found(6, 9), found(3, 5), found(4, 6)]).toEqual([[], [], [], [1], [1]]);
  });

  it("knows a key in its own case alone, and none that was never written", () => {
    const [only] = fc.sample(anyInterval, { seed: 1, numRuns: 1 });
    const one = { ...only, attribute: "label", key: "A", value: "A", from: 0, to: forever } as Interval;
    stored([
      { number: 1, createdAt: 0, author: null, pullRequest: true, url: "", title: "", intervals: [one] },
    ]);
    expect(["A", "a", "never"].map((name) => table.issuesWithKey("label", name, allTime))).toEqual([
      [1],
      [],
      [],
    ]);
    expect([table.keysOf("label"), table.keysOf("milestone")]).toEqual([["A"], []]);
  });

  it("tells the state of pull requests from that of issues", () => {
    fc.assert(
      fc.property(anyTimelines, (timelines) => {
        stored(timelines);
        const closed = (pulls: boolean) =>
          numbersWhere(
            timelines,
            ({ pullRequest, intervals: own }) =>
              pullRequest === pulls && own.some(({ attribute }) => attribute === "state"),
          );
        expect(table.issuesWithKey("state", "closed", allTime).sort(byNumber)).toEqual(closed(false));
        expect(table.issuesWithKey("state", pullState("closed"), allTime).sort(byNumber)).toEqual(
          closed(true),
        );
      }),
      { seed: 55, numRuns: 60 },
    );
  });

  it("finds what was gone through the whole of a span", () => {
    fc.assert(
      fc.property(anyTimelines, span, (timelines, asked) => {
        const isGone = (i: Interval) => i.attribute === "gone" && i.from <= asked.from && asked.to <= i.to;
        expect(new Set(stored(timelines).issuesGone(asked))).toEqual(
          new Set(numbersWhere(timelines, ({ intervals: own }) => own.some(isGone))),
        );
      }),
      { seed: 56, numRuns: 100 },
    );
  });
});
