import type { Content } from "../content/read.ts";
import { rulesOf } from "../content/settings-schema.ts";
import { fieldKey } from "../core/history/fold-fields.ts";
import { present } from "../core/model/present.ts";
import { isChosen } from "../core/model/project.ts";
import type { Sprint } from "../core/model/sprint.ts";
import type { ReportInput } from "../core/report/compute-report.ts";
import { effortRules, parseSize } from "../core/report/estimate.ts";
import { isTask } from "../core/report/issue-view.ts";
import { nameTest } from "../core/report/label-test.ts";
import { spanOf } from "../core/report/sprint-boards.ts";
import type { History, MarkQuery } from "../store/store.ts";
import { type Archive, timelinesOf, withRelatives } from "./archive.ts";
import { boardNumbers, rulesAt } from "./board-input.ts";
import type { ReportArchive } from "./report-archive.ts";

/**
 * Everything that the report of one sprint is computed from: the one place where history meets what a team wrote.
 * An earlier `asOf` asks for the report as it stood then.
 */
export function reportInput(archive: ReportArchive, sprint: Sprint, asOf = archive.asOf): ReportInput {
  const { store, content, milestones, reviews, repositories } = archive;
  const { settings } = content;
  const { to } = spanOf(sprint, asOf);
  // A label put on in the review after the end is a promise of the sprint before.
  const kalm = kalmLabels(settings.labels.kalmPrefix).flatMap((label) =>
    store.issuesEverCarrying({ label }, { from: 0, to: asOf + 1 }),
  );
  // What was closed all along and did not change adds nothing to the ledger, or to any list of what happened.
  const around = daysAround(archive, sprint, asOf);
  const told = { from: Math.min(sprint.start, around.from) - 1, to: Math.max(to, around.to) };
  const debtMarks = [
    ...labelsLike(store, settings.labels.debt).map((label) => ({ label })),
    ...settings.types.debt.map((type) => ({ type })),
  ];
  const debts = debtMarks.flatMap((mark) => store.issuesActiveCarrying(mark, told));
  // What may have been debt, its history having a gap, must be there to say so.
  const doubted = new Set(store.issuesInDoubt(told, ["label", "type", "state", "gone"]));
  const perhaps =
    doubted.size === 0
      ? []
      : debtMarks.flatMap((mark) => store.issuesEverCarrying(mark)).filter((number) => doubted.has(number));
  const marking = [
    ...(settings.labels.debt.length > 0 ? (["label"] as const) : []),
    ...(settings.types.debt.length > 0 ? (["type"] as const) : []),
  ];
  perhaps.push(...store.issuesInDoubt(told, marking, "nameless"));
  const promised = reviews.flatMap(({ text }) => text.promises.flatMap(({ issue }) => issue ?? []));
  const effort = archive.effort();
  const spoken = effort.texts.map(({ issue }) => issue);
  const outside = [...spoken, ...effort.closedBy.keys(), ...issuesOutside(archive, sprint, asOf)];
  const board = boardNumbers(archive, sprint, asOf);
  const numbers = [
    ...board.members,
    ...board.backlog,
    ...debts,
    ...perhaps,
    ...kalm,
    ...promised,
    ...outside,
  ];
  return {
    asOf,
    sprint,
    backlog: timelinesOf(archive, board.backlog),
    backlogHidden: board.backlogHidden,
    links: settings.links,
    ...notCountedIn(archive, board.carriers),
    repository: present(repositories.names[0]),
    repositories,
    standings: archive.standings,
    sprints: content.sprints.map((one) => one.sprint),
    rules: rulesAt(archive, to),
    milestones,
    timelines: withRelatives(archive, numbers),
    comments: effort.said,
    closedBy: effort.closedBy,
    reviews,
    projectUpdates: projectUpdates(archive),
  };
}

