import { describe, expect, test } from "vitest";
import { comment, reportOn, sized, threeSprints } from "../../testing/report-on.ts";
import {
  close,
  enter,
  label,
  leave,
  on,
  reopen,
  sprintOf,
  timelineOf,
  unlabel,
} from "../../testing/timelines.ts";
import { present } from "../model/present.ts";

const sprints = threeSprints;

describe("the tally, computed by hand", () => {
  const story = [
    sized(1, "L", enter("02"), close("08")),
    sized(2, "M", enter("02"), label("07", "size: L"), unlabel("07T00:01", "size: M")),
    sized(3, "M", enter("02"), leave("09")),
    sized(4, "S", enter("07"), close("09")),
    sized(5, "L", enter("07T10:00"), leave("08")),
    sized(6, "M", enter("02"), close("08", "not_planned")),
    timelineOf(7, "01", [enter("02")]),
    sized(8, "L", enter("02"), close("04")),
  ];
  const report = reportOn(story);

  test("every figure", () => {
    expect(report.effort).toMatchObject({
      committed: 2.5,
      added: 0.1,
      removed: 0.5,
      reestimated: 0.5,
      final: 2.6,
      completed: 1.1,
      completedInitial: 1,
      frozen: 0.5,
      notCompleted: 1,
      sayDo: 0.44,
      sayDoInitial: 0.4,
      unestimated: { committed: 1, final: 1 },
      counts: { committed: 5, added: 1, removed: 1, final: 5, completed: 2, frozen: 1 },
    });
  });

  test("the lists behind them", () => {
    const numbers = (cards: { number: number }[]) => cards.map((c) => c.number);
    expect(numbers(report.unexpected)).toEqual([4]);
    expect(numbers(report.cameAndWent)).toEqual([5]);
    expect(numbers(report.removed)).toEqual([3]);
    expect(numbers(report.done)).toEqual([1, 4]);
    expect(numbers(report.carriedOver)).toEqual([2, 7]);
    expect(report.freezebox).toMatchObject([
      { number: 6, reason: "closed as not planned", at: "2024-05-08T00:00:00.000Z" },
    ]);
    expect(report.reestimated).toMatchObject([{ number: 2, daysBefore: 0.5, daysAfter: 1, sizeBefore: "M" }]);
  });

  test("explanations add up to their figures and name the events", () => {
    for (const figure of [
      "committed",
      "added",
      "removed",
      "final",
      "completed",
      "completedInitial",
      "notCompleted",
      "frozen",
      "reestimated",
    ] as const) {
      const rows = present(report.explanations[figure]);
      const sum = rows.reduce((total, row) => total + (row.days ?? 0), 0);
      expect(sum, figure).toBeCloseTo(report.effort[figure], 9);
    }
    expect(report.explanations.added).toMatchObject([
      { number: 4, eventId: 4001, at: "2024-05-07T00:00:00.000Z" },
    ]);
    expect(report.explanations.removed).toMatchObject([{ number: 3, days: 0.5, eventId: 3002 }]);
  });

  test("the burndown ends where the figures do", () => {
    const last = present(report.burndown.points.at(-1));
    expect(last).toMatchObject({ scope: 2.1, done: 1.1, remaining: 1 });
    expect(report.burndown.points[0]).toMatchObject({ scope: 2.5, done: 0 });
    expect(report.burndown.ideal.map((p) => p.remaining)).toEqual([2.5, 2, 1.5, 1, 0.5, 0]);
  });

  test("the replay's last moves are the board at the end", () => {
    const lanes = new Map<number, string | null>();
    for (const move of report.replay.moves) lanes.set(move.number, move.lane);
    for (const lane of report.boards.end.lanes.filter((l) => l.role !== "backlog"))
      for (const card of lane.cards) expect(lanes.get(card.number), `#${card.number}`).toBe(lane.name);
  });
});

describe("the edges of a sprint", () => {
  test("what enters at the very start is committed, one second later it is unexpected", () => {
    const report = reportOn([sized(1, "M", enter("06")), sized(2, "M", enter(on("06") + 1000))]);
    expect(report.effort).toMatchObject({ committed: 0.5, added: 0.5 });
  });

  test("grace moves the line: planning on the first morning is still commitment", () => {
    const sprint = sprintOf(1, { grace: 12 * 3_600_000 });
    const timelines = [sized(1, "M", enter("06T09:00")), sized(2, "M", enter("06T13:00"))];
    expect(reportOn(timelines, { sprint, sprints: [sprint] }).effort).toMatchObject({
      committed: 0.5,
      added: 0.5,
    });
    expect(reportOn(timelines).effort).toMatchObject({ committed: 0, added: 1, sayDo: null });
  });

  test("what is closed at the very end belongs to what comes after", () => {
    expect(reportOn([sized(1, "M", enter("02"), close(on("11")))]).effort.completed).toBe(0);
    expect(reportOn([sized(1, "M", enter("02"), close(on("11") - 1000))]).effort.completed).toBe(0.5);
  });

  test("a running sprint is reported as it stood when history was last known", () => {
    const report = reportOn([sized(1, "M", enter("02"), close("08"))], { asOf: on("07") });
    expect(report.effort).toMatchObject({ completed: 0, notCompleted: 0.5 });
    expect(report.asOf).toBe("2024-05-07T00:00:00.000Z");
  });

  test("work reopened before the end is not done", () => {
    expect(reportOn([sized(1, "M", enter("02"), close("07"), reopen("08"))]).effort).toMatchObject({
      completed: 0,
      notCompleted: 0.5,
    });
  });
});

