import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Post } from "../content/parse.ts";
import { type Content, readContent } from "../content/read.ts";
import { rulesOf } from "../content/settings-schema.ts";
import { withTeamWords } from "../content/team-words.ts";
import { computeFlow } from "../core/flow/compute-flow.ts";
import type { Flow } from "../core/model/flow.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import type { IssueLife } from "../core/model/issue-life.ts";
import type { Board, Report } from "../core/model/report.ts";
import type { Sprint } from "../core/model/sprint.ts";
import { computeBoard } from "../core/report/board.ts";
import { computeReport } from "../core/report/compute-report.ts";
import { type BoardRules, compileRules } from "../core/report/issue-view.ts";
import { markTest } from "../core/report/membership.ts";
import { computeSprintBoard } from "../core/report/sprint-boards.ts";
import { ContentError, exitCodes, StoreError, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { openStore } from "../store/open.ts";
import { type Archive, openArchive } from "./archive.ts";
import { boardIssues, sprintBoardsInput } from "./board-input.ts";
import { flowInput } from "./flow-input.ts";
import { issueLife } from "./issue-life.ts";
import { reportInput } from "./report-input.ts";

export interface Places {
  /** Database file, relative to the working directory. */
  db: string;
  /** Content folder, relative to the working directory. */
  content: string;
}

/** What a team wrote, and its history where there is one. Close it. */
export interface OpenReports extends ReportSource {
  content: Content;
  sprintOf(number: number): Sprint;
  /** Up to when history is known, epoch ms; null where there is none. */
  knownUntil: number | null;
  /** The report as it stood at an instant, epoch ms. Errors as `boardAt`; UsageError `before-sprint`. */
  reportAsOf(sprint: number, asOf: number): Report;
  /** How work flows in one sprint, or in the newest weeks (`sprint` null). Errors as `boardAt`; UsageError `before-sprint`. */
  flowOf(sprint: number | null, options: { weeks: number; asOf?: number | undefined }): Flow;
  /** One issue's life, frozen figures where there are such. Errors as `boardAt`; UsageError `no-such-issue`. */
  issueLife(number: number): IssueLife;
  /** Timelines by number, of the issues that are there. Errors as `boardAt`. */
  timelinesOf(numbers: readonly number[]): IssueTimeline[];
  /** Any instant, epoch ms. Errors: StoreError `store-missing` where there is no history. */
  boardAt(sprint: number, at: number): Board;
  /** The board of a sprint's report, without the rest of it. Errors as `boardAt`. */
  sprintBoard(sprint: number, which: "start" | "end"): Board;
}

/**
 * Opens content and database. Errors: ContentError where something the team wrote is wrong, or `repository-differs`
 * where the database holds another repository than the settings name; StoreError.
 */
export async function openReports(io: Io, places: Places): Promise<OpenReports> {
  const content = await readContent(resolve(io.cwd, places.content));
  const file = resolve(io.cwd, places.db);
  const archive = existsSync(file) ? openHistory(file, content, places.db, io) : null;
  const { sprints, settings } = content;
  const sprintOf = (number: number): Sprint => {
    const found = sprints.find(({ sprint }) => sprint.number === number);
    if (found === undefined) throw new RangeError(`no sprint ${number}`);
    return found.sprint;
  };
  const history = (): Archive => {
    if (archive !== null) return archive;
    throw new StoreError(
      "store-missing",
      existsSync(file) ? `${places.db} has no history yet` : `there is no database ${places.db}`,
      {
        hint: "Run npx sprintcast sync first, or give the right file with --db.",
        exitCode: exitCodes.usage,
      },
    );
  };
  const reportOf = (number: number, asOf?: number): Report =>
    computeReport(reportInput(history(), sprintOf(number), asOf));
  return {
    content,
    contentDir: content.dir,
    repository: settings.repository,
    timeZone: settings.timeZone,
    numbers: sprints.map(({ sprint }) => sprint.number),
    posts: content.posts,
    hasHistory: archive !== null,
    inTeamWords: (report) => {
      const others = content.reports.filter(({ sprint }) => sprint.number !== report.sprint.number);
      return withTeamWords(content, content.posts, [...others, report]).at(-1) ?? report;
    },
    endOf: (number) => sprintOf(number).end,
    knownUntil: archive?.asOf ?? null,
    sprintOf,
    reportOf: (number) => reportOf(number),
    reportAsOf: (number, asOf) => {
      const { start } = sprintOf(number);
      if (asOf < start) throw notBegun(number, start, asOf);
      return reportOf(number, Math.min(asOf, history().asOf));
    },
    flowOf(number, { weeks, asOf = history().asOf }) {
      const sprint = number === null ? null : sprintOf(number);
      if (sprint !== null && asOf < sprint.start) throw notBegun(sprint.number, sprint.start, asOf);
      return computeFlow(flowInput(history(), sprint, { weeks, asOf: Math.min(asOf, history().asOf) }));
    },
    issueLife: (number) =>
      issueLife(
        history(),
        number,
        (sprint) =>
          content.reports.find((report) => report.frozen !== null && report.sprint.number === sprint) ??
          reportOf(sprint),
      ),
    timelinesOf: (numbers) => history().store.timelines({ numbers, pullRequests: true }),
    all: () => sprints.map(({ sprint }) => reportOf(sprint.number)),
    boardAt: (number, at) => boardOf(history(), sprintOf(number), at),
    sprintBoard(number, which) {
      const sprint = sprintOf(number);
      return computeSprintBoard(sprintBoardsInput(history(), sprint), which, rulesFor(history(), sprint));
    },
    close: () => archive?.store.close(),
  };
}

function notBegun(number: number, start: number, asOf: number): UsageError {
  const iso = (at: number) => new Date(at).toISOString();
  return new UsageError(
    "before-sprint",
    `sprint ${number} begins at ${iso(start)}: at ${iso(asOf)} there is nothing to report yet`,
    { hint: `To see the board at that time: npx sprintcast board ${number} --at ${iso(asOf)}` },
  );
}

/** null where no sync ever brought anything: zeros would look like figures. */
function openHistory(file: string, content: Content, shown: string, io: Io): Archive | null {
  const store = openStore(file, { mustExist: true });
  try {
    const known = store.repository();
    const { repository } = content.settings;
    if (known === null) {
      store.close();
      return null;
    }
    if (known.toLowerCase() !== repository.toLowerCase()) {
      throw new ContentError(
        "repository-differs",
        shown,
        `it has the history of ${known}, but settings.yml names ${repository}`,
        {
          hint: "Sync the repository that settings.yml names, or name its own database with --db (and its content with --content).",
        },
      );
    }
    store.refresh();
    return openArchive(store, content, io.now());
  } catch (error) {
    store.close();
    throw error;
  }
}

const rulesFor = ({ content, milestones }: Archive, { mark }: Sprint): BoardRules =>
  compileRules(rulesOf(content.settings), markTest(mark, milestones));

function boardOf(archive: Archive, sprint: Sprint, at: number): Board {
  const { settings } = archive.content;
  const { timelines, family, hidden } = boardIssues(archive, sprint, at);
  return computeBoard(timelines, at, rulesFor(archive, sprint), {
    links: settings.links,
    backlogLimit: 20,
    backlogHidden: hidden,
    family,
  });
}

/** The reports of a team's sprints as history and content say them now. */
export interface ReportSource {
  contentDir: string;
  repository: string;
  timeZone: string;
  /** Sprints described in the content folder, by start. */
  numbers: number[];
  /** Their posts. */
  posts: Post[];
  /** false: there is no database, so nothing can be computed; `reportOf` throws. */
  hasHistory: boolean;
  /** A kept report with what posts and sprint files say today; see `withTeamWords`. */
  inTeamWords(report: Report): Report;
  /** Exclusive end of a sprint, epoch milliseconds. */
  endOf(sprint: number): number;
  reportOf(sprint: number): Report;
  all(): Report[];
  close(): void;
}
