import { Command } from "commander";
import type { Board } from "../core/model/report.ts";
import type { Io, Verb } from "../io.ts";
import { type BoardHead, renderBoard } from "../render/text/board.ts";
import { reportToShow } from "../reports/current-report.ts";
import { type OpenReports, openReports } from "../reports/open-reports.ts";
import { parseSprintNumber, parseTeamInstant } from "./arguments.ts";
import { formatOf, type Printable, printAs, type ReadingOptions, readingOptions } from "./reading-options.ts";

interface Options extends ReadingOptions {
  at?: string;
}

export const boardVerb: Verb = (io) =>
  readingOptions(
    new Command("board")
      .description("Prints a sprint's board as it was at a given time, replayed from the issues' events.")
      .argument("<sprint>", "number of the sprint")
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
      const source = await openReports(io, options);
      try {
        const number = parseSprintNumber(sprint, source.numbers);
        const asked =
          options.at ?? (source.endOf(number) <= io.now() ? "end" : new Date(io.now()).toISOString());
        const board = await boardAt(io, source, number, asked);
        const { title } = source.sprintOf(number);
        const head = { number, title, timeZone: source.zoneOf(number), asked };
        await printAs(io, format, printableOf(head, board));
      } finally {
        source.close();
      }
    });

async function boardAt(io: Io, source: OpenReports, number: number, asked: string): Promise<Board> {
  if (asked === "start" || asked === "end") {
    if (!source.hasHistory) return (await reportToShow(io, source, number)).boards[asked];
    return source.sprintBoard(number, asked);
  }
  const at = parseTeamInstant(asked, source.zoneOf(number));
  const known = source.knownUntil;
  if (known === null || at <= known) return source.boardAt(number, at);
  io.err(
    `sprintcast: the last sync was at ${new Date(known).toISOString()}; this is the board at that time\n`,
  );
  return source.boardAt(number, known);
}

const printableOf = (head: BoardHead, board: Board): Printable => ({
  json: { schema: "sprintcast/board@1", sprint: head.number, ...board },
  text: (look) => renderBoard(head, board, look),
  csv: async () => (await import("../render/csv.ts")).boardCsv(head.number, board),
  document: async () => (await import("../render/markdown.ts")).boardDocument(head, board),
  title: `Sprint ${head.number}: ${head.title}`,
});