test("carry-over knows how many earlier sprints an issue was in, and what moved on is listed beside it", () => {
  const timelines = [
    sized(1, "M", enter("02", 1), leave("12", 1), enter("12T01:00", 2)),
    sized(2, "M", enter("12", 2), leave("15", 2), enter("15T00:01", 3)),
  ];
  const report = reportOn(timelines, { sprint: present(sprints[1]) });
  expect(report.carriedOver).toMatchObject([{ number: 1, depth: 1 }]);
  expect(report.movedOn).toMatchObject([{ number: 2, depth: 0 }]);
});

test("a parent with sized sub-issues in the sprint counts by its leaves", () => {
  const parent = sized(1, "L", enter("02"));
  const leaf = (n: number) =>
    timelineOf(n, "01", [label("01T01:00", "size: M"), enter("02")], { parent: 1, labels: ["size: M"] });
  expect(reportOn([parent, leaf(2), leaf(3)]).effort).toMatchObject({ committed: 1, final: 1 });
  expect(reportOn([parent]).effort.committed).toBe(1);
});

describe("effort really spent", () => {
  test("a label wins over comments, and no estimate stands in for either", () => {
    const timelines = [
      sized(1, "M", enter("02"), label("09", "actual: L")),
      sized(2, "M", enter("02")),
      sized(3, "M", enter("02")),
    ];
    const comments = [
      comment(1, 1, "08", "/spend 3d"),
      comment(2, 2, "07", "/spend 2h"),
      comment(3, 2, "08", "/spend 1d"),
      comment(4, 2, "12", "/spend 5d"),
    ];
    const report = reportOn(timelines, { comments });
    expect(report.effort).toMatchObject({ actual: 2.25, actualShare: 0.667, estimationError: 1.25 });
    expect(report.explanations.actual).toMatchObject([
      { number: 1, days: 1, why: "spent 1 d by its label", eventId: 1002 },
      { number: 2, days: 1.25, why: "spent 1.25 d by 2 comments", eventId: null },
    ]);
    expect(report.provenance).toMatchObject({ actual: "replayed", actualShare: "replayed" });
  });

  test("what an earlier sprint has counted is not counted again, but estimates are held against the whole", () => {
    const carried = [leave("12", 1), enter("12T01:00", 2)];
    const timelines = [
      sized(1, "L", enter("02", 1), label("09", "actual: M"), ...carried, label("15", "actual: 2")),
      sized(2, "M", enter("02", 1), ...carried),
    ];
    const comments = [comment(1, 2, "09", "/spend 4h"), comment(2, 2, "15", "/spend 2h")];
    const spent = (sprint: number) => {
      const { effort } = reportOn(timelines, { sprint: present(sprints[sprint - 1]), comments });
      return [effort.actual, effort.estimationError];
    };
    expect(spent(1)).toEqual([1, -0.5]);
    expect(spent(2)).toEqual([1.75, 1.25]);
  });

  test("a comment edited after the sprint is what was seen, not what was replayed", () => {
    const edited = { ...comment(1, 1, "08", "/spend 1d"), updatedAt: on("20") };
    const report = reportOn([sized(1, "M", enter("02"))], { comments: [edited] });
    expect(report.provenance.actual).toBe("observed");
    expect(report.provenance.committed).toBe("replayed");
  });
});

test("unknown effort is null, never 0", () => {
  expect(reportOn([sized(1, "M", enter("02"))]).effort).toMatchObject({
    actual: null,
    actualShare: 0,
    estimationError: null,
  });
});

test("membership by label, under whatever case the mark is written", () => {
  const sprint = sprintOf(1, { mark: { by: "label", name: "Sprint-1" } });
  const timelines = [sized(1, "M", label("02", "sprint-1"))];
  expect(reportOn(timelines, { sprint, sprints: [sprint] }).effort.committed).toBe(0.5);
});

test("pull requests are never counted", () => {
  const pull = timelineOf(1, "01", [label("01", "size: L"), enter("02")], { pullRequest: true });
  expect(reportOn([pull]).effort.counts.committed).toBe(0);
});

test("the debt ledger: opened, paid, dropped, age", () => {
  const report = reportOn([
    sized(1, "M", label("02", "technical debt")),
    sized(2, "L", label("07", "technical debt")),
    sized(3, "M", label("02", "technical debt"), close("08")),
    sized(4, "M", label("02", "technical debt"), close("08", "not_planned")),
    sized(5, "M", label("07", "technical debt"), unlabel("08", "technical debt")),
  ]);
  expect(report.debt).toMatchObject({ openAtStart: 3, open: 2, net: -1 });
  expect(report.debt).toMatchObject({ daysOwed: 1.5, unestimated: 0, ages: { p50: 5.5 } });
  expect(report.debt.opened.map((c) => c.number)).toEqual([2, 5]);
  expect(report.debt.dropped).toMatchObject([
    { number: 4, reason: "closed as not planned", droppedAt: "2024-05-08T00:00:00.000Z" },
    { number: 5, reason: "no longer labelled as debt", droppedEventId: 5002 },
  ]);
  expect(report.debt.paid).toMatchObject([{ number: 3, paidAt: "2024-05-08T00:00:00.000Z" }]);
});
