import { describe, expect, test } from "vitest";
import { comment, reportOn, reportsOn, sized } from "../../testing/report-on.ts";
import {
  adopt,
  close,
  convert,
  type EventSpec,
  enter,
  label,
  leave,
  on,
  reopen,
  rules,
  timelineOf,
  unlabel,
} from "../../testing/timelines.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { present } from "../model/present.ts";
import type { ExplanationRow, Report } from "../model/report.ts";
import type { ReportInput } from "./compute-report.ts";

const rowsOf = (report: Report, figure: string): ExplanationRow[] => present(report.explanations[figure]);

/** A row as `days: why (event)`; an issue's own events begin with its number. */
const briefly = ({ number, days, why, eventId }: ExplanationRow) =>
  `#${number} ${days ?? "—"}: ${why} (${eventId ?? "—"})`;

const told = (figure: string, timelines: IssueTimeline[], more: Partial<ReportInput> = {}) =>
  rowsOf(reportOn(timelines, more), figure).map(briefly);

describe("why an issue is committed", () => {
  test("rests on whichever came last, its mark or its size", () => {
    const late = timelineOf(2, "01", [enter("02"), label("04", "size: L")]);
    expect(told("committed", [sized(1, "M", enter("03")), late])).toEqual([
      "#1 0.5: in the sprint at its start, size M (1001)",
      "#2 1: in the sprint at its start, size L (2001)",
    ]);
  });

  test("without an estimate, or counted by what hangs on it, it says so", () => {
    const parent = sized(1, "L", enter("02"));
    const child = sized(2, "S", enter("02"), adopt("03", 1));
    const bare = timelineOf(3, "01", [enter("02")]);
    expect(told("committed", [parent, child, bare])).toEqual([
      "#1 0: in the sprint at its start, counted by its sub-issues (1001)",
      "#2 0.1: in the sprint at its start, size S (2001)",
      "#3 —: in the sprint at its start, no estimate (3000)",
    ]);
  });
});

test("why an issue was added: how it came, and by which event", () => {
  expect(
    told("added", [
      timelineOf(1, "07", [label("07", "size: S"), enter("07T01:00")]),
      sized(2, "M", enter("07")),
      sized(3, "M", enter("02"), close("03"), reopen("07")),
      sized(4, "M", label("02", "freezebox"), enter("03"), unlabel("07", "freezebox")),
    ]),
  ).toEqual([
    "#1 0.1: new, entered after the start, size S (1001)",
    "#2 0.5: moved in after the start, size M (2001)",
    "#3 0.5: reopened after the start, size M (3003)",
    "#4 0.5: out of the freezebox after the start, size M (4003)",
  ]);
});

describe("why an issue was removed", () => {
  const removed = (...events: EventSpec[]) => told("removed", [sized(1, "M", enter("02"), ...events)]);

  test.each<[string, EventSpec[], string]>([
    ["taken off", [leave("07")], "taken off the sprint before its end, size M (1002)"],
    ["moved on", [leave("07"), enter("07", 2)], "moved to Sprint 2 before the end, size M (1002)"],
    [
      "resized on the way: it counts as it was committed",
      [unlabel("07", "size: M"), label("07", "size: L"), leave("08")],
      "taken off the sprint before its end, size M (1004)",
    ],
  ])("%s", (_, events, why) => {
    expect(removed(...events)).toEqual([`#1 0.5: ${why}`]);
  });

  test("gone from the repository, as what it was found to be", () => {
    for (const [found, words] of [
      ["transferred", "transferred to another repository"],
      ["deleted", "deleted"],
    ] as const) {
      const gone = timelineOf(1, "01", [label("01", "size: M"), enter("02")], {}, [{ at: on("08"), found }]);
      expect(told("removed", [gone])).toEqual([`#1 0.5: ${words} before the end, size M (—)`]);
    }
  });
});

test("what a re-estimate was before and is now, and nothing of those that kept theirs", () => {
  const report = reportOn([
    sized(1, "M", enter("02"), unlabel("07", "size: M"), label("07", "size: L")),
    sized(2, "M", enter("02"), unlabel("07", "size: M")),
    timelineOf(3, "01", [enter("02"), label("07", "size: S")]),
    sized(4, "M", enter("02")),
    sized(5, "M", enter("02"), unlabel("07", "size: M"), label("07", "size: 0.5")),
  ]);
  expect(rowsOf(report, "reestimated").map(briefly)).toEqual([
    "#1 0.5: size M at the start, size L at the end (1003)",
    "#2 -0.5: size M at the start, no estimate at the end (—)",
    "#3 0.1: no estimate at the start, size S at the end (3001)",
  ]);
  expect(report.effort.reestimated).toBe(0.1);
});

test("why an issue is done, dropped or neither at the end, by the event that made it so", () => {
  const issues = [
    sized(1, "M", enter("02"), close("07"), reopen("08"), close("09")),
    sized(2, "M", enter("02"), close("07", "not_planned")),
    sized(3, "M", enter("02"), convert("07")),
    sized(4, "M", enter("02"), close("07"), label("08", "freezebox")),
    sized(5, "M", enter("02"), close("11")),
  ];
  expect(told("completed", issues)).toEqual(["#1 0.5: done at the end, size M (1004)"]);
  expect(told("frozen", issues)).toEqual([
    "#2 0.5: in the freezebox at the end, closed as not planned, size M (2002)",
    "#3 0.5: in the freezebox at the end, converted to a discussion, size M (3002)",
    "#4 0.5: in the freezebox at the end, put into the freezebox, size M (4003)",
  ]);
  expect(told("notCompleted", issues)).toEqual(["#5 0.5: not done at the end, size M (5001)"]);
});

