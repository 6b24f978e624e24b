import { expect, test } from "vitest";
import type { Mark } from "../model/sprint.ts";
import { type MilestoneTitles, markTest } from "./membership.ts";

const milestones: MilestoneTitles[] = [
  { number: 1, titles: ["Alpha", "Beta"], current: "Beta" },
  { number: 3, titles: ["Sprint 1"], current: "Sprint 1" },
  { number: 4, titles: ["12"], current: "12" },
  { number: 12, titles: ["Old"], current: "Old" },
];
const marked = (mark: Omit<Extract<Mark, { by: "milestone" }>, "by">) => {
  const isMember = markTest({ by: "milestone", ...mark }, milestones);
  return (key: string, value: string) => isMember({ attribute: "milestone", key, value });
};

test("a title means the milestone that bears it, under whatever title an event named it", () => {
  const isIn = marked({ title: "Beta", number: null });
  expect([isIn("1", "Alpha"), isIn("1", "Beta"), isIn("3", "Beta")]).toEqual([true, true, false]);
});

test("a title means one that bore it and was deleted, too", () => {
  const isIn = marked({ title: "Sprint 1", number: null });
  const keys = ["3", "title:Sprint 1", "2", "1/title:Sprint 1"];
  expect(keys.map((key) => isIn(key, "Sprint 1"))).toEqual([true, true, true, true]);
  expect([isIn("title:Sprint 2", "Sprint 2"), isIn("2", "Alpha"), isIn("1", "Sprint 1")]).toEqual([
    false,
    false,
    false,
  ]);
});

test("a number is a title first, and then a milestone's number, which no deleted title takes over", () => {
  const byTitle = marked({ title: "12", number: 12 });
  expect([byTitle("4", "12"), byTitle("12", "Old")]).toEqual([true, false]);
  const byNumber = marked({ title: "3", number: 3 });
  expect([byNumber("3", "Sprint 1"), byNumber("title:3", "3")]).toEqual([true, false]);
});
