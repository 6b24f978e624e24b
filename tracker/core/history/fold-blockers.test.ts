import { expect, test } from "vitest";
import { on, timelineOf } from "../../testing/timelines.ts";
import type { IssueReference } from "../model/event.ts";

const day = (at: number): number => (at < on("31") ? new Date(at).getUTCDate() : 99);
const added = (at: string, relation?: IssueReference) => ({
  at,
  kind: "blocked_by_added",
  ...(relation === undefined ? {} : { relation }),
});
const removed = (at: string, relation?: IssueReference) => ({
  ...added(at, relation),
  kind: "blocked_by_removed",
});

function told(...events: Parameters<typeof timelineOf>[2]) {
  const { intervals, doubts = [] } = timelineOf(2, "01", events);
  return {
    spans: intervals
      .filter(({ attribute }) => attribute === "blockedBy")
      .map(({ key, from, to, provenance }) => `${key}: ${day(from)} – ${day(to)}, ${provenance}`),
    doubts: doubts.map(({ from, to, provenance }) => `${day(from)} – ${day(to)}, ${provenance}`),
  };
}

test.each<[string, Parameters<typeof timelineOf>[2], string[], string[]]>([
  ["comes and goes", [added("03", 7), removed("06", 7)], ["7: 3 – 6, replayed"], []],
  ["stays", [added("03", 7), added("04", 7)], ["7: 3 – 99, replayed"], []],
  [
    "is not the same number elsewhere",
    [added("03", 7), added("04", "acme/platform#7"), removed("06", "acme/platform#7")],
    ["acme/platform#7: 4 – 6, replayed", "7: 3 – 99, replayed"],
    [],
  ],
  [
    "was there from the beginning where it is only taken away",
    [removed("06", 7)],
    ["7: 1 – 6, inferred"],
    [],
  ],
  [
    "that is taken away twice claims nothing in between",
    [added("03", 7), removed("05", 7), removed("09", 7)],
    ["7: 3 – 5, replayed"],
    ["5 – 9, unknown"],
  ],
  ["lasts no time", [added("03", 7), removed("03", 7)], [], []],
  ["is not named, and goes", [added("03"), removed("06")], [], ["3 – 6, unknown"]],
  ["is not named, and stays", [added("03")], [], ["3 – 99, unknown"]],
  ["is not named when it goes", [removed("06")], [], ["1 – 6, unknown"]],
])("what blocks %s", (_, events, spans, doubts) => {
  expect(told(...events)).toEqual({ spans, doubts });
});
