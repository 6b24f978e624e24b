import { describe, expect, test } from "vitest";
import { keyAt } from "../model/repositories.ts";
import type { Mark } from "../model/sprint.ts";
import { type MilestoneTitles, markTest, perhapsTest, titlesPerhaps } from "./membership.ts";

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

describe("an interval may mean membership though it is read as another milestone's", () => {
  const former = (title: string, from = 0, until = 100) => ({ title, from, until });
  const known: MilestoneTitles[] = [
    { number: 1, titles: ["Beta"], current: "Beta", perhaps: [former("Alpha", 10, 50)] },
    { number: 2, titles: ["Gamma"], current: "Gamma", perhaps: [former("Delta")] },
    { number: 3, titles: ["Plain"], current: "Plain" },
    { number: keyAt(1, 1), titles: ["Beta"], current: "Beta" },
  ];
  const test_ = (title: string, number: number | null = null) =>
    perhapsTest({ by: "milestone", title, number }, known);
  const on = (value: string, from: number, key = `title:${value}`) => ({
    attribute: "milestone" as const,
    key,
    value,
    from,
  });

  test("where the sprint's own milestone may have borne its title then", () => {
    const mayBe = test_("Beta");
    expect([9, 10, 49, 50].map((from) => mayBe?.(on("Alpha", from)))).toEqual([false, true, true, false]);
    expect(mayBe?.(on("Delta", 20))).toBe(false);
    // Read as another that is there: that reading is the guess.
    expect(mayBe?.(on("Alpha", 20, "2"))).toBe(true);
    expect(mayBe?.({ ...on("Alpha", 20), attribute: "label" })).toBe(false);
  });

  test("in its own repository alone", () => {
    expect(test_("Beta")?.(on("Alpha", 20, "1/title:Alpha"))).toBe(false);
  });

  test.each<[string, Mark]>([
    ["a milestone that is sure", { by: "milestone", title: "Plain", number: null }],
    ["one that is none", { by: "milestone", title: "Nothing", number: null }],
    ["a label", { by: "label", name: "Beta" }],
    ["an iteration", { by: "iteration", title: "Beta" }],
  ])("never for %s", (_, mark) => {
    expect(perhapsTest(mark, known)).toBe(null);
    expect(titlesPerhaps(mark, known)).toEqual([]);
  });

  test("also where the sprint's file names the milestone by its number", () => {
    expect(test_("2", 2)?.(on("Delta", 20))).toBe(true);
  });
});
