import { describe, expect, test } from "vitest";
import { withEffortField } from "../../testing/effort-field.ts";
import { plainBlocked, plainMarks } from "../../testing/plain-blocked.ts";
import { plainFigures } from "../../testing/plain-figures.ts";
import { plainDebt, plainEffort } from "../../testing/plain-ledgers.ts";
import { type RawHistory, randomHistory } from "../../testing/random-history.ts";
import { numbersOf, reportsOfHistory } from "../../testing/report-on.ts";
import { sumDays } from "../model/days.ts";
import { present } from "../model/present.ts";
import type { Report } from "../model/report.ts";

const seeds = Array.from({ length: 500 }, (_, index) => index + 1);

const histories = seeds.map((seed) => {
  const history = randomHistory(seed);
  return { seed, history, reports: reportsOfHistory(history) };
});

const byNumber = <T extends [number, ...unknown[]]>(list: T[]): T[] => list.toSorted((a, b) => a[0] - b[0]);

/** What a report says, in the words of the plain computation. */
function told(report: Report) {
  const lanes = (at: "start" | "end") =>
    Object.fromEntries(report.boards[at].lanes.map(({ name, days }) => [name, days]));
  const { committed, added, removed, reestimated, final, completed, completedInitial, notCompleted, frozen } =
    report.effort;
  return {
    effort: {
      committed,
      added,
      removed,
      reestimated,
      final,
      completed,
      completedInitial,
      notCompleted,
      frozen,
    },
    unexpected: byNumber(report.unexpected.map((c) => [c.number, c.entered, c.enteredAt])),
    carriedOver: byNumber(report.carriedOver.map((c) => [c.number, c.depth])),
    dropped: byNumber(report.freezebox.map((c) => [c.number, c.reason])),
    removed: byNumber(report.removed.map((c) => [c.number, c.reason])),
    final: numbersOf([...report.done, ...report.carriedOver, ...report.freezebox]),
    finishedOutside: numbersOf(report.finishedOutside),
    finishedBefore: numbersOf(report.finishedBefore),
    late: numbersOf(report.late),
    lanes: { start: lanes("start"), end: lanes("end") },
  };
}

test("every kind that the histories are made for happens in them", () => {
  const kinds = histories.flatMap(({ reports }) =>
    reports.flatMap((report) => [
      ...report.unexpected.map((c) => c.entered),
      ...report.freezebox.map((c) => c.reason),
      ...report.removed.map((c) => c.reason),
      ...present(report.debt.dropped).map((c) => `debt ${c.reason}`),
      ...present(report.spentElsewhere).map((c) => `spent: ${c.reason}`),
      ...present(report.corrections).map(() => "corrected"),
      ...present(report.late).map(() => "late"),
      ...report.carriedOver.map((c) => (c.bySubIssues ? "parent" : "carried over")),
      ...(report.running ? ["running"] : []),
      ...present(report.blocked).flatMap((c) => present(c.blockedBy).map((by) => `waits for ${typeof by}`)),
      ...(report.unexpectedByType ?? []).map(({ type }) => `unexpected ${type}`),
    ]),
  );
  const often = Object.entries(Object.groupBy(kinds, (kind) => kind ?? "none"));
  expect(
    often
      .filter(([, list]) => present(list).length >= 3)
      .map(([kind]) => kind)
      .sort(),
  ).toEqual([
    "carried over",
    "closed as not planned",
    "converted to a discussion",
    "corrected",
    "debt closed as not planned",
    "debt converted to a discussion",
    "debt deleted",
    "debt duplicate",
    "debt no longer labelled as debt",
    "debt no longer of a type of debt",
    "debt put into the freezebox",
    "debt transferred",
    "deleted",
    "duplicate",
    "late",
    "moved",
    "moved in",
    "new",
    "out of the freezebox",
    "parent",
    "put into the freezebox",
    "reopened",
    "running",
    "spent: left",
    "spent: never in it",
    "spent: settled",
    "transferred",
    "unexpected Bug",
    "unexpected Debt",
    "unexpected Feature",
    "unexpected null",
    "unmarked",
    "waits for number",
    "waits for string",
  ]);
});

