import { computeIssueLife, type IssueLifeInput } from "../core/flow/issue-life.ts";
import type { EffortText } from "../core/model/event.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import type { IssueLife } from "../core/model/issue-life.ts";
import { spentReader } from "../core/report/actual.ts";
import { threeSprints } from "./report-on.ts";
import { on, rules } from "./timelines.ts";

/** The life of an issue that was created on the first of May, known up to the end of it. */
export function lifeOf(
  timeline: IssueTimeline,
  more: Partial<IssueLifeInput> = {},
  said: EffortText[] = [],
): IssueLife {
  const asked = more.rules ?? rules;
  return computeIssueLife({
    repository: "a/b",
    asOf: on("31"),
    rules: asked,
    sprints: threeSprints,
    milestones: threeSprints.map(({ number, title }) => ({ number, titles: [title] })),
    timeline,
    blockers: [],
    spent: spentReader(said, asked),
    effortAt: said.flatMap(({ at, deleted }) => (deleted ? [at, deleted.at] : [at])),
    links: true,
    ...more,
  });
}
