import { Command } from "commander";
import type { Report } from "../core/model/report.ts";
import { UsageError } from "../errors.ts";
import type { Io, Verb } from "../io.ts";
import type { ChartOptions } from "../render/charts/charts.ts";
import { isDebtFigure } from "../render/figures/figures.ts";
import { renderDebt } from "../render/text/debt.ts";
import { type Look, safeText } from "../render/text/terminal.ts";
import { reportToShow } from "../reports/current-report.ts";
import { type OpenReports, openReports } from "../reports/open-reports.ts";
import { parseTeamInstant } from "./arguments.ts";
import {
  formatOf,
  type Printable,
  pictureWords,
  printAs,
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
        const several = byTeam(reports).length > 1;
        if (several && ["md", "html", "svg", "png"].includes(format))
          throw new UsageError("team-needed", `--format ${format} shows the ledger of one team`, {
            hint: `Name it with --team: ${source.content.settings.teams.map(({ name }) => name).join(", ")}.`,
          });
        await printAs(io, format, printableOf(reports, source));
      } finally {
        source.close();
      }
    });

/** Sprints that had begun, in order. */
async function reportsOf(io: Io, source: OpenReports, { at, team }: Options): Promise<Report[]> {
  const isWanted = isOfTeam(source, team);
  const until = at === undefined ? io.now() : parseTeamInstant(at, source.timeZone);
  const begun = source.names.filter((name) => isWanted(name) && source.sprintOf(name).start <= until);
  if (at !== undefined) return begun.map((name) => source.reportAsOf(name, until));
  const reports: Report[] = [];
  for (const name of begun) reports.push(await reportToShow(io, source, name));
  return reports;
}

function printableOf(reports: Report[], source: OpenReports): Printable {
  const drawn = async (options: Omit<ChartOptions, "id">) =>
    (await import("../render/charts/charts.ts")).renderDebt(reports, { id: "debt", ...options });
  return {
    json: {
      schema: "sprintcast/debt@1",
      repository: source.repository,
      ...(source.repositories.length < 2 ? {} : { repositories: source.repositories }),
      sprints: reports.map((report) => {
        const { number, team, end } = report.sprint;
        const known = Object.entries(report.provenance).filter(([name]) => isDebtFigure(name));
        return {
          sprint: number,
          ...(team === undefined ? {} : { team }),
          end,
          ...report.debt,
          // Reports that were frozen long ago do not say how their ledger is known.
          ...(known.length === 0 ? {} : { provenance: Object.fromEntries(known) }),
        };
      }),
    },
    text: (look) => textOf(reports, look),
    csv: async () => (await import("../render/csv.ts")).debtCsv(reports),
    document: async () => (await import("../render/markdown.ts")).debtDocument(reports),
    title: "Technical debt",
    charts: async () => [await drawn({})],
    svg: () => drawn({ standalone: true, words: pictureWords(source.content) }),
  };
}

/** A ledger a team, each under its name where there are several. */
function textOf(reports: Report[], look: Look): string {
  const teams = byTeam(reports);
  if (teams.length < 2) return renderDebt(reports, look);
  return teams
    .map(({ team, reports: own }) => `${safeText(team ?? "No team")}\n\n${renderDebt(own, look)}`)
    .join("\n");
}
