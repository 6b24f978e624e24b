import { Command } from "commander";
import type { IssueTimeline } from "../core/model/interval.ts";
import type { Report } from "../core/model/report.ts";
import { isOver } from "../core/report/is-over.ts";
import { issueNameOf } from "../core/report/issue-refs.ts";
import { restatementOf } from "../core/report/restated.ts";
import { unitField } from "../core/report/unit.ts";
import type { Io, Verb } from "../io.ts";
import {
  definitionIn,
  type FigureKey,
  type FigureRow,
  figureKeys,
  figures,
  labelIn,
  nameOf,
  numberText,
  rowsNote,
  rowUnitIn,
  valueText,
} from "../render/figures/figures.ts";
import { type Explained, explanationTitle, renderExplanation } from "../render/text/explain.ts";
import { reportToShow } from "../reports/current-report.ts";
import { openReports } from "../reports/open-reports.ts";
import { parseFigure, parseSprint, parseTeamInstant } from "./arguments.ts";
import { formatOf, type Printable, printAs, type ReadingOptions, readingOptions } from "./reading-options.ts";
import { sprintTeamOption, sprintToName } from "./team.ts";

interface Options extends ReadingOptions {
  team?: string;
  at?: string;
}

export const explainVerb: Verb = (io) =>
  readingOptions(
    sprintTeamOption(new Command("explain"))
      .description(
        "Lists what a figure of a sprint is based on: every issue, its value, why it counts, and the event that shows it.",
      )
      .argument("<sprint>", sprintToName)
      .argument("<figure>", `name of the figure: ${figureKeys.map(nameOf).join(", ")}`)
      .option("--at <instant>", "as it stood then: 2026-03-05T14:30:00Z, or local time in the team's zone"),
    "sprintcast/explanation@1",
    ["md", "csv", "json", "html"],
  )
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast explain 3 committed\n  $ sprintcast explain 3 say-do --json",
    )
    .action(async (sprint: string, name: string, options: Options) => {
      const format = formatOf(options);
      const key = parseFigure(name);
      const source = await openReports(io, options);
      try {
        const asked = parseSprint(sprint, { ...source, team: options.team });
        const report =
          options.at === undefined
            ? await reportToShow(io, source, asked)
            : source.reportAsOf(asked, parseTeamInstant(options.at, source.zoneOf(asked)));
        const figure = figures[key];
        const rows = figure.rows(report);
        const silent = rows.filter((row) => row.eventId === null && row.at !== null);
        const timelines = source.hasHistory
          ? source.timelinesOf(asked, silent)
          : new Map<string, IssueTimeline>();
        const explained: Explained = {
          ...explainedSprint(report),
          figure: key,
          label: labelIn(figure, !isOver(report)),
          value: valueText(figure, report),
          definition: definitionIn(figure, report) + rowsNote(figure),
          rows: rows.map((row) => ({ ...row, eventId: row.eventId ?? eventAt(row, timelines) })),
          ...unitField(rowUnitIn(figure, report)),
          timeZone: source.zoneOf(asked),
        };
        warnOfRestatement(io, report, key);
        await printAs(io, format, printableOf(explained));
      } finally {
        source.close();
      }
    });

const explainedSprint = ({ sprint: { number, team } }: Report) => ({
  sprint: number,
  ...(team === undefined ? {} : { team }),
});

/** A frozen figure that later history contradicts is explained as it was frozen; what history says now stands beside it. */
function warnOfRestatement(io: Io, report: Report, key: FigureKey): void {
  const restated = restatementOf(report);
  const change = restated?.changes.find(({ figure }) => figure.split(".").at(-1) === key);
  if (!restated || !change) return;
  const [frozen, now] = [change.frozen, change.now].map((value) => numberText(figures[key], value));
  io.err(`sprintcast: restated on ${restated.at.slice(0, 10)}: frozen ${frozen}, now ${now}\n`);
}

/** The event that began or ended something of the issue at the very instant the row names. */
function eventAt(row: FigureRow, timelines: ReadonlyMap<string, IssueTimeline>): number | null {
  const at = Date.parse(row.at ?? "");
  const intervals = timelines.get(issueNameOf(row))?.intervals ?? [];
  const began = intervals.find((i) => i.from === at && i.startEvent !== null && i.attribute !== "title");
  return began?.startEvent ?? intervals.find((i) => i.to === at && i.endEvent !== null)?.endEvent ?? null;
}

const printableOf = (explained: Explained): Printable => ({
  json: { schema: "sprintcast/explanation@1", ...explained },
  text: (look) => renderExplanation(explained, look),
  csv: async () => (await import("../render/csv.ts")).explanationCsv(explained),
  document: async () => (await import("../render/markdown.ts")).explanationDocument(explained),
  title: explanationTitle(explained),
});