test("what the reports must not trip over happens in them, too", () => {
  const often = { closedAgain: 0, foreignParent: 0, takenBack: 0, forEarlierDay: 0, forDayBeforeIssue: 0 };
  for (const { events, createdAt } of histories.flatMap(({ history }) => history.issues))
    for (const [index, event] of events.entries()) {
      const isState = ({ kind }: (typeof events)[number]) => kind === "closed" || kind === "reopened";
      const before = events.slice(0, index).findLast(isState);
      if (event.kind === "closed" && before?.kind === "closed") often.closedAgain += 1;
      if (event.kind === "parent" && typeof event.parent === "string") often.foreignParent += 1;
      if (event.kind === "spent" && event.hours < 0) often.takenBack += 1;
      if (event.kind === "spent" && event.counts !== undefined) {
        often.forEarlierDay += 1;
        if (event.counts < createdAt) often.forDayBeforeIssue += 1;
      }
    }
  for (const [kind, times] of Object.entries(often)) expect(times, kind).toBeGreaterThan(20);
});

describe("500 histories that nobody designed, against a plain computation", () => {
  test("the sum, its lists, what was finished outside, and the lanes of both boards", () => {
    for (const { seed, history, reports } of histories)
      for (const [index, report] of reports.entries())
        expect(told(report), `seed ${seed}, sprint ${index + 1}`).toEqual(
          plainFigures(history, present(history.sprints[index])),
        );
  });

  test("the ledger of debts", () => {
    for (const { seed, history, reports } of histories)
      for (const [index, { debt }] of reports.entries()) {
        const plain = plainDebt(history, present(history.sprints[index]));
        const { openAtStart, daysOwed } = debt;
        expect(
          {
            openAtStart,
            daysOwed,
            opened: numbersOf(debt.opened),
            paid: numbersOf(debt.paid),
            dropped: byNumber(present(debt.dropped).map((c) => [c.number, c.reason])),
            open: numbersOf(debt.openCards),
          },
          `seed ${seed}, sprint ${index + 1}`,
        ).toEqual({ ...plain, dropped: byNumber(plain.dropped) });
        expect(
          present(openAtStart) + debt.opened.length - debt.paid.length - present(debt.dropped).length,
        ).toBe(debt.open);
      }
  });

  test("estimates in a field of issues give the same sums, lists and boards as in labels", () => {
    for (const { seed, history, reports } of histories.slice(0, 200))
      for (const [index, report] of reportsOfHistory(history, { sizesInField: true }).entries()) {
        expect(told(report), `seed ${seed}, sprint ${index + 1}`).toEqual(
          plainFigures(history, present(history.sprints[index])),
        );
        expect(report.provenance.final, `seed ${seed}`).toBe(reports[index]?.provenance.final);
      }
  });

  test("types, and what waited for what", () => {
    for (const { seed, history, reports } of histories)
      for (const [index, report] of reports.entries()) {
        const sprint = present(history.sprints[index]);
        const where = `seed ${seed}, sprint ${index + 1}`;
        const told = present(report.blocked).map((card): [number, number] => [card.number, card.blockedDays]);
        expect(byNumber(told), where).toEqual(plainBlocked(history, sprint));
        const marks = plainMarks(history, sprint);
        const cards = report.boards.end.lanes.flatMap((lane) => lane.cards);
        for (const { number, type, blockedBy = [] } of [...cards, ...report.carriedOver, ...report.done])
          expect({ type, by: blockedBy }, `${where}, #${number}`).toEqual(marks.get(number));
        const shares = report.unexpectedByType ?? [];
        const tasks = shares.reduce((sum, share) => sum + share.tasks, 0);
        expect(tasks, where).toBe(shares.length === 0 ? 0 : report.unexpected.length);
        expect(sumDays(shares.map(({ days }) => days)), where).toBe(
          shares.length === 0 ? 0 : report.effort.added,
        );
      }
  });

  test("effort: each day that was said counts in one place", () => {
    for (const { seed, history, reports } of histories) expectSaidOnce(history, reports, seed);
  });

  test("effort in a field: each day that was written counts in one place, and one lowered again is a correction", () => {
    const actual = { from: "issue-field", name: "spent", numbers: "days" } as const;
    const kinds = histories.flatMap(({ seed, history }) => {
      const inField = withEffortField(history);
      return expectSaidOnce(inField, reportsOfHistory(inField, { more: { actual } }), seed);
    });
    for (const kind of ["actual", "elsewhere", "corrected"])
      expect(kinds.filter((one) => one === kind).length, kind).toBeGreaterThan(20);
  });

  test("what the report says twice is the same: sums, explanations, burndown and replay", () => {
    for (const { seed, reports } of histories)
      for (const report of reports) expectConsistent(report, `seed ${seed}, sprint ${report.sprint.number}`);
  });
});

