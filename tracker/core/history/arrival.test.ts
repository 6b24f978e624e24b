import { describe, expect, test } from "vitest";
import { enter, label, leave, on, timelineOf, unlabel } from "../../testing/timelines.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { stateAt } from "./state-at.ts";

const arrived = { at: "10", kind: "transferred" };
const told = (timeline: IssueTimeline, days: string[]) =>
  days.map((day) => {
    const state = stateAt(timeline, on(day));
    return [
      state?.labels.join(),
      state?.milestone?.title,
      state?.provenance.labels,
      state?.provenance.milestone,
    ];
  });
const sure = "replayed";

describe("what an issue had when it arrived from another repository and has no more", () => {
  test("it had until then for certain; only since then is it a guess", () => {
    const story = [label("02", "bug"), enter("03"), arrived];
    const timeline = timelineOf(1, "01", story, { labels: [], milestone: null });
    expect(told(timeline, ["04", "09", "11", "31"])).toEqual([
      ["bug", "Sprint 1", sure, sure],
      ["bug", "Sprint 1", sure, sure],
      ["", undefined, "inferred", "inferred"],
      ["", undefined, sure, sure],
    ]);
    const ends = timeline.intervals.filter(({ attribute }) => ["label", "milestone"].includes(attribute));
    expect(ends.map(({ to, endEvent }) => [to, endEvent])).toEqual([
      [on("10"), 1002],
      [on("10"), 1002],
    ]);
  });

  test("and what it is given again counts anew", () => {
    const story = [label("02", "bug"), enter("03", 1), arrived, label("12", "bug"), enter("12", 2)];
    expect(told(timelineOf(1, "01", story), ["09", "11", "13"])).toEqual([
      ["bug", "Sprint 1", sure, sure],
      ["", undefined, "inferred", "inferred"],
      ["bug", "Sprint 2", sure, sure],
    ]);
  });

  test("what it still has, or what was taken off it before or after, is left as the events say", () => {
    const story = [
      ...[label("02", "kept"), label("02", "early"), label("02", "late"), enter("03")],
      ...[unlabel("05", "early"), arrived, unlabel("12", "late"), leave("14")],
    ];
    const timeline = timelineOf(1, "01", story);
    expect(timeline.doubts ?? []).toEqual([]);
    expect(told(timeline, ["04", "11", "13", "15"])).toEqual([
      ["early,kept,late", "Sprint 1", sure, sure],
      ["kept,late", "Sprint 1", sure, sure],
      ["kept", "Sprint 1", sure, sure],
      ["kept", undefined, sure, sure],
    ]);
  });

  test("by an arrival that came after what GitHub showed nothing is explained", () => {
    const story = [label("02", "bug"), { at: "31T12:00", kind: "transferred" }];
    const timeline = timelineOf(1, "01", story, { labels: [] });
    expect(timeline.doubts).toMatchObject([{ attribute: "label", provenance: "unknown" }]);
  });
});
