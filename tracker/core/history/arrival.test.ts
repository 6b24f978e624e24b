import { describe, expect, test } from "vitest";
import { enter, label, leave, on, timelineOf, toldIssue, unlabel } from "../../testing/timelines.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { nameResolver, noNames } from "./names/resolver.ts";
import { stateAt } from "./state-at.ts";
import { foldTimeline } from "./timeline.ts";

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

  test("may have been left at each of several arrivals since it was put on", () => {
    const again = { at: "20", kind: "transferred" };
    const story = [label("02", "bug"), enter("03"), arrived, again];
    const days = ["09", "12", "19", "25", "31"];
    const guess = ["", undefined, "inferred", "inferred"];
    const had = ["bug", "Sprint 1", sure, sure];
    const none = ["", undefined, sure, sure];
    const left = timelineOf(1, "01", story, { labels: [], milestone: null });
    expect(told(left, days)).toEqual([had, guess, guess, guess, none]);
    const anew = [...story, label("22", "bug"), enter("22", 2)];
    const now = ["bug", "Sprint 2", sure, sure];
    expect(told(timelineOf(1, "01", anew), days)).toEqual([had, guess, guess, now, now]);
    const between = [arrived, label("12", "bug"), enter("12", 1), again];
    expect(told(timelineOf(1, "01", between, { labels: [], milestone: null }), days)).toEqual([
      ...[none, ["bug", "Sprint 1", sure, sure], ["bug", "Sprint 1", sure, sure], guess, none],
    ]);
  });

  test("was there or not by the order of what happened in one second", () => {
    const on10 = [label("10", "bug"), enter("10")];
    const shown = { labels: [], milestone: null };
    const guess = ["", undefined, "inferred", "inferred"];
    expect(told(timelineOf(1, "01", [...on10, arrived], shown), ["11"])).toEqual([guess]);
    const after = timelineOf(1, "01", [arrived, ...on10], shown);
    expect(told(after, ["11"])).not.toEqual([guess]);
    expect(after.doubts).toMatchObject([{ provenance: "unknown" }, { provenance: "unknown" }]);
    // Put on twice before it arrived: that is no arrival's doing.
    const twice = timelineOf(1, "01", [label("02", "bug"), label("10", "bug"), arrived]);
    expect((twice.doubts ?? []).map(({ why }) => why)).toEqual(["bug was added twice"]);
  });

  test("by an arrival that came after what GitHub showed nothing is explained", () => {
    const story = [label("02", "bug"), { at: "31T12:00", kind: "transferred" }];
    const timeline = timelineOf(1, "01", story, { labels: [] });
    expect(timeline.doubts).toMatchObject([{ attribute: "label", provenance: "unknown" }]);
  });
});

test("of an issue whose events were not read, all that they may tell of is a guess until it arrived", () => {
  const { observation, events } = toldIssue(1, "01", [arrived]);
  const seen = { ...observation, firstSeenAt: observation.observedAt };
  const timeline = foldTimeline({
    ...{ observation: seen, events, resolver: nameResolver(noNames) },
    unreadUntil: on("10"),
  });
  const [first, ...others] = (timeline.doubts ?? []).map(({ attribute, ...doubt }) => ({ attribute, doubt }));
  for (const { doubt } of others) expect(doubt).toEqual(first?.doubt);
  expect(first?.doubt).toMatchObject({ from: on("01"), to: on("10"), provenance: "inferred" });
  expect((timeline.doubts ?? []).map(({ attribute }) => attribute).sort()).toEqual([
    ...["assignee", "blockedBy", "discussion", "field", "iteration", "label", "milestone", "parent", "state"],
    ...["stateReason", "status", "title", "type"],
  ]);
});