/** Holds what reports count of every issue's effort against the plain ledger; gives each kind of thing that was counted. */
function expectSaidOnce(history: RawHistory, reports: readonly Report[], seed: number): string[] {
  const kinds: string[] = [];
  for (const { number } of history.issues) {
    const plain = plainEffort(history, number);
    const counted = reports.map((report, index) => {
      const of = <T extends { number: number }>(list: T[] = []) => list.find((c) => c.number === number);
      const scope = of([...report.done, ...report.carriedOver, ...report.freezebox]);
      const actual = scope?.actualDays ?? null;
      const elsewhere = of(report.spentElsewhere)?.actualDays ?? 0;
      const correction = of(report.corrections)?.correction ?? 0;
      const isFinal = scope !== undefined;
      const { isUnknown } = present(plain.counted[index]);
      if (isFinal) expect(actual === null, `seed ${seed}, sprint ${index + 1}, #${number}`).toBe(isUnknown);
      expect([actual ?? 0, elsewhere].every((days) => days >= 0)).toBe(true);
      if (correction < 0) kinds.push("corrected");
      if (elsewhere > 0) kinds.push("elsewhere");
      if (isFinal && actual !== null) kinds.push("actual");
      return {
        sprint: index + 1,
        isFinal,
        isUnknown,
        days: isFinal ? (actual ?? 0) : elsewhere,
        correction,
      };
    });
    expect(counted, `seed ${seed}, #${number}`).toEqual(plain.counted);
    const places = counted.flatMap(({ days, correction }) => [days, correction]);
    expect(sumDays([...places, plain.outside]), `seed ${seed}, #${number}`).toBe(plain.said);
  }
  return kinds;
}

function expectConsistent(report: Report, where: string): void {
  const { effort, explanations, burndown, boards, replay } = report;
  expect(sumDays([effort.committed, effort.added, effort.reestimated, -effort.removed]), where).toBe(
    effort.final,
  );
  expect(sumDays([effort.completed, effort.frozen, effort.notCompleted]), where).toBe(effort.final);
  for (const key of [
    "committed",
    "added",
    "removed",
    "final",
    "completed",
    "frozen",
    "notCompleted",
    "spentElsewhere",
  ] as const)
    expect(sumDays(present(explanations[key]).map((row) => row.days)), `${where} ${key}`).toBe(effort[key]);
  const last = present(burndown.points.at(-1));
  if (burndown.unit === undefined) {
    const scope = sumDays([effort.final, -effort.frozen]);
    expect([last.scope, last.done], where).toEqual([scope, effort.completed]);
  }
  const stands = new Map(replay.moves.map((move) => [move.number, move]));
  for (const lane of boards.end.lanes.filter(({ role }) => role !== "backlog")) {
    const inside = [...stands.values()].filter((move) => move.lane === lane.name);
    expect(
      [inside.map(({ number }) => number).sort((a, b) => a - b), sumDays(inside.map(({ days }) => days))],
      where,
    ).toEqual([numbersOf(lane.cards), lane.days]);
  }
}
