import type { Comment } from "../core/model/event.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import { present } from "../core/model/present.ts";
import type { Report } from "../core/model/report.ts";
import type { Rules } from "../core/model/rules.ts";
import { computeReport, type ReportInput } from "../core/report/compute-report.ts";
import type { RawHistory } from "./random-history.ts";
import { type EventSpec, label, on, rules, sprintOf, timelineOf } from "./timelines.ts";
import { toldBy } from "./told-history.ts";

/** Three sprints of a week each, Monday to Friday, the first on 6 May 2024. */
export const threeSprints = [sprintOf(1), sprintOf(2), sprintOf(3)];

/** The report of sprint 1 of three on these issues, known up to the end of May; `more` says otherwise. */
export function reportOn(timelines: readonly IssueTimeline[], more: Partial<ReportInput> = {}): Report {
  const sprints = more.sprints ?? threeSprints;
  return computeReport({
    repository: "a/b",
    asOf: on("31"),
    sprint: present(sprints[0]),
    sprints,
    rules,
    milestones: sprints.map((s) => ({ number: s.number, titles: [s.title] })),
    timelines,
    backlog: [],
    backlogHidden: { start: 0, end: 0 },
    comments: [],
    reviews: [],
    links: true,
    ...more,
  });
}

/** The reports of the three sprints on the same issues. */
export const reportsOn = (timelines: readonly IssueTimeline[], more: Partial<ReportInput> = {}): Report[] =>
  threeSprints.map((sprint) => reportOn(timelines, { ...more, sprint }));

/** An issue created on the first of May with a size. */
export const sized = (number: number, size: string, ...rest: EventSpec[]): IssueTimeline =>
  timelineOf(number, "01", [label("01T01:00", `size: ${size}`), ...rest]);

/** A comment, written at the instant and never edited. */
export const comment = (id: number, issue: number, at: string, body: string): Comment => ({
  id,
  issue,
  at: on(at),
  updatedAt: on(at),
  author: "ann",
  body,
});

/** The rules of random histories: a type of issue is debt, too. */
const typed = { ...rules, types: { debt: ["debt"] } };

/** The same with estimates in a field of issues. */
const inField: Rules = { ...typed, estimate: { from: "issue-field", name: "Effort", daysPerPoint: 1 } };

/** Reports of all sprints of a history that had begun, in order. */
export function reportsOfHistory(
  history: RawHistory,
  { sizesInField = false, more = {} }: { sizesInField?: boolean; more?: Partial<Rules> } = {},
): Report[] {
  const { sprints, asOf } = history;
  const { timelines, comments } = toldBy(history, { sizesInField });
  return sprints
    .filter(({ start }) => start <= asOf)
    .map((sprint) =>
      reportOn(timelines, {
        asOf,
        sprint,
        sprints,
        comments,
        backlog: timelines,
        rules: { ...(sizesInField ? inField : typed), ...more },
      }),
    );
}

export const numbersOf = (cards: readonly { number: number }[] = []): number[] =>
  cards.map(({ number }) => number).sort((a, b) => a - b);
