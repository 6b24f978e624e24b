import { describe, expect, test } from "vitest";
import { on, timelineOf } from "../../testing/timelines.ts";
import type { IssueTimeline } from "../model/interval.ts";

const day = (at: number): number => (at < on("31") ? new Date(at).getUTCDate() : 99);

/** `type: from – to, how it is known`, with days of May; 99 is for ever. */
const types = ({ intervals }: IssueTimeline): string[] =>
  intervals
    .filter(({ attribute }) => attribute === "type")
    .map(({ value, from, to, provenance }) => `${value}: ${day(from)} – ${day(to)}, ${provenance}`);
const doubts = ({ doubts: list = [] }: IssueTimeline): string[] =>
  list
    .filter(({ attribute }) => attribute === "type")
    .map(({ from, to, provenance }) => `${day(from)} – ${day(to)}, ${provenance}`);

const changed = (at: string, from: string | null, to: string | null) => ({
  at,
  kind: from === null ? "issue_type_added" : to === null ? "issue_type_removed" : "issue_type_changed",
  type: { from, to },
});
const silent = (at: string, how: "added" | "changed" | "removed") => ({ at, kind: `issue_type_${how}` });

describe("the type of an issue", () => {
  test("is what its events say", () => {
    const told = timelineOf(1, "01", [
      changed("03", null, "Bug"),
      changed("05", "Bug", "Task"),
      changed("09", "Task", null),
    ]);
    expect(types(told)).toEqual(["Bug: 3 – 5, replayed", "Task: 5 – 9, replayed"]);
    expect(doubts(told)).toEqual([]);
  });

  test("before the first event is what that took away", () => {
    expect(types(timelineOf(1, "01", [changed("05", "Bug", null)]))).toEqual(["Bug: 1 – 5, inferred"]);
  });

  test("without events is what GitHub shows, since the beginning", () => {
    expect(types(timelineOf(1, "01", [], { type: "Bug" }))).toEqual(["Bug: 1 – 99, inferred"]);
    expect(types(timelineOf(1, "01", [], { type: null }))).toEqual([]);
  });

  test("that GitHub shows against the events holds from then, and the time between is unknown", () => {
    const told = timelineOf(1, "01", [changed("03", null, "Bug")], { type: "Task", observedAt: on("20") });
    expect(types(told)).toEqual(["Bug: 3 – 20, replayed", "Task: 20 – 99, observed"]);
    expect(doubts(told)).toEqual(["3 – 20, unknown"]);
  });

  test("that an event says was there before, and was not, leaves the time since the last one unknown", () => {
    const told = timelineOf(1, "01", [changed("03", null, "Bug"), changed("09", "Task", "Epic")]);
    expect(types(told)).toEqual(["Bug: 3 – 9, replayed", "Epic: 9 – 99, replayed"]);
    expect(told.doubts?.map(({ from, to, about }) => [day(from), day(to), about?.value])).toEqual([
      [3, 9, "Bug"],
      [3, 9, "Task"],
    ]);
    // A delivery does not say what was there before.
    expect(doubts(timelineOf(1, "01", [changed("03", null, "Bug"), changed("09", null, "Task")]))).toEqual(
      [],
    );
  });

  test("a source that does not say takes nothing away", () => {
    const { type: _, ...more } = { type: undefined, observedAt: on("20") };
    expect(types(timelineOf(1, "01", [changed("03", null, "Bug")], more))).toEqual(["Bug: 3 – 99, replayed"]);
  });
});

describe("events that do not name the type", () => {
  test("are told by the next one", () => {
    const told = timelineOf(1, "01", [silent("03", "added"), changed("05", "Bug", "Task")], { type: "Task" });
    expect(types(told)).toEqual(["Bug: 3 – 5, inferred", "Task: 5 – 99, replayed"]);
    expect(doubts(told)).toEqual([]);
  });

  test("are told by what GitHub shows", () => {
    const told = timelineOf(1, "01", [silent("03", "added")], { type: "Bug" });
    expect(types(told)).toEqual(["Bug: 3 – 99, inferred"]);
  });

  test("leave the type unknown until something is said", () => {
    const told = timelineOf(
      1,
      "01",
      [silent("03", "added"), silent("05", "changed"), silent("08", "removed")],
      {
        type: null,
      },
    );
    expect(types(told)).toEqual([]);
    expect(doubts(told)).toEqual(["3 – 5, unknown", "5 – 8, unknown"]);
  });
});
