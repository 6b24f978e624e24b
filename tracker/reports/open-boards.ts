import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Content, readContent } from "../content/read.ts";
import { settingsOfTeam } from "../content/settings-schema.ts";
import type { Board } from "../core/model/report.ts";
import { type Sprint, type SprintName, sprintName } from "../core/model/sprint.ts";
import { computeBoard } from "../core/report/board.ts";
import { withRefs } from "../core/report/issue-refs.ts";
import { type BoardRules, compileRules } from "../core/report/issue-view.ts";
import { markTest } from "../core/report/membership.ts";
import { computeSprintBoard } from "../core/report/sprint-boards.ts";
import type { Io } from "../io.ts";
import { type Archive, forNextQuestion } from "./archive.ts";
import { type Archives, noHistory, openArchives } from "./archives.ts";
import { boardIssues, rulesAt, sprintBoardsInput } from "./board-input.ts";

export interface Places {
  /** Database file, relative to the working directory. */
  db: string;
  /** Content folder, relative to the working directory. */
  content: string;
}

/** What boards are made of. Close it. */
export interface BoardSource {
  content: Content;
  /** Sprints described in the content folder, by start. */
  names: SprintName[];
  /** false: there is no database, so nothing can be computed. */
  hasHistory: boolean;
  sprintOf(name: SprintName): Sprint;
  /** Exclusive end of a sprint, epoch milliseconds. */
  endOf(sprint: SprintName): number;
  /** The time zone of the team that works a sprint. */
  zoneOf(sprint: SprintName): string;
  /** Up to when history is known, epoch ms; null where there is none. */
  knownUntil: number | null;
  /** Any instant, epoch ms. Errors: StoreError `store-missing` where there is no history. */
  boardAt(sprint: SprintName, at: number): Board;
  /** The board of a sprint's report, without the rest of it. Errors as `boardAt`. */
  sprintBoard(sprint: SprintName, which: "start" | "end"): Board;
  close(): void;
}

/** Boards, and the archives that they are made from. */
export interface OpenArchives<A extends Archive> extends BoardSource {
  /** Errors as `boardAt`. */
  archives(): Archives<A>;
}

/** Opens content and database for boards alone: what people wrote in words is not read. Errors as `openReports`. */
export const openBoards = (io: Io, places: Places): Promise<BoardSource> =>
  openWith(io, places, (archive) => archive);

/** The same for more than boards. `make`: what that asks of an archive. */
export async function openWith<A extends Archive>(
  io: Io,
  places: Places,
  make: (archive: Archive) => A,
): Promise<OpenArchives<A>> {
  const content = await readContent(resolve(io.cwd, places.content));
  const file = resolve(io.cwd, places.db);
  const opened = existsSync(file) ? openArchives(file, content, places.db, io, make) : null;
  const { sprints, settings } = content;
  const archives = (): Archives<A> => {
    if (opened !== null) return opened;
    throw noHistory(file, places.db, settings.repositories);
  };
  const sprintOf = (name: SprintName): Sprint => {
    const found = sprints.find(({ sprint }) => sprintName(sprint) === name);
    if (found === undefined) throw new RangeError(`no sprint ${name}`);
    return found.sprint;
  };
  return {
    content,
    names: sprints.map(({ sprint }) => sprintName(sprint)),
    hasHistory: opened !== null,
    sprintOf,
    endOf: (name) => sprintOf(name).end,
    zoneOf: (name) => settingsOfTeam(settings, sprintOf(name).team ?? null).timeZone,
    knownUntil: opened?.all.asOf ?? null,
    archives,
    boardAt: (name, at) => boardOf(forNextQuestion(archives().of(name)), sprintOf(name), at),
    sprintBoard(name, which) {
      const sprint = sprintOf(name);
      const archive = archives().of(name);
      const board = computeSprintBoard(sprintBoardsInput(archive, sprint), which, rulesFor(archive, sprint));
      return withRefs(board, archive.repositories);
    },
    close: () => opened?.close(),
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