/** What the projects that the team names say of their own status; without a name, all that its issues are in. */
function projectUpdates({ store, content }: Archive): NonNullable<ReportInput["projectUpdates"]> {
  const choice = content.settings.project ?? null;
  const chosen = store.projects().filter((project) => isChosen(project, choice));
  const names = new Map(chosen.map(({ id, title, url }) => [id, { title, url }]));
  return store.projectUpdates().flatMap((update) => {
    const name = names.get(update.project);
    return name === undefined ? [] : [{ ...update, ...name }];
  });
}

/** Where everything that carries a sprint's mark is of the kind that does not count. */
function notCountedIn(archive: Archive, carriers: readonly number[]): Pick<ReportInput, "notCounted"> {
  const { settings } = archive.content;
  if (carriers.length === 0 || timelinesOf(archive, carriers).some(isTask(settings))) return {};
  return { notCounted: { kind: settings.count === "pulls" ? "issues" : "pulls", tasks: carriers.length } };
}

/**
 * Issues that no board of the sprint needs to hold, and that its report tells of all the same: on which a word on
 * effort was said by label or field in it, and which were done in it or in the gaps before and after it.
 */
function issuesOutside(archive: Archive, sprint: Sprint, asOf: number): number[] {
  const { store, content } = archive;
  const { settings } = content;
  const around = daysAround(archive, sprint, asOf);
  const said = effortMarks(store, settings).flatMap((mark) =>
    store.issuesChanging(mark, { from: sprint.start, to: Math.min(sprint.end, asOf) }),
  );
  return [...said, ...issuesNearDone(store, settings, around)];
}

/** What says effort beside texts: labels in every form in which they are read. */
function effortMarks(store: History, settings: Content["settings"]): MarkQuery[] {
  const rules = rulesOf(settings);
  const { actual, actualPrefix } = rules;
  if (actual !== undefined) return [{ field: fieldKey(actual.from, actual.name) }];
  const isEffort = (label: string) => parseSize(label, actualPrefix, effortRules(rules)) !== null;
  return store
    .labelNames()
    .filter(isEffort)
    .map((label) => ({ label }));
}

/** The span of a sprint and of the gaps before and after it. */
function daysAround({ content }: Archive, sprint: Sprint, asOf: number): { from: number; to: number } {
  const others = content.sprints.map((one) => one.sprint);
  const ended = others.filter(({ end }) => end <= sprint.start).map(({ end }) => end);
  const next = others.filter(({ start }) => start >= sprint.end).map(({ start, grace }) => start + grace);
  return {
    from: Math.max(...ended, ended.length === 0 ? sprint.start : 0),
    to: Math.min(asOf, ...next) + 1,
  };
}

/** Issues that may have become done in [from, to): on which a mark came or went, or a reason to drop them. */
export const issuesNearDone = (
  store: History,
  settings: Content["settings"],
  span: { from: number; to: number },
): number[] => [
  ...doneMarks(store, settings).flatMap((mark) => store.issuesChanging(mark, span)),
  ...store.issuesWithNewReason(span),
];

/** Marks whose coming or going may make an issue done: what the done lane asks for, and what keeps work from being done. */
function doneMarks(store: History, settings: Content["settings"]): MarkQuery[] {
  const { lanes, labels } = rulesOf(settings);
  const {
    state,
    status = [],
    type = [],
    labels: asked = [],
  } = lanes.find(({ role }) => role === "done")?.when ?? {};
  return [
    ...(state === undefined ? [] : [{ state, of: settings.count }]),
    ...status.map((one) => ({ status: one })),
    ...type.map((one) => ({ type: one })),
    ...labelsLike(store, [...asked, ...labels.freezebox]).map((label) => ({ label })),
  ];
}

/** Every name of a label that these patterns mean: a trailing * matches any ending. */
const labelsLike = (store: History, patterns: readonly string[]): string[] =>
  patterns.length === 0 ? [] : store.labelNames().filter(nameTest(patterns));

const kalmLabels = (prefix: string): string[] =>
  ["keep", "add", "less", "more"].flatMap((kind) => [
    ...new Set([`${prefix}${kind}`, `${prefix.trimEnd()}${kind}`]),
  ]);
