import { expect, it, test } from "vitest";
import { mapMilestone } from "./map-milestone.ts";

const seen = Date.parse("2026-03-01T00:00:00Z");
const raw = { number: 3, title: "Sprint 3", state: "open" };

it("says its number, never GitHub's id, and its dates as instants", () => {
  const told = {
    ...raw,
    id: 99_887_766,
    state: "closed",
    due_on: "2026-02-27T08:00:00Z",
    created_at: "2026-01-01T00:00:00Z",
    closed_at: "2026-02-28T17:00:00+01:00",
  };
  expect(mapMilestone(told, seen)).toEqual({
    number: 3,
    observedAt: seen,
    title: "Sprint 3",
    state: "closed",
    dueOn: Date.UTC(2026, 1, 27, 8),
    createdAt: Date.UTC(2026, 0, 1),
    closedAt: Date.UTC(2026, 1, 28, 16),
  });
});

it("without dates has none", () => {
  const none = { dueOn: null, createdAt: null, closedAt: null };
  expect(mapMilestone(raw, seen)).toMatchObject(none);
  expect(mapMilestone({ ...raw, due_on: null, closed_at: null }, seen)).toMatchObject(none);
});

test.each([
  { ...raw, number: 0 },
  { ...raw, state: "done" },
  { ...raw, title: undefined },
  { ...raw, due_on: "soon" },
])("refuses %j", (told) => {
  expect(() => mapMilestone(told, seen)).toThrow();
});
