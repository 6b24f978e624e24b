import { describe, expect, test } from "vitest";
import type { HistoryPage } from "../core/model/page.ts";
import { type BuiltIssue, day, history } from "../testing/history-builder.ts";
import { openStore } from "./open.ts";

interface Milestone {
  number: number;
  title: string;
  born?: number;
  seen?: number;
}

/** The titles that each milestone may have borne, with from when to when they might be its own, in days. */
function perhaps(issues: BuiltIssue[], milestones: Milestone[], before: HistoryPage[] = []) {
  const store = openStore(":memory:");
  for (const page of before) store.append(page);
  const page = history(issues);
  store.append({
    ...page,
    milestones: milestones.map(({ number, title, born, seen = 1000 }) => ({
      number,
      title,
      observedAt: day(seen),
      state: "open" as const,
      dueOn: null,
      createdAt: born === undefined ? null : day(born),
      closedAt: null,
    })),
  });
  store.refresh();
  const found = store.formerTitles();
  store.close();
  return Object.fromEntries(
    [...found].map(([number, titles]) => [number, titles.map(({ title }) => title).sort()]),
  );
}

/** An issue that was on a milestone from one day to another, and is on none. */
const passing = (number: number, title: string, from: number, to: number): BuiltIssue => ({
  number,
  events: [
    [from, "milestoned", title],
    [to, "demilestoned", title],
  ],
});
const staying = (
  number: number,
  title: string,
  on: number,
  milestone: { number: number; title: string },
) => ({
  number,
  milestone,
  events: [[on, "milestoned", title]] as BuiltIssue["events"],
});

describe("a title that nothing bears may have been the former one", () => {
  test("of a milestone that was there, and is known by no name of its own yet", () => {
    expect(perhaps([passing(1, "Alpha", 10, 20)], [{ number: 1, title: "Beta", born: 0 }])).toEqual({
      1: ["Alpha"],
    });
  });

  test("of one whose day of creation nobody told", () => {
    expect(perhaps([passing(1, "Alpha", 10, 20)], [{ number: 1, title: "Beta" }])).toEqual({ 1: ["Alpha"] });
  });

  test("of several: of each", () => {
    const both = [
      { number: 1, title: "Beta", born: 0 },
      { number: 2, title: "Gamma", born: 5 },
    ];
    expect(perhaps([passing(1, "Alpha", 10, 20)], both)).toEqual({ 1: ["Alpha"], 2: ["Alpha"] });
  });

  test("not of one that was made later", () => {
    expect(perhaps([passing(1, "Alpha", 10, 20)], [{ number: 1, title: "Beta", born: 30 }])).toEqual({});
  });

  test("not of one that bore another name by then, as an event or GitHub itself shows", () => {
    const beta = { number: 1, title: "Beta", born: 0 };
    expect(perhaps([passing(1, "Alpha", 10, 20), staying(2, "Beta", 5, beta)], [beta])).toEqual({});
    const seen = { ...history([]), milestones: [{ ...seenOn(5), number: 1, title: "Beta" }] };
    expect(perhaps([passing(1, "Alpha", 10, 20)], [beta], [seen])).toEqual({});
  });

  test("of one whose other name came only after it", () => {
    const beta = { number: 1, title: "Beta", born: 0 };
    expect(perhaps([passing(1, "Alpha", 10, 20), staying(2, "Beta", 15, beta)], [beta])).toEqual({
      1: ["Alpha"],
    });
  });

  test("and is surely where an issue stayed on it: then it is no guess", () => {
    const beta = { number: 1, title: "Beta", born: 0 };
    const issues = [1, 2, 3].map((number) => staying(number, "Alpha", 10, beta));
    expect(perhaps([...issues, passing(4, "Alpha", 11, 20)], [beta])).toEqual({});
  });
});

const seenOn = (n: number) => ({
  observedAt: day(n),
  state: "open" as const,
  dueOn: null,
  createdAt: day(0),
  closedAt: null,
});

test("where every title is borne, there is nothing to guess", () => {
  expect(perhaps([passing(1, "Beta", 10, 20)], [{ number: 1, title: "Beta", born: 0 }])).toEqual({});
});
