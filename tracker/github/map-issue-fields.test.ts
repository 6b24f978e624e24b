import { describe, expect, it } from "vitest";
import type { HistoryPage } from "../core/model/page.ts";
import { readIssueFields } from "./map-issue-fields.ts";

const seen = Date.parse("2026-03-01T00:00:00Z");
const at = "2026-01-05T09:00:00Z";
const emptyPage = (): HistoryPage => ({
  issues: [],
  milestones: [],
  labels: [],
  events: [],
  comments: [],
});
const change = (id: string, kind: "Added" | "Changed" | "Removed", more: object = {}) => ({
  __typename: `IssueField${kind}Event`,
  id,
  createdAt: at,
  actor: { login: "ana" },
  issueField: { name: "Effort" },
  ...more,
});
const readOf = (changes: object[], values: unknown[] = [], number: unknown = 4) => {
  const page = emptyPage();
  const raw = { number, timelineItems: { nodes: changes }, issueFieldValues: { nodes: values } };
  readIssueFields(raw, seen, page);
  return page;
};

describe("a change of a field", () => {
  it("says the field, and its value before and after", () => {
    const { events } = readOf([
      change("a", "Added", { value: "3" }),
      change("b", "Changed", { previousValue: "3", newValue: "5" }),
      change("c", "Removed", { previousValue: "5", newValue: "" }),
    ]);
    expect(events.map(({ kind, field }) => [kind, field])).toEqual([
      ["issue_field_added", { name: "Effort", from: null, to: "3" }],
      ["issue_field_changed", { name: "Effort", from: "3", to: "5" }],
      ["issue_field_removed", { name: "Effort", from: "5", to: null }],
    ]);
    expect(events).toMatchObject(Array(3).fill({ issue: 4, at: Date.parse(at), actor: "ana" }));
  });

  it("of a field that is gone is kept without it", () => {
    const { events } = readOf([
      change("a", "Added", { issueField: null, value: "3" }),
      change("b", "Added", { issueField: {}, value: "3" }),
    ]);
    expect(events).toHaveLength(2);
    for (const event of events) expect(event).not.toHaveProperty("field");
  });

  it("has an id that stays, is its own and keeps the order within one second", () => {
    const ids = (list: string[]) => readOf(list.map((id) => change(id, "Added"))).events.map(({ id }) => id);
    const three = ids(["z", "a", "m"]);
    expect(ids(["z", "a", "m"])).toEqual(three);
    expect(three.toSorted((a, b) => a - b)).toEqual(three);
    expect(new Set(three).size).toBe(3);
    expect(ids(["z"])).toEqual(three.slice(0, 1));
    for (const id of three) expect(Number.isSafeInteger(id)).toBe(true);
    expect(Math.min(...three)).toBeGreaterThan(2 ** 52 - 1);
  });
});

describe("what the fields hold now", () => {
  it("is a choice, a text or a number as text; 0 is a value, and what has none is left out", () => {
    const value = (name: string, more: object) => ({ field: { name }, ...more });
    const { fields } = readOf(
      [],
      [
        value("Size", { option: "M" }),
        value("Note", { text: "half" }),
        value("Effort", { number: 1.5 }),
        value("Spent", { number: 0 }),
        value("Due", {}),
        { option: "lost" },
        null,
      ],
    );
    expect(fields).toEqual([
      { number: 4, observedAt: seen, values: { Size: "M", Note: "half", Effort: "1.5", Spent: "0" } },
    ]);
  });

  it("is nothing where GitHub shows no values, and is added to what the page holds", () => {
    const page = readOf([], [{ field: { name: "Size" }, option: "M" }]);
    readIssueFields({ number: 5, timelineItems: { nodes: [] }, issueFieldValues: null }, seen, page);
    expect(page.fields?.map(({ number, values }) => [number, values])).toEqual([
      [4, { Size: "M" }],
      [5, {}],
    ]);
  });
});

it("refuses an issue without a number, and a kind of change that is none of a field's", () => {
  expect(() => readOf([], [], 0)).toThrow();
  expect(() => readOf([change("a", "Added", { __typename: "LabeledEvent" })])).toThrow();
  expect(() => readOf([change("", "Added")])).toThrow();
});
