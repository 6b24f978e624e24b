import { expect, test } from "vitest";
import { type RawHistory, randomHistory } from "../../testing/random-history.ts";
import { comment, reportOn, reportsOfHistory, sized } from "../../testing/report-on.ts";
import { close, enter, label, rules, sprintOf } from "../../testing/timelines.ts";
import type { Report } from "../model/report.ts";
import type { ReportInput } from "./compute-report.ts";
import { restatementFor } from "./freeze.ts";
import { forReaders, unitOf } from "./unit.ts";

const pointsIn = (_: string, days: string) => `${days} ${days === "1" ? "point" : "points"}`;

/** The report that the same sizes make where they count points: nothing else differs, and nothing needs both units. */
function asPoints(report: Report): Report {
  const unit = "points" as const;
  const { estimationError: _rows, ...explanations } = report.explanations;
  const { estimationError: _known, ...provenance } = report.provenance;
  const { boards, burndown, debt, effort } = report;
  const told = <T extends { what: string }>(list: T[]): T[] =>
    list.map((one) => ({ ...one, what: one.what.replaceAll(/([\d.]+) d\b/g, pointsIn) }));
  return {
    ...report,
    unit,
    effort: { ...effort, estimationError: null },
    boards: { start: { ...boards.start, unit }, end: { ...boards.end, unit } },
    burndown: { ...burndown, unit: burndown.unit ?? unit },
    debt: { ...debt, unit },
    explanations,
    provenance,
    changes: told(report.changes),
    replay: { ...report.replay, moves: told(report.replay.moves) },
  };
}

const inDays: Record<string, string> = {
  "actual: S": "actual: 0.1d",
  "actual: M": "actual: 4h",
  "actual: L": "actual: 1d",
};

/** The history with effort in days instead of in sizes, which mean none where they count points. */
function effortInDays(history: RawHistory): RawHistory {
  const events = (issue: RawHistory["issues"][number]) =>
    issue.events.map((event) =>
      event.kind === "labeled" || event.kind === "unlabeled"
        ? { ...event, label: inDays[event.label] ?? event.label }
        : event,
    );
  return { ...history, issues: history.issues.map((issue) => ({ ...issue, events: events(issue) })) };
}

test("200 random histories: points change the unit, and leave out what needs days and points at once", () => {
  let errors = 0;
  for (let seed = 1; seed <= 200; seed += 1) {
    const history = effortInDays(randomHistory(seed));
    const days = reportsOfHistory(history);
    expect(reportsOfHistory(history, { more: { unit: "points" } }), `seed ${seed}`).toEqual(
      days.map(asPoints),
    );
    errors += days.filter(({ effort }) => effort.estimationError !== null).length;
  }
  expect(errors).toBeGreaterThan(20);
});

const points: Partial<ReportInput> = { rules: { ...rules, unit: "points", sizes: { S: 1, M: 3, L: 8 } } };

test("names, numbers and points are sizes; an amount of time is none", () => {
  const sizes = ["M", "5", "2.5", "3pt", "3 points", "8 SP", "5 story points", "2d", "4h", "1w"];
  const report = reportOn(
    sizes.map((size, index) => sized(index + 1, size, enter("02", 1))),
    points,
  );
  const cards = report.boards.start.lanes.flatMap((lane) => lane.cards);
  expect(cards.map(({ days }) => days)).toEqual([3, 5, 2.5, 3, 3, 8, 5, null, null, null]);
  expect(report.effort).toMatchObject({ committed: 29.5, unestimated: { committed: 3 } });
});

test("effort stays in days: a size is no effort, and no capacity stands beside points", () => {
  const issue = (number: number, effort: string) =>
    sized(number, "M", enter("02", 1), label("07", `actual: ${effort}`), close("08"));
  const report = reportOn([issue(1, "L"), issue(2, "2d"), issue(3, "0.5")], {
    ...points,
    sprint: { ...sprintOf(1), capacityDays: 20 },
    comments: [comment(1, 1, "07", "/spend 4h")],
  });
  expect(report.effort).toMatchObject({ completed: 9, actual: 3, actualShare: 1, estimationError: null });
  expect(unitOf(report)).toBe("points");
  expect(report.sprint.capacityDays).toBe(20);
  expect(forReaders(report).sprint.capacityDays).toBeNull();
});

test("what was frozen in days is compared with points in nothing but what both count alike", () => {
  const told = [sized(1, "M", enter("02", 1), close("08")), sized(2, "S", enter("02", 1))];
  const frozen = reportOn(told);
  expect(restatementFor(frozen, reportOn(told, points), "2024-06-01T00:00:00Z")).toBeNull();
  const more = [...told, sized(3, "L", enter("02", 1))];
  const figures = restatementFor(frozen, reportOn(more, points), "2024-06-01T00:00:00Z")?.changes;
  expect(figures?.map(({ figure }) => figure)).toEqual([
    "effort.counts.committed",
    "effort.counts.final",
    "carriedOver",
  ]);
});
