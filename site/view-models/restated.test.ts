import { english } from "sprintcast/words";
import { expect, it } from "vitest";
import { changeOfFigure } from "./restated.ts";

it.each([
  ["effort.sayDo", 1.139, 0.9, { label: "say/do ratio", before: "114%", now: "90%" }],
  ["effort.committed", 7.2, 8.2, { label: "committed", before: "7.2", now: "8.2" }],
  ["effort.actual", null, 1, { label: "actual effort", before: "—", now: "1" }],
  ["effort.counts.committed", 11, 12, { label: "tasks committed", before: "11", now: "12" }],
  ["effort.unestimated.final", 0, 1, { label: "without an estimate, final", before: "0", now: "1" }],
  ["goalMet", 1, 0, { label: "goal", before: "met", now: "missed" }],
  ["kalm.keepRate", 0.75, null, { label: "promises kept", before: "75%", now: "—" }],
  ["debt.daysOwed", 2, 2.5, { label: "size of the debt", before: "2", now: "2.5" }],
  ["something.newlyAdded", 1, 2, { label: "something newly added", before: "1", now: "2" }],
])("%s is told in words", (figure, frozen, now, told) => {
  expect(changeOfFigure({ figure, frozen, now }, english)).toEqual(told);
});