test("a ratio names both of its parts, and an issue that stands in both twice", () => {
  const report = reportOn([sized(1, "M", enter("02"), close("07")), sized(2, "L", enter("07"), close("08"))]);
  const parts = (figure: string) => rowsOf(report, figure).map(({ number, part }) => [number, part]);
  expect(parts("sayDo")).toEqual([
    [1, "numerator"],
    [2, "numerator"],
    [1, "denominator"],
  ]);
  expect(parts("sayDoInitial")).toEqual([
    [1, "numerator"],
    [1, "denominator"],
  ]);
  expect(rowsOf(report, "committed").every(({ part }) => part === undefined)).toBe(true);
});

describe("effort", () => {
  const open = (number: number, ...events: EventSpec[]) => sized(number, "M", enter("02"), ...events);

  test("that nobody wrote down is unknown, not 0, and stands in the share alone", () => {
    const report = reportOn([open(1), open(2)], { comments: [comment(1, 1, "07", "/spend 1d")] });
    expect(rowsOf(report, "actual").map(briefly)).toEqual(["#1 1: spent 1 d by a comment (—)"]);
    expect(rowsOf(report, "actualShare").map(briefly)).toEqual([
      "#1 1: spent 1 d by a comment (—)",
      "#2 —: effort unknown (—)",
    ]);
    expect(rowsOf(report, "estimationError").map(briefly)).toEqual([
      "#1 0.5: spent 1 d by a comment, estimated 0.5 d (M) (—)",
    ]);
  });

  test("that an earlier sprint counted is taken off, and the error is of the whole issue", () => {
    const carried = sized(1, "M", enter("02"), leave("11"), enter("11", 2), close("15"));
    const comments = [comment(1, 1, "07", "/spend 1d"), comment(2, 1, "14", "/spend 2d")];
    const [first, second] = reportsOn([carried], { comments }).map((report) => ({
      actual: rowsOf(report, "actual").map(briefly),
      error: rowsOf(report, "estimationError").map(({ days }) => days),
    }));
    expect(first).toEqual({ actual: ["#1 1: spent 1 d by a comment (—)"], error: [0.5] });
    expect(second).toEqual({
      actual: ["#1 2: spent 3 d by 2 comments, 1 d of them counted before (—)"],
      error: [2.5],
    });
  });

  test("that was taken back is a correction, with how much", () => {
    const carried = sized(1, "M", enter("02"), leave("11"), enter("11", 2));
    const comments = [comment(1, 1, "07", "/spend 2d"), comment(2, 1, "14", "/spend -1d")];
    const second = present(reportsOn([carried], { comments })[1]);
    expect(rowsOf(second, "corrections").map(briefly)).toEqual([
      "#1 -1: less than was counted before: 1 d in all by 2 comments (—)",
    ]);
    expect(rowsOf(second, "actual").map(briefly)).toEqual([
      "#1 0: spent 1 d by 2 comments, 2 d of them counted before, corrected by 1 d (—)",
    ]);
  });

  test("outside the scope is listed, by its label's event where there is one", () => {
    const outside = timelineOf(1, "01", [label("07", "actual: L")]);
    const said = timelineOf(2, "01", []);
    expect(told("spentElsewhere", [outside, said], { comments: [comment(1, 2, "08", "/spend 4h")] })).toEqual(
      [
        "#1 1: said in the sprint, outside its scope: 1 d in all by its label (1000)",
        "#2 0.5: said in the sprint, outside its scope: 0.5 d in all by a comment (—)",
      ],
    );
  });

  test("is never held against points", () => {
    const points = { ...rules, unit: "points" as const };
    const report = reportOn([open(1)], { rules: points, comments: [comment(1, 1, "07", "/spend 1d")] });
    expect([report.effort.estimationError, report.explanations.estimationError]).toEqual([null, undefined]);
  });
});

describe("how well a figure is known", () => {
  test("the least certain of its rows, and effort that was edited since was seen, not replayed", () => {
    const edited = { ...comment(1, 1, "07", "/spend 1d"), updatedAt: on("20") };
    const report = reportOn([sized(1, "M", enter("02")), sized(2, "M", enter("02"))], { comments: [edited] });
    expect(rowsOf(report, "actualShare").map(({ provenance }) => provenance)).toEqual([
      "observed",
      "replayed",
    ]);
    expect(report.provenance).toMatchObject({ actual: "observed", committed: "replayed", final: "replayed" });
  });

  test("a figure over nothing is as well known as who is in the sprint", () => {
    const report = reportOn([]);
    expect(new Set(Object.values(report.provenance))).toEqual(new Set(["replayed"]));
    expect(Object.values(report.explanations).flat()).toEqual([]);
  });
});

test("rows bear the title of the sprint's end, not that of today", () => {
  const renamed = (at: string, from: string, to: string): EventSpec => ({
    at,
    kind: "renamed",
    rename: { from, to },
  });
  const issue = sized(1, "M", enter("02"), renamed("07", "a, “b” 🦊", "c"), renamed("20", "c", "d"));
  expect(rowsOf(reportOn([issue]), "committed").map(({ title }) => title)).toEqual(["c"]);
});
