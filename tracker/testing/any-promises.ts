import fc from "fast-check";
import type { Report } from "../core/model/report.ts";
import { repositoriesOf } from "../core/model/repositories.ts";
import { compileRules } from "../core/report/issue-view.ts";
import { computeKalm } from "../core/report/kalm.ts";
import { parseKalm } from "../core/report/parse-kalm.ts";
import type { PromiseInput } from "../core/report/promise-issues.ts";
import { promiseKinds } from "../core/report/promises.ts";
import { makeReport } from "./make-report.ts";
import { close, label, on, reopen, rules, sprintOf, timelineOf, unlabel } from "./timelines.ts";

/** Few words and few issues, so that the same promise comes again under other kinds, in other sprints and links. */
const words = fc.constantFrom("Talk", "talk.", "Write it down", "Ask early");
const link = fc.constantFrom("", "", " #1", " (#2)", " #3", " #9");
const promise = fc.record({ kind: fc.constantFrom(...promiseKinds), text: fc.tuple(words, link) });
const mark = fc.record({ sign: fc.constantFrom("[x]", "[-]", "[ ]"), text: words });

interface Review {
  promises: { kind: (typeof promiseKinds)[number]; text: string[] }[];
  marks: { sign: string; text: string }[];
}

const review: fc.Arbitrary<Review> = fc.record({
  promises: fc.array(promise, { maxLength: 6 }),
  marks: fc.array(mark, { maxLength: 6 }),
});

const at = fc.integer({ min: on("06"), max: on("30") });
const kalmLabel = fc.constantFrom(...promiseKinds.map(({ kind }) => `kalm: ${kind}`));
const event = fc.oneof(
  at.map((t) => close(t)),
  at.map((t) => close(t, "not_planned")),
  at.map((t) => reopen(t)),
  fc.tuple(at, kalmLabel).map(([t, name]) => label(t, name)),
  fc.tuple(at, kalmLabel).map(([t, name]) => unlabel(t, name)),
);
const issues = fc
  .array(fc.tuple(fc.array(event, { maxLength: 5 }), words), { maxLength: 4 })
  .map((list) => list.map(([events, title], index) => timelineOf(index + 1, "01", events, { title })));

const textOf = ({ promises, marks }: Review): string =>
  [
    "## K.A.L.M.",
    "### Follow-up",
    ...marks.map(({ sign, text }) => `- ${sign} ${text}`),
    ...promises.flatMap(({ kind, text }) => [`### ${kind.heading}`, `- ${text.join("")}`]),
  ].join("\n\n");

const boardRules = compileRules(rules, () => false);

const reviewed = (one: Review, index: number) => ({
  sprint: sprintOf(index + 1),
  text: parseKalm(textOf(one), repositoriesOf(["a/b"])),
});

/** The reviews of two to four sprints in a row, and issues that answer or make promises. */
export const anyReviews: fc.Arbitrary<PromiseInput> = fc
  .tuple(fc.array(review, { minLength: 2, maxLength: 4 }), issues)
  .map(([texts, timelines]) => ({ reviews: texts.map(reviewed), timelines }));

/** The report of every sprint, with what the reviews and labelled issues promise and answer. */
export const promiseReports = (input: PromiseInput): Report[] =>
  input.reviews.map(({ sprint }) => ({
    ...makeReport({ number: sprint.number, cards: 1 }),
    ...computeKalm(input, sprint, sprint.end, boardRules),
  }));

/** The reports of two to four sprints in a row. */
export const anyPromises: fc.Arbitrary<Report[]> = anyReviews.map(promiseReports);
