import { describe, expect, it } from "vitest";
import { type BuiltIssue, day, history } from "../../testing/history-builder.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { present } from "../model/present.ts";
import { nameResolver, noNames } from "./names/resolver.ts";
import { stateAt } from "./state-at.ts";
import { foldTimeline } from "./timeline.ts";

function fold(issue: Omit<BuiltIssue, "number">): IssueTimeline {
  const { issues, events } = history([{ number: 1, ...issue }]);
  const observation = { ...present(issues[0]), firstSeenAt: present(issues[0]).observedAt };
  return foldTimeline({ observation, events, resolver: nameResolver(noNames) });
}
const on = (timeline: IssueTimeline, n: number) => present(stateAt(timeline, day(n)));

describe("state", () => {
  it("does not exist before it was created, and exists from that instant on", () => {
    const timeline = fold({});
    expect(stateAt(timeline, day(0) - 1)).toBeNull();
    expect(stateAt(timeline, day(0))?.state).toBe("open");
  });

  it("is closed from the closing event on, and has a closed span for each closing", () => {
    const timeline = fold({
      state: "open",
      stateReason: "reopened",
      events: [
        [1, "closed", "not_planned"],
        [2, "reopened"],
        [3, "closed"],
        [4, "reopened"],
      ],
    });
    expect(stateAt(timeline, day(1) - 1)?.state).toBe("open");
    expect([1, 2, 3, 4].map((n) => [on(timeline, n).state, on(timeline, n).stateReason])).toEqual([
      ["closed", "not_planned"],
      ["open", "reopened"],
      ["closed", "completed"],
      ["open", "reopened"],
    ]);
    expect(on(timeline, 3).provenance.state).toBe("replayed");
  });

  it("is closed by a conversion to a discussion, and by closing twice at once", () => {
    expect(on(fold({ state: "closed", events: [[2, "converted_to_discussion"]] }), 2).state).toBe("closed");
    const twice = fold({
      state: "closed",
      stateReason: "completed",
      events: [
        [2, "closed"],
        [2, "closed"],
      ],
    });
    expect(twice.intervals.filter(({ attribute }) => attribute === "state")).toHaveLength(2);
    expect(twice.doubts).toBeUndefined();
  });

  it("is closed for another reason where a closed one is closed again, which GitHub tells by none for completed", () => {
    const again = fold({
      state: "closed",
      stateReason: "completed",
      events: [
        [2, "closed", "not_planned"],
        [4, "closed"],
      ],
    });
    expect([2, 3, 4].map((n) => on(again, n).stateReason)).toEqual([
      "not_planned",
      "not_planned",
      "completed",
    ]);
    expect(again.doubts).toBeUndefined();
  });

  it("takes an unexplained closing from the issue itself", () => {
    const timeline = fold({ state: "closed", closedAt: day(5) });
    expect([on(timeline, 4).state, on(timeline, 5).state]).toEqual(["open", "closed"]);
    expect(on(timeline, 5).provenance.state).toBe("observed");
  });

  it("admits that it does not know when what GitHub shows came about", () => {
    const timeline = fold({ state: "open", events: [[2, "closed"]] });
    expect(on(timeline, 1).provenance.state).toBe("replayed");
    expect(on(timeline, 3)).toMatchObject({ state: "closed", provenance: { state: "unknown" } });
    expect(on(timeline, 1001)).toMatchObject({ state: "open", provenance: { state: "observed" } });
  });
});

describe("title", () => {
  it("is what the first retitling says it was", () => {
    const timeline = fold({
      title: "C",
      events: [
        [1, "renamed", "A → B"],
        [2, "renamed", "B → C"],
      ],
    });
    expect([0, 1, 2].map((n) => on(timeline, n).title)).toEqual(["A", "B", "C"]);
  });

  it("is doubted where a retitling is missing", () => {
    const timeline = fold({
      title: "D",
      events: [
        [1, "renamed", "A → B"],
        [3, "renamed", "C → D"],
      ],
    });
    expect([0, 2, 3].map((n) => on(timeline, n).provenance.title)).toEqual([
      "replayed",
      "unknown",
      "replayed",
    ]);
  });
});

