import type { Content } from "../content/read.ts";
import { needsProjects, rulesOf } from "../content/settings-schema.ts";
import { reviewText } from "../content/team-words.ts";
import { parentsOf } from "../core/history/parents.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import type { Mark, Sprint } from "../core/model/sprint.ts";
import type { ReportInput } from "../core/report/compute-report.ts";
import { isTask } from "../core/report/issue-view.ts";
import { type MilestoneTitles, milestonesMeant } from "../core/report/membership.ts";
import { type SaidByIssue, saidIn } from "../core/report/said.ts";
import { knownUntil } from "../store/known-until.ts";
import type { MarkQuery, Store } from "../store/store.ts";
import { type EffortTexts, readEffortTexts } from "./effort-texts.ts";

/** Open issues read for the backlog lane; the others are counted. */
const backlogLimit = 300;

/** What all reports of a team share, read once: names, promises, and every timeline that was read so far. */
export interface Archive {
  store: Store;
  content: Content;
  /** Up to when history is known, epoch ms. */
  asOf: number;
  milestones: MilestoneTitles[];
  reviews: ReportInput["reviews"];
  timelines: Map<number, IssueTimeline>;
  /** Where effort is said, read when first asked for. */
  effort: () => EffortTexts & { said: SaidByIssue };
}

/** `now` stands in where the database does not say when it last asked GitHub. */
export function openArchive(store: Store, content: Content, now: number): Archive {
  let effort: ReturnType<Archive["effort"]> | null = null;
  return {
    store,
    content,
    asOf: Math.min(knownUntil(store) ?? now, projectsKnownUntil(store, content)),
    milestones: milestoneTitles(store),
    reviews: content.sprints.map(({ sprint }) => ({
      sprint,
      text: reviewText(content.posts, sprint.number, content.settings.repository),
    })),
    timelines: new Map(),
    effort: () => (effort ??= readSaid(store, content)),
  };
}

/** Read once for all reports: every text in which effort may be said. */
function readSaid(store: Store, { settings }: Content): ReturnType<Archive["effort"]> {
  const found = readEffortTexts(store, settings);
  return { ...found, said: saidIn(found.texts, rulesOf(settings)) };
}

/**
 * Everything that the report of one sprint is computed from: the one place where history meets what a team wrote.
 * An earlier `asOf` asks for the report as it stood then.
 */
export function reportInput(archive: Archive, sprint: Sprint, asOf = archive.asOf): ReportInput {
  const { store, content, milestones, reviews } = archive;
  const { settings } = content;
  const rules = rulesOf(settings);
  const end = Math.max(sprint.start + 1, Math.min(sprint.end, asOf));
  const upToEnd = { from: 0, to: end };
  const labelled = [
    ...labelsLike(store, settings.labels.debt),
    ...kalmLabels(settings.labels.kalmPrefix),
  ].flatMap((label) => store.issuesEverCarrying({ label }, upToEnd));
  const promised = reviews.flatMap(({ text }) => text.promises.flatMap(({ issue }) => issue ?? []));
  const members = store.issuesEverCarrying(queryOf(sprint.mark, milestones), { from: sprint.start, to: end });
  // Who was in the iteration before it was first seen is unknown; those who may have been must be there to say so.
  const perhaps =
    sprint.mark.by === "iteration" ? store.issuesEverCarrying(queryOf(sprint.mark, milestones)) : [];
  const effort = archive.effort();
  const spoken = effort.texts.map(({ issue }) => issue);
  const outside = [...spoken, ...effort.closedBy.keys(), ...issuesOutside(archive, sprint, asOf)];
  const numbers = new Set([...members, ...labelled, ...promised, ...perhaps, ...outside]);
  // Debts and promises are read for their ledgers; on the board they stand in the backlog like any other open issue.
  const onBoard = new Set(members);
  const openAtStart = openAt(archive, Math.min(sprint.start + sprint.grace, end - 1));
  const openAtEnd = openAt(archive, end - 1);
  const backlog = [...new Set([...openAtStart, ...openAtEnd])]
    .filter((number) => !onBoard.has(number))
    .sort((a, b) => a - b)
    .slice(0, backlogLimit);
  const handed = new Set([...onBoard, ...backlog]);
  const hidden = (open: number[]) => open.filter((number) => !handed.has(number)).length;
  return {
    repository: settings.repository,
    asOf,
    sprint,
    sprints: content.sprints.map((one) => one.sprint),
    rules,
    milestones,
    timelines: withAncestors(archive, [...numbers, ...backlog]),
    backlog: timelinesOf(archive, backlog),
    backlogHidden: { start: hidden(openAtStart), end: hidden(openAtEnd) },
    ...notCountedIn(archive, members),
    comments: effort.said,
    closedBy: effort.closedBy,
    reviews,
    links: settings.links,
  };
}

/** Where everything that carries a sprint's mark is of the kind that does not count. */
function notCountedIn(archive: Archive, members: readonly number[]): Pick<ReportInput, "notCounted"> {
  const counts = isTask(rulesOf(archive.content.settings));
  if (members.length === 0 || timelinesOf(archive, members).some(counts)) return {};
  const kind = archive.content.settings.count === "pulls" ? "issues" : "pulls";
  return { notCounted: { kind, tasks: members.length } };
}

