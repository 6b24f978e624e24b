import { describe, expect, test } from "vitest";
import type { HistoryPage } from "../core/model/page.ts";
import { type BuiltIssue, history } from "../testing/history-builder.ts";
import { openStore } from "./open.ts";

/** What was reasoned out of these pages, in this order, as `name → key`, what is gone in brackets. */
function reasoned(...pages: HistoryPage[]) {
  const store = openStore(":memory:");
  for (const page of pages) store.append(page);
  store.refresh();
  const { periods, aliases } = store.names();
  store.close();
  return {
    bearers: Object.fromEntries(periods.map(({ name, key, gone }) => [name, gone ? `(${key})` : key])),
    renames: aliases.map(({ kind, from, to }) => `${kind} ${from} → ${to}`),
  };
}
const milestones = (titles: Record<number, string>, seenOn: number): HistoryPage =>
  history([], { milestones: titles, seenOn });
const labels = (names: string[], seenOn: number): HistoryPage => history([], { labels: names, seenOn });

describe("who bears a name now", () => {
  test("is the milestone and the label that GitHub showed under it last", () => {
    const { bearers } = reasoned(milestones({ 1: "Alpha", 2: "Beta" }, 10), labels(["bug"], 10));
    expect(bearers).toEqual({ Alpha: "1", Beta: "2", bug: "bug" });
  });

  test("of two milestones that were seen under one title is the one that was seen last", () => {
    const first = milestones({ 1: "Alpha" }, 10);
    const second = milestones({ 2: "Alpha" }, 20);
    expect(reasoned(first, second).bearers).toEqual({ Alpha: "2" });
    expect(reasoned(second, first).bearers).toEqual({ Alpha: "2" });
  });
});

describe("a rename that two syncs saw", () => {
  test("is known without any event, of milestones by number and of labels by id", () => {
    const { renames } = reasoned(
      milestones({ 1: "Alpha" }, 10),
      milestones({ 1: "Beta" }, 20),
      labels(["bug"], 10),
      labels(["fault"], 20),
    );
    expect(renames.sort()).toEqual(["label bug → fault", "milestone Alpha → Beta"]);
  });

  test("makes an event of before mean what bears the new name, though no issue is left on it", () => {
    const passed: BuiltIssue = {
      number: 1,
      events: [
        [5, "milestoned", "Alpha"],
        [6, "demilestoned", "Alpha"],
      ],
    };
    const { bearers } = reasoned(
      milestones({ 1: "Alpha" }, 10),
      milestones({ 1: "Beta" }, 20),
      history([passed], { seenOn: 20 }),
    );
    expect(bearers).toMatchObject({ Alpha: "1", Beta: "1" });
  });
});

describe("a rename that nobody saw", () => {
  const moved = (number: number): BuiltIssue => ({
    number,
    milestone: { number: 1, title: "Beta" },
    events: [[5, "milestoned", "Alpha"]],
  });

  test("is reasoned out of the issues that stayed", () => {
    const page = history([1, 2, 3].map(moved), { milestones: { 1: "Beta" } });
    expect(reasoned(page)).toEqual({
      bearers: { Alpha: "1", Beta: "1" },
      renames: ["milestone Alpha → Beta"],
    });
  });

  test("is the same whichever page came first, and however many times it came", () => {
    const whole = history([1, 2, 3].map(moved), { milestones: { 1: "Beta" } });
    const parts = [
      { ...whole, issues: [], milestones: [] },
      { ...whole, events: [], milestones: [] },
      { ...whole, events: [], issues: [] },
    ];
    const expected = reasoned(whole);
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0, 1],
    ])
      expect(reasoned(...order.flatMap((index) => parts[index] ?? []))).toEqual(expected);
  });

  test("of an account is found, too, though GitHub lists no accounts", () => {
    const issues = [1, 2, 3].map(
      (number): BuiltIssue => ({ number, assignees: ["anna"], events: [[5, "assigned", "ana"]] }),
    );
    expect(reasoned(history(issues)).renames).toEqual(["assignee ana → anna"]);
  });
});

test("a name that nothing bears, and whose bearer no issue tells of, is of something gone", () => {
  const issues = [1, 2, 3].map((number): BuiltIssue => ({ number, events: [[5, "labeled", "old"]] }));
  expect(reasoned(history(issues, { labels: ["bug"] })).bearers).toEqual({ bug: "bug", old: "(old)" });
});
