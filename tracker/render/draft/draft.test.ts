import fc from "fast-check";
import { expect, test } from "vitest";
import type { Report } from "../../core/model/report.ts";
import { parseKalm } from "../../core/report/parse-kalm.ts";
import { card, promise, reportOf } from "../../testing/drafted-report.ts";
import { humanParts, renderBlock, renewBlocks } from "./blocks.ts";
import { planDraft } from "./plan.ts";
import { draftReview } from "./review.ts";

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
