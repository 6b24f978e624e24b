import { Command } from "commander";
import { instantText } from "../core/model/days.ts";
import type { Board } from "../core/model/report.ts";
import { namedSprint, type SprintName } from "../core/model/sprint.ts";
import type { Io, Verb } from "../io.ts";
import { sprintTitle } from "../render/format.ts";
import { type BoardHead, renderBoard } from "../render/text/board.ts";
import { type BoardSource, openBoards, type Places } from "../reports/open-boards.ts";
import { parseSprint, parseTeamInstant } from "./arguments.ts";
import { formatOf, type Printable, printAs, type ReadingOptions, readingOptions } from "./reading-options.ts";
import { sprintTeamOption, sprintToName } from "./team.ts";

interface Options extends ReadingOptions {
  team?: string;
  at?: string;
}

export const boardVerb: Verb = (io) =>
  readingOptions(
    sprintTeamOption(new Command("board"))
      .description("Prints a sprint's board as it was at a given time, replayed from the issues' events.")
      .argument("<sprint>", sprintToName)
      .option(
        "--at <instant>",
        "start, end, or an instant: 2026-03-05T14:30:00Z, or local time in the team's zone; " +
          "without it, the end, or now while the sprint runs",
      ),
    "sprintcast/board@1",
    ["md", "csv", "json", "html"],
  )
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast board 3 --at start\n  $ sprintcast board 3 --at 2019-10-25T12:00\n" +
        "  $ sprintcast board 3 --json | jq '.lanes[].days'",
    )
    .action(async (sprint: string, options: Options) => {
      const format = formatOf(options);
      const source = await openBoards(io, options);
      try {
        const name = parseSprint(sprint, { ...source, team: options.team });
        const asked =
          options.at ?? (source.endOf(name) <= io.now() ? "end" : new Date(io.now()).toISOString());
        const board =
          source.hasHistory || (asked !== "start" && asked !== "end")
            ? boardAt(io, source, name, asked)
            : await keptBoard(io, options, name, asked);
        const known = source.sprintOf(name);
        const head = {
          ...namedSprint(known),
          title: known.title,
          timeZone: source.zoneOf(name),
          asked,
        };
        await printAs(io, format, printableOf(head, board));
      } finally {
        source.close();
      }
    });

function boardAt(io: Io, source: BoardSource, name: SprintName, asked: string): Board {
  if (asked === "start" || asked === "end") return source.sprintBoard(name, asked);
  const at = parseTeamInstant(asked, source.zoneOf(name));
  const known = source.knownUntil;
  if (known === null || at <= known) return source.boardAt(name, at);
  io.err(`sprintcast: the last sync was at ${instantText(known)}; this is the board at that time\n`);
  return source.boardAt(name, known);
}

/** The board of the report that was kept, where there is no database. */
async function keptBoard(io: Io, places: Places, name: SprintName, which: "start" | "end"): Promise<Board> {
  const { openReports } = await import("../reports/open-reports.ts");
  const { reportToShow } = await import("../reports/current-report.ts");
  const source = await openReports(io, places);
  try {
    return (await reportToShow(io, source, name)).boards[which];
  } finally {
    source.close();
  }
}

const printableOf = (head: BoardHead, board: Board): Printable => ({
  json: {
    schema: "sprintcast/board@1",
    sprint: head.number,
    ...(head.team === undefined ? {} : { team: head.team }),
    ...board,
  },
  text: (look) => renderBoard(head, board, look),
  csv: async () => (await import("../render/csv.ts")).boardCsv(head, board),
  document: async () => (await import("../render/markdown.ts")).boardDocument(head, board),
  title: sprintTitle(head),
});
