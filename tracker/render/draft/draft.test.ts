import fc from "fast-check";
import { expect, test } from "vitest";
import type { KalmAnswer } from "../../core/model/kalm.ts";
import type { Card, Report } from "../../core/model/report.ts";
import { parseKalm } from "../../core/report/parse-kalm.ts";
import type { TeamPromise } from "../../core/report/promises.ts";
import { humanParts, renderBlock, renewBlocks } from "./blocks.ts";
import { planDraft } from "./plan.ts";
import { draftPlanning } from "./planning.ts";
import { draftReview } from "./review.ts";

const card = (number: number, title: string, days: number | null = 0.5): Card => ({
  number,
  title,
  url: "",
  size: days === null ? null : days >= 1 ? "L" : "M",
  days,
  labels: [],
  assignees: [],
});

const promise = (text: string, kept: boolean | null): KalmAnswer => ({
  kind: "add",
  text,
  from: 1,
  issue: null,
  kept,
  age: 1,
});

interface Facts {
  done: string[];
  promises: KalmAnswer[];
  title?: string;
}

function reportOf({ done, promises, title = "Packaging" }: Facts): Report {
  const doneCards = done.map((name, index) => card(index + 1, name));
  return {
    sprint: {
      number: 2,
      title,
      goal: "Run it",
      capacityDays: 7,
      firstDay: "2019-09-26",
      lastDay: "2019-10-07",
    },
    effort: {
      committed: 8.2,
      completed: 1.6,
      unestimated: { committed: 1, final: 1 },
      counts: { committed: 22, final: 22 },
    },
    unexpected: [card(30, "Access")],
    carriedOver: [{ ...card(40, "Deploy <b>it</b>", 1), depth: 2 }],
    movedOn: [],
    freezebox: [{ ...card(50, "Twice"), reason: "closed as not planned", at: null }],
    done: doneCards,
    removed: [card(60, "Frontend")],
    reestimated: [{ ...card(70, "Container"), daysBefore: 0.5, daysAfter: 1, sizeBefore: "M" }],
    debt: { opened: [], paid: [], openCards: [{ ...card(80, "By hand"), openedAt: "", paidAt: null }] },
    kalm: { followUp: promises },
    boards: {
      start: {
        at: "",
        lanes: [{ name: "Sprint", role: "sprint", days: 0, cards: [card(90, "New", null)], hidden: 0 }],
      },
    },
  } as unknown as Report;
}

const first = draftReview(reportOf({ done: ["One"], promises: [promise("Ask early", null)] }), "2019-10-08");
const second = draftReview(
  reportOf({ done: ["One", "Two"], promises: [promise("Ask early", true), promise("Write it", null)] }),
  "2019-10-09",
);

test("a review has its sections in order, its figures in place, and the promises to answer", () => {
  expect([...first.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual([
    "Recap",
    "Tasks",
    "Unexpected tasks",
    "Technical debt",
    "Done",
    "K.A.L.M.",
    "Conclusion",
  ]);
  expect(first.match(/^::.+$/gm)).toEqual([
    "::board{at=start}",
    "::effort",
    "::burndown",
    "::unexpected",
    "::debt",
    "::board{at=end}",
  ]);
  expect(first).toContain("- [ ] Ask early");
  expect(first).toContain("#70 Container: from 0.5 to 1 day. What did you learn?");
  expect(first).toContain("- #1 One");
});

test("the second run renews what nobody touched", () => {
  const again = renewBlocks(first, second);
  expect(again).toContain("- #2 Two");
  expect(again).toContain("- [x] Ask early");
  expect(renewBlocks(again, second)).toBe(again);
});

test("an answered promise is the human's, and stays", () => {
  const answered = first.replace("- [ ] Ask early", "- [x] Ask early, mostly");
  expect(renewBlocks(answered, second)).toContain("- [x] Ask early, mostly");
  expect(renewBlocks(answered, second)).not.toContain("Write it");
});

test("a deleted block does not come back", () => {
  const without = first.replace(/<!-- sprintcast:done[\s\S]*?\/sprintcast:done -->/, "");
  expect(renewBlocks(without, second)).not.toContain("#2 Two");
});

/** Any editing: insert, delete or overwrite at any place, with words, markup and pieces of our own marks. */
const edit = fc.record({
  at: fc.nat(),
  remove: fc.oneof(fc.constant(0), fc.nat(200)),
  words: fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom(
      "\n<!-- /sprintcast:done -->\n",
      "<!-- sprintcast:done 000000000000 -->\n",
      "\r\n",
      "- [x] kept\n",
    ),
    fc.constant(renderBlock("done", "- #9 Mine")),
  ),
});

test("whatever a human did to the text, a new draft keeps his words byte for byte", () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      let text = first;
      for (const { at, remove, words } of edits) {
        const place = at % (text.length + 1);
        text = text.slice(0, place) + words + text.slice(place + remove);
      }
      const after = renewBlocks(text, second);
      expect(humanParts(after)).toEqual(humanParts(text));
      expect(renewBlocks(after, second)).toBe(after);
    }),
    { numRuns: 500 },
  );
});

