import type { Content } from "../content/read.ts";
import { needsProjects, settingsOfTeam } from "../content/settings-schema.ts";
import { blockersOf } from "../core/flow/blocked.ts";
import { parentsOf } from "../core/history/parents.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import { ownNumber } from "../core/model/issue-reference.ts";
import type { Repositories } from "../core/model/repositories.ts";
import type { Sprint } from "../core/model/sprint.ts";
import type { MilestoneTitles } from "../core/report/membership.ts";
import type { History } from "../store/store.ts";
import type { OpenHistory, Standing } from "./open-history.ts";

/** Whose reports they are. */
export type ArchiveSource = Pick<OpenHistory, "history" | "repositories" | "standings">;

/** What all boards and reports of a team share, read once: names, and every timeline that was read so far. */
export interface Archive {
  /** Sprints of other teams. */
  others: readonly Sprint[];
  store: History;
  content: Content;
  repositories: Repositories;
  standings: Standing[];
  /** Up to when history is known, epoch ms. */
  asOf: number;
  milestones: MilestoneTitles[];
  timelines: Map<number, IssueTimeline>;
}

/** `team`: see `contentOfTeam`. `now` stands in where the database does not say when it last asked GitHub. */
export function openArchive(
  { history, repositories, standings }: ArchiveSource,
  content: Content,
  now: number,
  team?: string | null,
): Archive {
  return archiveOver({ history, repositories, standings }, contentOfTeam(content, team), now);
}

/** What one team wrote (null: those sprints that name none), and the sprints of the others. Undefined: of all teams. */
function contentOfTeam(content: Content, team: string | null | undefined): TeamContent {
  if (team === undefined) return { content, others: [] };
  const isOwn = ({ sprint }: Content["sprints"][number]) => (sprint.team ?? null) === team;
  return {
    content: {
      ...content,
      settings: settingsOfTeam(content.settings, team),
      sprints: content.sprints.filter(isOwn),
    },
    others: content.sprints.filter((one) => !isOwn(one)).map(({ sprint }) => sprint),
  };
}

interface TeamContent {
  content: Content;
  others: readonly Sprint[];
}

function archiveOver(
  { history: store, repositories, standings }: ArchiveSource,
  { content, others }: TeamContent,
  now: number,
): Archive {
  return {
    store,
    content,
    others,
    repositories,
    standings,
    asOf: Math.min(store.knownUntil() ?? now, projectsKnownUntil(store, content)),
    milestones: milestoneTitles(store),
    timelines: new Map(),
  };
}

/** More timelines than this are not kept from one question to the next: they would be most of what there is. */
const mostTimelines = 5_000;

/**
 * The archive for the next question, which finds most of what it needs where the last one left it. Called between two
 * only: within one, an issue has one timeline.
 */
export function forNextQuestion<A extends Archive>(archive: A, most = mostTimelines): A {
  if (archive.timelines.size > most) archive.timelines.clear();
  return archive;
}

/** The timelines of those issues that are there, by number; each is read once. */
export function timelinesOf(
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

/**
 * The timelines, and those of all issues above them and of what blocks them: a parent may stand between two issues of
 * a board, and whether a blocker is open decides whether it blocks.
 */
export function withRelatives(archive: Archive, numbers: Iterable<number>): IssueTimeline[] {
  const found = new Set(numbers);
  const blockers = timelinesOf(archive, found)
    .flatMap(blockersOf)
    .flatMap((key) => ownNumber(key) ?? []);
  let newest = timelinesOf(archive, found);
  while (newest.length > 0) {
    const above = newest.flatMap(parentsOf).map(({ parent }) => parent);
    const missing = [...new Set(above)].filter((number) => !found.has(number));
    for (const number of missing) found.add(number);
    newest = timelinesOf(archive, missing);
  }
  return timelinesOf(archive, [...found, ...blockers]);
}

/** Every title a milestone had: those seen, and those that history was reasoned to mean. */
export function milestoneTitles(store: History): MilestoneTitles[] {
  const aliases = store.names().aliases.filter((alias) => alias.kind === "milestone");
  const former = store.formerTitles();
  return store.milestones().map(({ number, title }) => {
    const seen = store.milestoneHistory(number).map((milestone) => milestone.title);
    const reasoned = aliases
      .filter((alias) => alias.key === String(number))
      .flatMap(({ from, to }) => [from, to]);
    const perhaps = former.get(number);
    const titles = [...new Set([...seen, ...reasoned, title])];
    return { number, titles, current: title, ...(perhaps === undefined ? {} : { perhaps }) };
  });
}

/** Where figures rest on projects, a sync that left them out moves nothing on. Infinity: they do not, or none was seen. */
function projectsKnownUntil(store: History, { settings, sprints }: Content): number {
  const marks = sprints.map(({ sprint }) => sprint.mark);
  const looks = store.projects().map(({ observedAt }) => observedAt);
  return looks.length > 0 && needsProjects(settings, marks) ? Math.max(...looks) : Number.POSITIVE_INFINITY;
}