describe("labels and assignees", () => {
  it("come and go, each on its own", () => {
    const timeline = fold({
      labels: ["a"],
      assignees: ["bo"],
      events: [
        [0, "labeled", "a"],
        [1, "labeled", "b"],
        [2, "unlabeled", "b"],
        [1, "assigned", "bo"],
      ],
    });
    expect([0, 1, 2].map((n) => on(timeline, n).labels)).toEqual([["a"], ["a", "b"], ["a"]]);
    expect([0, 1].map((n) => on(timeline, n).assignees)).toEqual([[], ["bo"]]);
    expect(timeline.doubts).toBeUndefined();
  });

  it("were there since creation where no event brought them", () => {
    const timeline = fold({ labels: ["a"], events: [[3, "unlabeled", "b"]] });
    expect(on(timeline, 1)).toMatchObject({ labels: ["a", "b"], provenance: { labels: "inferred" } });
    expect(on(timeline, 3).labels).toEqual(["a"]);
  });

  it("were off in between where they were added twice", () => {
    const timeline = fold({
      labels: ["a"],
      events: [
        [1, "labeled", "a"],
        [3, "labeled", "a"],
      ],
    });
    expect([2, 4].map((n) => on(timeline, n).provenance.labels)).toEqual(["inferred", "replayed"]);
  });

  it("have the actor of each change, or none where the account is gone", () => {
    const { issues, events } = history([{ number: 1, labels: ["a"], events: [[1, "labeled", "a"]] }]);
    const gone = events.map((event) => ({ ...event, actor: null }));
    const observation = { ...present(issues[0]), firstSeenAt: day(9) };
    const timeline = foldTimeline({ observation, events: gone, resolver: nameResolver(noNames) });
    const label = timeline.intervals.find(({ attribute }) => attribute === "label");
    expect(label).toMatchObject({ startActor: null, startEvent: 1, endEvent: null });
  });
});

describe("milestone", () => {
  it("is cleared whatever title the event names", () => {
    const timeline = fold({
      events: [
        [1, "milestoned", "v1"],
        [3, "demilestoned", "some other title"],
      ],
    });
    expect([0, 1, 2, 3].map((n) => on(timeline, n).milestone?.title ?? null)).toEqual([
      null,
      "v1",
      "v1",
      null,
    ]);
    expect(on(timeline, 2).provenance.milestone).toBe("inferred");
  });

  it("survives a move whose two events came in the wrong order", () => {
    const timeline = fold({
      milestone: { number: 2, title: "v2" },
      events: [
        [1, "milestoned", "v1"],
        [2, "milestoned", "v2"],
        [2, "demilestoned", "v1"],
      ],
    });
    expect(on(timeline, 2).milestone?.title).toBe("v2");
  });

  it("never takes a title that is a number for a milestone's number", () => {
    const timeline = fold({
      events: [
        [1, "milestoned", "31"],
        [2, "demilestoned", "31"],
      ],
    });
    expect(on(timeline, 1).milestone).toEqual({ number: null, title: "31" });
  });
});

it("does not depend on the order of events, nor on repetitions", () => {
  const { issues, events } = history([
    {
      number: 1,
      labels: ["b"],
      events: [
        [1, "labeled", "a"],
        [2, "unlabeled", "a"],
        [2, "labeled", "b"],
        [3, "renamed", "A → Issue 1"],
      ],
    },
  ]);
  const observation = { ...present(issues[0]), firstSeenAt: day(9) };
  const resolver = nameResolver(noNames);
  const straight = foldTimeline({ observation, events, resolver });
  const shuffled = foldTimeline({ observation, events: [...events, ...events].reverse(), resolver });
  expect(shuffled).toEqual(straight);
});