/** Issues that a board of the sprint at `at` can show, and how many open ones are only counted. */
export function boardIssues(
  archive: Archive,
  sprint: Sprint,
  at: number,
): { timelines: IssueTimeline[]; family: IssueTimeline[]; hidden: number } {
  const { store, milestones } = archive;
  const members = new Set(
    store.issuesEverCarrying(queryOf(sprint.mark, milestones), { from: at, to: at + 1 }),
  );
  const others = openAt(archive, at).filter((number) => !members.has(number));
  const shown = others.slice(0, backlogLimit);
  const numbers = [...members, ...shown];
  return {
    timelines: timelinesOf(archive, numbers),
    family: withAncestors(archive, numbers),
    hidden: others.length - shown.length,
  };
}

/**
 * Issues that no board of the sprint needs to hold, and that its report tells of all the same: on which a word on
 * effort was said by label in it, and which were done in it or in the gaps before and after it.
 */
function issuesOutside({ store, content }: Archive, sprint: Sprint, asOf: number): number[] {
  const { settings, sprints } = content;
  const others = sprints.map((one) => one.sprint);
  const ended = others.filter(({ end }) => end <= sprint.start).map(({ end }) => end);
  const next = others.filter(({ start }) => start >= sprint.end).map(({ start, grace }) => start + grace);
  const around = {
    from: Math.max(...ended, ended.length === 0 ? sprint.start : 0),
    to: Math.min(asOf, ...next) + 1,
  };
  const said = labelsLike(store, [`${settings.actualPrefix.trimEnd()}*`]).flatMap((label) =>
    store.issuesChanging({ label }, { from: sprint.start, to: Math.min(sprint.end, asOf) }),
  );
  return [...said, ...doneMarks(store, settings).flatMap((mark) => store.issuesChanging(mark, around))];
}

/** Marks whose coming or going may make an issue done: what the done lane asks for, and what keeps work from being done. */
function doneMarks(store: Store, settings: Content["settings"]): MarkQuery[] {
  const { lanes, labels } = rulesOf(settings);
  const { state, status = [], labels: asked = [] } = lanes.find(({ role }) => role === "done")?.when ?? {};
  return [
    ...(state === undefined ? [] : [{ state, of: settings.count }]),
    ...status.map((one) => ({ status: one })),
    ...labelsLike(store, [...asked, ...labels.freezebox]).map((label) => ({ label })),
  ];
}

const openAt = ({ store, content }: Archive, at: number): number[] =>
  store.issuesOpenDuring({ from: at, to: at + 1 }, content.settings.count);

function timelinesOf(
  { store, timelines, content: { settings } }: Archive,
  numbers: Iterable<number>,
): IssueTimeline[] {
  const wanted = [...new Set(numbers)].sort((a, b) => a - b);
  const missing = wanted.filter((number) => !timelines.has(number));
  if (missing.length > 0)
    for (const timeline of store.timelines({ numbers: missing, pullRequests: settings.count !== "issues" }))
      timelines.set(timeline.number, timeline);
  return wanted.flatMap((number) => timelines.get(number) ?? []);
}

/** The timelines, and those of all issues above them: a parent may stand between two issues of a board. */
function withAncestors(archive: Archive, numbers: Iterable<number>): IssueTimeline[] {
  const found = new Set(numbers);
  let newest = timelinesOf(archive, found);
  while (newest.length > 0) {
    const above = newest.flatMap(parentsOf).map(({ parent }) => parent);
    const missing = [...new Set(above)].filter((number) => !found.has(number));
    for (const number of missing) found.add(number);
    newest = timelinesOf(archive, missing);
  }
  return timelinesOf(archive, found);
}

/** What to ask the store for: whoever may carry the mark. */
export function queryOf(mark: Mark, milestones: readonly MilestoneTitles[]): MarkQuery {
  if (mark.by === "label") return { label: mark.name };
  if (mark.by === "status") return { status: mark.value };
  if (mark.by === "iteration") return { iteration: mark.title };
  const meant = milestonesMeant(mark, milestones);
  return { milestone: meant?.by === "number" ? meant.numbers[0]! : mark.title };
}

/** Every title a milestone had: those seen, and those that history was reasoned to mean. */
export function milestoneTitles(store: Store): MilestoneTitles[] {
  const aliases = store.names().aliases.filter((alias) => alias.kind === "milestone");
  return store.milestones().map(({ number, title }) => {
    const seen = store.milestoneHistory(number).map((milestone) => milestone.title);
    const reasoned = aliases
      .filter((alias) => alias.key === String(number))
      .flatMap(({ from, to }) => [from, to]);
    return { number, titles: [...new Set([...seen, ...reasoned, title])], current: title };
  });
}

/** Names as they are, and for those with a trailing * every label of the repository that begins so. */
function labelsLike(store: Store, patterns: readonly string[]): string[] {
  const known = () => store.labels().map((label) => label.name);
  return patterns.flatMap((pattern) => {
    if (!pattern.endsWith("*")) return [pattern];
    const start = pattern.slice(0, -1).toLowerCase();
    return known().filter((name) => name.toLowerCase().startsWith(start));
  });
}

const kalmLabels = (prefix: string): string[] =>
  ["keep", "add", "less", "more"].flatMap((kind) => [
    ...new Set([`${prefix}${kind}`, `${prefix.trimEnd()}${kind}`]),
  ]);

/** Where figures rest on projects, a sync that left them out moves nothing on. Infinity: they do not, or none was seen. */
function projectsKnownUntil(store: Store, { settings, sprints }: Content): number {
  const marks = sprints.map(({ sprint }) => sprint.mark);
  const looks = store.projects().map(({ observedAt }) => observedAt);
  return looks.length > 0 && needsProjects(settings, marks) ? Math.max(...looks) : Number.POSITIVE_INFINITY;
}
