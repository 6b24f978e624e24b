import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { openBudgets, type WithBudget } from "../content/budgets.ts";
import { keptReport, numbersAreShared, reportedSprint, reportFile } from "../content/kept-reports.ts";
import type { Post } from "../content/parse.ts";
import { type Content, readContent } from "../content/read.ts";
import { settingsOfTeam } from "../content/settings-schema.ts";
import { sprintPlace } from "../content/sprint-place.ts";
import { withTeamWords } from "../content/team-words.ts";
import { computeFlow } from "../core/flow/compute-flow.ts";
import { instantText } from "../core/model/days.ts";
import type { Flow } from "../core/model/flow.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import type { IssueLife } from "../core/model/issue-life.ts";
import type { ClosingPulls } from "../core/model/notes.ts";
import type { Board, Report } from "../core/model/report.ts";
import { type Sprint, type SprintName, sprintArgument, sprintName } from "../core/model/sprint.ts";
import { computeBoard } from "../core/report/board.ts";
import { computeReport } from "../core/report/compute-report.ts";
import { type IssueInReport, keyOfRef, withRefs } from "../core/report/issue-refs.ts";
import { type BoardRules, compileRules } from "../core/report/issue-view.ts";
import { markTest } from "../core/report/membership.ts";
import { computeSprintBoard } from "../core/report/sprint-boards.ts";
import { exitCodes, StoreError, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { tornWords } from "../store/first-sync.ts";
import { type Archive, forNextQuestion, openArchive } from "./archive.ts";
import { boardIssues, rulesAt, sprintBoardsInput } from "./board-input.ts";
import { closingPulls } from "./closing-pulls.ts";
import { flowInput } from "./flow-input.ts";
import { issueLife, issueNamed } from "./issue-life.ts";
import { isTornDatabase, type OpenHistory, openHistory, standingNotes } from "./open-history.ts";
import { reportInput } from "./report-input.ts";

export interface Places {
  /** Database file, relative to the working directory. */
  db: string;
  /** Content folder, relative to the working directory. */
  content: string;
}

export interface FlowOptions {
  /** How many whole weeks, where no sprint is named. */
  weeks: number;
  /** Epoch ms; absent: up to when history is known. */
  asOf?: number | undefined;
  /** A sprint: of its team alone, where there are several. */
  teamOf?: SprintName | undefined;
}

/** What a team wrote, and its history where there is one. Close it. */
export interface OpenReports extends ReportSource {
  content: Content;
  sprintOf(name: SprintName): Sprint;
  /** The time zone of the team that works a sprint. */
  zoneOf(sprint: SprintName): string;
  /** Up to when history is known, epoch ms; null where there is none. */
  knownUntil: number | null;
  /** The report as it stood at an instant, epoch ms. Errors as `boardAt`; UsageError `before-sprint`. */
  reportAsOf(sprint: SprintName, asOf: number): Report;
  /** How work flows in one sprint, or in the newest weeks (`sprint` null). Errors as `boardAt`; UsageError `before-sprint`. */
  flowOf(sprint: SprintName | null, options: FlowOptions): Flow;
  /** One issue's life, by `12`, `#12` or `web#12`, frozen figures where there are such. Errors as `boardAt`; UsageError `no-such-issue`. */
  issueLife(name: string): IssueLife;
  /** Merged pull requests, by what the sprint's report calls an issue. Errors as `boardAt`. */
  pullsClosing(sprint: SprintName): ClosingPulls;
  /** Timelines of issues of a sprint's report that are there, by what the report calls them. Errors as `boardAt`. */
  timelinesOf(sprint: SprintName, issues: readonly IssueInReport[]): Map<string, IssueTimeline>;
  /** Any instant, epoch ms. Errors: StoreError `store-missing` where there is no history. */
  boardAt(sprint: SprintName, at: number): Board;
  /** The board of a sprint's report, without the rest of it. Errors as `boardAt`. */
  sprintBoard(sprint: SprintName, which: "start" | "end"): Board;
}

/**
 * Opens content and database. Errors: ContentError where something the team wrote is wrong, or `repository-differs`
 * where the database holds another repository than the settings name; StoreError.
 */
export async function openReports(io: Io, places: Places): Promise<OpenReports> {
  const content = await readContent(resolve(io.cwd, places.content));
  const file = resolve(io.cwd, places.db);
  const archives = existsSync(file) ? openArchives(file, content, places.db, io) : null;
  const { sprints, settings } = content;
  const isShared = numbersAreShared(content);
  let budgets: Promise<WithBudget> | null = null;
  const sprintOf = (name: SprintName): Sprint => {
    const found = sprints.find(({ sprint }) => sprintName(sprint) === name);
    if (found === undefined) throw new RangeError(`no sprint ${name}`);
    return found.sprint;
  };
  const opened = (): Archives => {
    if (archives !== null) return archives;
    throw noHistory(file, places.db, settings.repositories);
  };
  const everything = (): Archive => opened().all;
  const history = (name: SprintName): Archive => opened().of(name);
  const reportOf = (name: SprintName, asOf?: number): Report =>
    computeReport(reportInput(forNextQuestion(history(name)), sprintOf(name), asOf));
  return {
    content,
    contentDir: content.dir,
    repository: settings.repository,
    repositories: settings.repositories,
    timeZone: settings.timeZone,
    names: sprints.map(({ sprint }) => sprintName(sprint)),
    posts: content.posts,
    hasHistory: archives !== null,
    nameOf: (report) => reportedSprint(report, content),
    fileOf: (name) => reportFile(content, name),
    placeOf: (name) => sprintPlace(sprintOf(name), isShared),
    inTeamWords: (report) => {
      const name = reportedSprint(report, content);
      const others = content.reports.filter((one) => reportedSprint(one, content) !== name);
      return withTeamWords(content, content.posts, [...others, report]).at(-1) ?? report;
    },
    async withBudget(report, at) {
      budgets ??= openBudgets(content);
      return (await budgets)(report, at);
    },
    endOf: (name) => sprintOf(name).end,
    zoneOf: (name) => settingsOfTeam(settings, sprintOf(name).team ?? null).timeZone,
    knownUntil: archives?.all.asOf ?? null,
    sprintOf,
    reportOf: (name) => reportOf(name),
    reportAsOf: (name, asOf) => {
      const { start } = sprintOf(name);
      if (asOf < start) throw notBegun(name, start, asOf);
      return reportOf(name, Math.min(asOf, history(name).asOf));
    },
    pullsClosing: (name) => closingPulls(history(name), sprintOf(name)),
    timelinesOf(name, issues) {
      const { store, repositories } = history(name);
      const first = repositories.names[0] ?? "";
      const keys = issues.flatMap((issue) => keyOfRef(issue, repositories, first) ?? []);
      const found = store.timelines({ numbers: keys, pullRequests: true });
      return new Map(found.map((timeline) => [repositories.issueName(timeline.number), timeline]));
    },
    flowOf(name, { weeks, teamOf, asOf = everything().asOf }) {
      const sprint = name === null ? null : sprintOf(name);
      if (sprint !== null && asOf < sprint.start) throw notBegun(sprintName(sprint), sprint.start, asOf);
      const whose = name ?? teamOf;
      const archive = whose === undefined ? everything() : opened().ofTeam(whose);
      const flow = computeFlow(flowInput(archive, sprint, { weeks, asOf: Math.min(asOf, archive.asOf) }));
      const team = whose === undefined ? undefined : sprintOf(whose).team;
      return withRefs(team === undefined ? flow : { ...flow, team }, archive.repositories);
    },
    issueLife(name) {
      const archive = everything();
      const life = issueLife(archive, issueNamed(name, archive.repositories), (sprint) => {
        const kept = keptReport(content, sprint);
        return kept?.frozen ? kept : reportOf(sprint);
      });
      return withRefs(life, archive.repositories);
    },
    all: () => sprints.map(({ sprint }) => reportOf(sprintName(sprint))),
    boardAt: (name, at) => boardOf(forNextQuestion(history(name)), sprintOf(name), at),
    sprintBoard(name, which) {
      const sprint = sprintOf(name);
      const archive = history(name);
      const board = computeSprintBoard(sprintBoardsInput(archive, sprint), which, rulesFor(archive, sprint));
      return withRefs(board, archive.repositories);
    },
    close: () => archives?.close(),
  };
}

function noHistory(file: string, shown: string, listed: readonly string[]): StoreError {
  const isThere = existsSync(file);
  const isUnfinished = isThere && isTornDatabase(file, listed);
  const lacks = isUnfinished ? tornWords.lacks : "has no history yet";
  return new StoreError("store-missing", isThere ? `${shown} ${lacks}` : `there is no database ${shown}`, {
    hint: isUnfinished ? tornWords.hint : "Run npx sprintcast sync first, or give the right file with --db.",
    exitCode: exitCodes.usage,
  });
}

function notBegun(name: SprintName, start: number, asOf: number): UsageError {
  return new UsageError(
    "before-sprint",
    `sprint ${name} begins at ${instantText(start)}: at ${instantText(asOf)} there is nothing to report yet`,
    {
      hint: `To see the board at that time: npx sprintcast board ${sprintArgument(name)} --at ${instantText(asOf)}`,
    },
  );
}

/** What a team's repositories tell, and of each frozen sprint those that it was frozen over. */
interface Archives {
  all: Archive;
  /** A repository that joined the list after a sprint was frozen changes nothing of it, nor does one that left. */
  of(sprint: SprintName): Archive;
  /** The same of all repositories. */
  ofTeam(sprint: SprintName): Archive;
  close(): void;
}

function openArchives(file: string, content: Content, shown: string, io: Io): Archives | null {
  const opened = openHistory(file, content.settings.repositories, shown);
  if (opened === null) return null;
  try {
    return archivesIn(opened, content, io);
  } catch (error) {
    opened.close();
    throw error;
  }
}

function archivesIn(opened: OpenHistory, content: Content, io: Io): Archives {
  for (const note of standingNotes(opened.standings)) io.err(`note: ${note}\n`);
  const all = openArchive(opened, content, io.now());
  const teamOf = (name: SprintName): string | null =>
    content.sprints.find(({ sprint }) => sprintName(sprint) === name)?.sprint.team ?? null;
  const narrowed = new Map<string, Archive>();
  const hasTeams = content.sprints.some(({ sprint }) => sprint.team !== undefined);
  const over = (names: readonly string[] | null, team: string | null): Archive => {
    const some = names === null ? null : opened.only(names);
    if (some === null && !hasTeams) return all;
    const source = some ?? opened;
    const key = JSON.stringify([source.repositories.names, team]);
    const archive = narrowed.get(key) ?? openArchive(source, content, io.now(), hasTeams ? team : undefined);
    narrowed.set(key, archive);
    return archive;
  };
  return {
    all,
    of(sprint) {
      const kept = keptReport(content, sprint);
      const names = kept?.frozen ? (kept.repositories?.map(({ name }) => name) ?? [kept.repository]) : null;
      return over(names, teamOf(sprint));
    },
    ofTeam: (sprint) => over(null, teamOf(sprint)),
    close: opened.close,
  };
}

const rulesFor = (archive: Archive, { mark, end }: Sprint, at = 0): BoardRules =>
  compileRules(
    rulesAt(archive, Math.max(at, Math.min(end, archive.asOf))),
    markTest(mark, archive.milestones),
  );

function boardOf(archive: Archive, sprint: Sprint, at: number): Board {
  const { settings } = archive.content;
  const { timelines, family, hidden } = boardIssues(archive, sprint, at);
  const board = computeBoard(timelines, at, rulesFor(archive, sprint, at + 1), {
    links: settings.links,
    backlogLimit: 20,
    backlogHidden: hidden,
    family,
  });
  return withRefs(board, archive.repositories);
}

/** The reports of a team's sprints as history and content say them now. */
export interface ReportSource {
  contentDir: string;
  /** The first of them; of one there is only that. */
  repository: string;
  repositories: readonly string[];
  timeZone: string;
  /** Sprints described in the content folder, by start. */
  names: SprintName[];
  /** Their posts. */
  posts: Post[];
  /** false: there is no database, so nothing can be computed; `reportOf` throws. */
  hasHistory: boolean;
  /** What the sprint of a kept report is called. */
  nameOf(report: Report): SprintName;
  /** Where a sprint's report is kept, or would be. Errors: ContentError `report-place-taken`. */
  fileOf(sprint: SprintName): string;
  /** How files about a sprint begin: `03`, of a team that counts its own sprints `api/03`. */
  placeOf(sprint: SprintName): string;
  /** A kept report with what posts and sprint files say today; see `withTeamWords`. */
  inTeamWords(report: Report): Report;
  /**
   * The report with what was planned and billed, where the team has a budget; with `at`, epoch ms, without what is charged
   * for later. Errors: ContentError.
   */
  withBudget(report: Report, at?: number): Promise<Report>;
  /** Exclusive end of a sprint, epoch milliseconds. */
  endOf(sprint: SprintName): number;
  reportOf(sprint: SprintName): Report;
  all(): Report[];
  close(): void;
}
