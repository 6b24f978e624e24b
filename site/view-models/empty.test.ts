import type { Report } from "sprintcast/report";
import { isEmpty } from "sprintcast/report";
import { makeReport } from "sprintcast/testing";
import { english } from "sprintcast/words";
import { expect, test } from "vitest";
import { trustOf } from "./figures.ts";

const full = makeReport({ number: 1, cards: 3 });
const { effort, provenance } = full;
const none = { committed: 0, added: 0, removed: 0, final: 0, completed: 0, frozen: 0 };
const empty: Report = { ...full, effort: { ...effort, counts: none } };

test("a sprint is empty where it is known that no task was in it", () => {
  expect(isEmpty(full)).toBe(false);
  expect(isEmpty(empty)).toBe(true);
  expect(isEmpty({ ...empty, provenance: { ...provenance, committed: "unknown" } })).toBe(false);
  expect(isEmpty({ ...empty, effort: { ...effort, counts: { ...none, committed: 1 } } })).toBe(false);
});

test("where tasks are counted nobody is warned of figures in days", () => {
  const doubted: Report = { ...full, provenance: { committed: "inferred", reestimated: "inferred" } };
  expect(trustOf(doubted, english).doubted).toEqual(["committed", "re-estimated"]);
  const counted: Report = { ...doubted, effort: { ...effort, unestimated: effort.counts } };
  expect(trustOf(counted, english)).toEqual({ sure: 0, all: 1, doubted: ["committed"] });
});