test("words inserted anywhere survive in their order", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), (places) => {
      const sorted = places.map((place) => place % (first.length + 1)).toSorted((a, b) => b - a);
      let text = first;
      for (const [index, place] of sorted.entries())
        text = `${text.slice(0, place)}«human ${index}»${text.slice(place)}`;
      const wordsOf = (value: string) => value.match(/«human \d+»/g);
      expect(wordsOf(renewBlocks(text, second))).toEqual(wordsOf(text));
    }),
  );
});

test("a title is words in the draft and cannot end a comment, a block or the front matter", () => {
  const hostile = 'x" -->\n---\n<!-- /sprintcast:done --> <img src=x> ::effort';
  const text = draftReview(reportOf({ done: [hostile], promises: [], title: hostile }), "2019-10-08");
  expect(text.match(/^---$/gm)).toHaveLength(2);
  expect(humanParts(text).join("")).not.toContain("\\<img");
  const body = text.slice(text.indexOf("## Recap"));
  expect(body).not.toMatch(/(?<!\\)<img/);
  expect(body.match(/^::effort$/gm)).toHaveLength(1);
});

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

test("a plan creates, renews, and then leaves alone", () => {
  const reports = [reportOf({ done: ["One"], promises: [] })];
  const request = { kind: "review", sprint: 2, reports, existing: null } as const;
  const created = planDraft(request);
  expect(created.action).toBe("created");
  expect(planDraft({ ...request, existing: created.text })).toEqual({
    action: "unchanged",
    text: null,
  });
  const more = [reportOf({ done: ["One", "Two"], promises: [] })];
  expect(planDraft({ ...request, reports: more, existing: created.text }).action).toBe("renewed");
  expect(() => planDraft({ ...request, sprint: 9 })).toThrow("there is no sprint 9");
});

test("the promises of a draft are read back as the answers they are", () => {
  const promises = [
    promise("Ask *early* (#3)", null),
    promise("Write it", true),
    promise("Less_talk", false),
  ];
  const text = draftReview(reportOf({ done: [], promises }), "2019-10-08");
  expect(parseKalm(text)).toEqual({
    promises: [],
    answers: [
      { text: "Ask *early* (#3)", kept: null },
      { text: "Write it", kept: true },
      { text: "Less_talk", kept: false },
    ],
  });
});

test("hundreds of cards get a dozen questions and one about the rest", () => {
  const many = Array.from({ length: 200 }, (_, index) => card(1000 + index, `Task ${index} `));
  const report: Report = {
    ...reportOf({ done: [], promises: [] }),
    unexpected: many,
    carriedOver: many.map((one, index) => ({ ...one, depth: index % 4 })),
  };
  const text = draftReview(report, "2026-01-20");
  expect(text.match(/could it have been foreseen/g)).toHaveLength(12);
  expect(text).toContain("188 more were unexpected.");
  expect(text).toContain("#1000 Task 0: could");
  expect(text).toContain("138 more were in earlier sprints");
  expect(text).toContain("#1003 Task 3 was in 3 earlier sprints");
  expect(text).not.toContain("in 1 earlier sprint and");
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
