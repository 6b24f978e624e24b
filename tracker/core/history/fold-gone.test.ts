import { expect, test } from "vitest";
import { day, history } from "../../testing/history-builder.ts";
import { forever, type IssueTimeline } from "../model/interval.ts";
import type { Sighting } from "../model/page.ts";
import { present } from "../model/present.ts";
import { nameResolver, noNames } from "./names/resolver.ts";
import { stateAt } from "./state-at.ts";
import { foldTimeline } from "./timeline.ts";

function fold(
  found: [since: number, at: number, found: Sighting["found"]][],
  events: [number, string][] = [],
) {
  const page = history([{ number: 1, events }], { seenOn: 10 });
  return foldTimeline({
    observation: { ...present(page.issues[0]), firstSeenAt: day(10) },
    events: page.events,
    resolver: nameResolver(noNames),
    sightings: found.map(([since, at, what]) => ({ issue: 1, since: day(since), at: day(at), found: what })),
  });
}

const spans = ({ intervals }: IssueTimeline) =>
  intervals
    .filter(({ attribute }) => attribute === "gone")
    .map(({ value, from, to, provenance }) => ({ value, from, to, provenance }));
const isThere = (timeline: IssueTimeline, n: number): boolean => stateAt(timeline, day(n)) !== null;

test("an issue leaves when it was found missing, keeps its past, and the window before is in doubt", () => {
  const timeline = fold([[10, 12, "deleted"]]);
  expect(spans(timeline)).toEqual([{ value: "deleted", from: day(12), to: forever, provenance: "observed" }]);
  expect([9, 10, 11, 12, 13].map((n) => isThere(timeline, n))).toEqual([true, true, true, false, false]);
  const window = timeline.doubts?.filter(({ attribute }) => attribute === "gone");
  expect(window).toMatchObject([{ from: day(10) + 1, to: day(12), provenance: "inferred" }]);
});

test("it comes back when it is seen again, and may leave once more", () => {
  const timeline = fold([
    [10, 12, "transferred"],
    [12, 14, "there"],
    [14, 20, "deleted"],
  ]);
  expect(spans(timeline).map(({ value, from, to }) => [value, from, to])).toEqual([
    ["transferred", day(12), day(14)],
    ["deleted", day(20), forever],
  ]);
});

test("what is found twice is found once, in whatever order it is told", () => {
  const once: [number, number, Sighting["found"]][] = [[10, 12, "deleted"]];
  const twice: typeof once = [[10, 15, "deleted"], ...once];
  expect(spans(fold(twice))).toEqual(spans(fold(once)));
});

test("an event inside the window dates the departure", () => {
  const timeline = fold([[10, 12, "transferred"]], [[11, "transferred"]]);
  expect(spans(timeline)).toMatchObject([{ from: day(11), provenance: "replayed" }]);
  expect(timeline.doubts ?? []).toEqual([]);
});

test("the event of an issue that arrived from elsewhere takes it nowhere", () => {
  expect(spans(fold([], [[5, "transferred"]]))).toEqual([]);
  expect(spans(fold([[10, 12, "transferred"]], [[5, "transferred"]]))).toMatchObject([{ from: day(12) }]);
});
