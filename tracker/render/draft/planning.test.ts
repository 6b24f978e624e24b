import { expect, test } from "vitest";
import type { Card, Report } from "../../core/model/report.ts";
import type { TeamPromise } from "../../core/report/promises.ts";
import { card, reportOf } from "../../testing/drafted-report.ts";
import { renderBlock, renewBlocks } from "./blocks.ts";
import { draftPlanning } from "./planning.ts";

test("the planning checklist names the issues of every step", () => {
  const previous = reportOf({ done: ["One"], promises: [] });
  const text = draftPlanning(
    { previous, next: reportOf({ done: [], promises: [] }), velocity: [1.6, 4.9], promises: [] },
    "2019-10-22",
  );
  for (const line of [
    "- [ ] #1 One",
    "- [ ] #50 Twice: closed as not planned",
    "- [ ] #40 Deploy \\<b\\>it\\</b\\> (L), in 2 earlier sprints",
    "- [ ] #90 New (no size)",
    "- [ ] #70 Container grew from 0.5 to 1 day. Which other tasks are like it?",
    "- [ ] #80 By hand (M)",
    "- [ ] #90 New: still wanted, still correct?",
    "That is 1.2 days more than the capacity.",
    "Completed in the last sprints: 1.6, 4.9 days.",
  ])
    expect(text).toContain(line);
});

test("of a single sprint before it, what was completed is told as one", () => {
  const next = reportOf({ done: [], promises: [] });
  const after = (velocity: number[]) =>
    draftPlanning({ previous: null, next, velocity, promises: [] }, "2019-09-25");
  expect(after([1])).toContain("Completed in the last sprint: 1 day.");
  expect(after([2.5])).toContain("Completed in the last sprint: 2.5 days.");
  expect(after([1, 1])).toContain("Completed in the last sprints: 1, 1 days.");
  expect(after([])).not.toContain("Completed in the last");
});

test("one day that is planned is one", () => {
  const facts = reportOf({ done: [], promises: [] });
  const next: Report = { ...facts, effort: { ...facts.effort, committed: 1 } };
  const text = draftPlanning({ previous: null, next, velocity: [], promises: [] }, "2019-09-25");
  expect(text).toContain("Planned: 1 day, capacity 7.");
});

test("the checklist before the first sprint needs no history", () => {
  const next = reportOf({ done: [], promises: [] });
  expect(draftPlanning({ previous: null, next, velocity: [], promises: [] }, "2019-09-25")).toContain(
    "Nothing was left unfinished.",
  );
});

test("a draft under the headings of an older version is renewed block by block, and keeps its headings", () => {
  const next = reportOf({ done: [], promises: [] });
  const facts = { previous: reportOf({ done: ["One"], promises: [] }), next, velocity: [], promises: [] };
  const fresh = draftPlanning(facts, "2019-10-22");
  const old = fresh
    .replace("## Board clean-up", "## Clearing the table")
    .replace("### Unfinished: back to the backlog", "### Left behind: back to the backlog")
    .replace("## Commitment", "## The commitment")
    .replace(/<!-- sprintcast:left-behind[\s\S]*?\/sprintcast:left-behind -->/, () =>
      renderBlock("left-behind", "- [ ] #40 As it was called then (L)\n"),
    );
  expect(old.match(/Clearing the table|Left behind|The commitment|called then/g)).toHaveLength(4);
  const renewed = renewBlocks(old, fresh);
  expect(renewed).not.toContain("called then");
  expect(renewed.match(/^#+ .*/gm)).toEqual(old.match(/^#+ .*/gm));
  expect(renewed.match(/<!-- sprintcast:/g)).toEqual(fresh.match(/<!-- sprintcast:/g));
});

test("a planning tells of dozens of tasks without sizes once", () => {
  const many = Array.from({ length: 40 }, (_, index) => ({ ...card(1000 + index, "Old", null), depth: 1 }));
  const previous: Report = { ...reportOf({ done: [], promises: [] }), carriedOver: many };
  const nextWith = (cards: Card[]): Report => {
    const report = reportOf({ done: [], promises: [] });
    const lanes = report.boards.start.lanes.map((lane) => ({ ...lane, cards }));
    return { ...report, boards: { ...report.boards, start: { ...report.boards.start, lanes } } };
  };
  const text = draftPlanning({ previous, next: nextWith(many), velocity: [], promises: [] }, "2026-01-20");
  expect(text.match(/#1007 Old/g)).toHaveLength(1);
  expect(text).toContain("- [ ] None of the 40 open tasks has an estimate");
  expect(text).toContain("- [ ] All 40 planned tasks are in the list of unfinished ones above");
  const next = nextWith([...many, card(2000, "New")]);
  const mixed = draftPlanning({ previous, next, velocity: [], promises: [] }, "2026-01-20");
  expect(mixed.match(/#1007 Old/g)).toHaveLength(3);
  expect(mixed).toContain("#2000 New: still wanted");
});

test("the planning brings the promises that are still open, with who looks after them", () => {
  const promise = (more: Partial<TeamPromise>): TeamPromise => ({
    kind: "add",
    text: "Ask early",
    from: 1,
    issue: null,
    kept: null,
    answeredIn: null,
    age: 0,
    ...more,
  });
  const text = draftPlanning(
    {
      previous: null,
      next: reportOf({ done: [], promises: [] }),
      velocity: [],
      promises: [
        promise({ owner: "ana", issue: 31, age: 2, link: "https://wiki.example/a" }),
        promise({ kind: "less", text: "Talk *less*" }),
      ],
    },
    "2026-01-20",
  );
  expect(text).toContain("### Open promises");
  expect(text).toContain("- [ ] Add: Ask early (@ana), #31, <https://wiki.example/a>, open for 2 sprints\n");
  expect(text).toContain("- [ ] Do less: Talk \\*less\\*, nobody looks after it yet\n");
});
