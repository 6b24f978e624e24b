import { Command } from "commander";
import type { Report } from "../core/model/report.ts";
import { UsageError } from "../errors.ts";
import type { Io, Verb } from "../io.ts";
import { renderDebt } from "../render/text/debt.ts";
import { safeText } from "../render/text/terminal.ts";
import { reportToShow } from "../reports/current-report.ts";
import { type OpenReports, openReports } from "../reports/open-reports.ts";
import { parseTeamInstant } from "./arguments.ts";
import {
  formatOf,
  jsonText,
  lookOf,
  printPng,
  type ReadingOptions,
  readingOptions,
} from "./reading-options.ts";
import { byTeam, isOfTeam, teamOption } from "./team.ts";

interface Options extends ReadingOptions {
  at?: string;
  team?: string;
}

export const debtVerb: Verb = (io) =>
  readingOptions(
    teamOption(new Command("debt"))
      .description("Prints the technical debt of all sprints, and the items that remain, oldest first.")
      .option("--at <instant>", "as it stood then: 2026-03-05T14:30:00Z, or local time in the team's zone"),
    "sprintcast/debt@1",
    ["md", "csv", "json", "html", "svg", "png"],
  )
    .addHelpText("after", "\nExamples:\n  $ sprintcast debt\n  $ sprintcast debt --format svg > debt.svg")
    .action(async (options: Options) => {
      const format = formatOf(options);
      const source = await openReports(io, options);
      try {
        const reports = await reportsOf(io, source, options);
        if (format === "png") await printPng(io, await renderAs("svg", reports, source, io));
        else io.out(await renderAs(format, reports, source, io));
      } finally {
        source.close();
      }
    });

/** Sprints that had begun, in order. */
async function reportsOf(io: Io, source: OpenReports, { at, team }: Options): Promise<Report[]> {
  const isWanted = isOfTeam(source, team);
  const until = at === undefined ? io.now() : parseTeamInstant(at, source.timeZone);
  const begun = source.numbers.filter((number) => isWanted(number) && source.sprintOf(number).start <= until);
  if (at !== undefined) return begun.map((number) => source.reportAsOf(number, until));
  const reports: Report[] = [];
  for (const number of begun) reports.push(await reportToShow(io, source, number));
  return reports;
}

async function renderAs(format: string, reports: Report[], source: OpenReports, io: Io): Promise<string> {
  const several = byTeam(reports).length > 1;
  if (several && ["md", "html", "svg"].includes(format))
    throw new UsageError("team-needed", `--format ${format} shows the ledger of one team`, {
      hint: `Name it with --team: ${source.content.settings.teams.map(({ name }) => name).join(", ")}.`,
    });
  switch (format) {
    case "json":
      return jsonText({
        schema: "sprintcast/debt@1",
        repository: source.repository,
        ...(source.repositories.length < 2 ? {} : { repositories: source.repositories }),
        sprints: reports.map(({ sprint: { number, team, end }, debt }) => ({
          sprint: number,
          ...(team === undefined ? {} : { team }),
          end,
          ...debt,
        })),
      });
    case "csv": {
      const { debtCsv } = await import("../render/csv.ts");
      return debtCsv(reports);
    }
    case "md": {
      const { debtDocument, renderMarkdown } = await import("../render/markdown.ts");
      return renderMarkdown(debtDocument(reports));
    }
    case "svg": {
      const charts = await import("../render/charts/charts.ts");
      return `${charts.renderDebt(reports, { id: "debt", standalone: true })}\n`;
    }
    case "html": {
      const charts = await import("../render/charts/charts.ts");
      const { debtDocument } = await import("../render/markdown.ts");
      const { renderHtml } = await import("../render/html.ts");
      return renderHtml("Technical debt", debtDocument(reports), [
        charts.renderDebt(reports, { id: "debt" }),
      ]);
    }
    default:
      if (!several) return renderDebt(reports, lookOf(io));
      return byTeam(reports)
        .map(({ team, reports: own }) => `${safeText(team ?? "No team")}\n\n${renderDebt(own, lookOf(io))}`)
        .join("\n");
  }
}
