import { openBudgets, type WithBudget } from "../content/budgets.ts";
import { keptReport, numbersAreShared, reportedSprint, reportFile } from "../content/kept-reports.ts";
import type { Post } from "../content/parse.ts";
import { sprintPlace } from "../content/sprint-place.ts";
import { withTeamWords } from "../content/team-words.ts";
import { computeFlow } from "../core/flow/compute-flow.ts";
import { instantText } from "../core/model/days.ts";
import type { Flow } from "../core/model/flow.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import type { IssueLife } from "../core/model/issue-life.ts";
import type { ClosingPulls } from "../core/model/notes.ts";
import type { Report } from "../core/model/report.ts";
import { type SprintName, sprintArgument, sprintName } from "../core/model/sprint.ts";
import { computeReport } from "../core/report/compute-report.ts";
import { type IssueInReport, keyOfRef, withRefs } from "../core/report/issue-refs.ts";
import { UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { forNextQuestion } from "./archive.ts";
import { closingPulls } from "./closing-pulls.ts";
import { flowInput } from "./flow-input.ts";
import { issueLife, issueNamed } from "./issue-life.ts";
import { type BoardSource, openWith, type Places } from "./open-boards.ts";
import { type ReportArchive, withWords } from "./report-archive.ts";
import { reportInput } from "./report-input.ts";

export interface FlowOptions {
  /** How many whole weeks, where no sprint is named. */
  weeks: number;
  /** Epoch ms; absent: up to when history is known. */
  asOf?: number | undefined;
  /** A sprint: of its team alone, where there are several. */
  teamOf?: SprintName | undefined;
}

/** What a team wrote, and its history where there is one. Close it. */
export interface OpenReports extends ReportSource, BoardSource {
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
}

/**
 * Opens content and database. Errors: ContentError where something the team wrote is wrong, or `repository-differs`
 * where the database holds another repository than the settings name; StoreError.
 */
export async function openReports(io: Io, places: Places): Promise<OpenReports> {
  const { archives, ...boards } = await openWith(io, places, withWords);
  const { content, sprintOf } = boards;
  const { sprints, settings } = content;
  const isShared = numbersAreShared(content);
  let budgets: Promise<WithBudget> | null = null;
  const everything = (): ReportArchive => archives().all;
  const history = (name: SprintName): ReportArchive => archives().of(name);
  const reportOf = (name: SprintName, asOf?: number): Report =>
    computeReport(reportInput(forNextQuestion(history(name)), sprintOf(name), asOf));
  return {
    ...boards,
    contentDir: content.dir,
    repository: settings.repository,
    repositories: settings.repositories,
    timeZone: settings.timeZone,
    posts: content.posts,
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
      const archive = whose === undefined ? everything() : archives().ofTeam(whose);
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
  };
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
