import { Command, Option } from "commander";
import { numbersAreShared } from "../content/kept-reports.ts";
import type { Content } from "../content/read.ts";
import { sprintPage } from "../content/sprint-place.ts";
import type { Report } from "../core/model/report.ts";
import type { Verb } from "../io.ts";
import { sprintTitle } from "../render/format.ts";
import { renderReport } from "../render/text/report.ts";
import { reportToShow } from "../reports/current-report.ts";
import { openReports } from "../reports/open-reports.ts";
import type { Words } from "../words/words.ts";
import { parseSprint, parseTeamInstant } from "./arguments.ts";
import {
  formatOf,
  jsonText,
  type Printable,
  pictureWords,
  printAs,
  type ReadingOptions,
  readingOptions,
} from "./reading-options.ts";
import { sprintTeamOption, sprintToName } from "./team.ts";

const chartNames = ["burndown", "burnup", "effort", "estimation", "capacity"] as const;
type ChartName = (typeof chartNames)[number];

interface Options extends ReadingOptions {
  team?: string;
  at?: string;
  chart: ChartName;
}

export const reportVerb: Verb = (io) =>
  readingOptions(
    sprintTeamOption(new Command("report"))
      .description(
        "Prints the report of a sprint: effort, unexpected work, carry-over, freezebox, technical debt and promises. " +
          "A frozen report is shown as it was frozen, as long as history agrees with it.",
      )
      .argument("<sprint>", sprintToName)
      .option("--at <instant>", "as it stood then: 2026-03-05T14:30:00Z, or local time in the team's zone")
      .addOption(
        new Option("--chart <name>", "which chart --format svg or png draws")
          .choices(chartNames)
          .default("burndown"),
      ),
    "sprintcast/report@1",
    ["md", "csv", "json", "html", "svg", "png", "slack", "teams"],
  )
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast report 3\n  $ sprintcast report api/3\n  $ sprintcast report 3 --json\n" +
        "  $ sprintcast report 3 --format html > sprint-3.html\n" +
        "  $ sprintcast report 3 --format png --chart effort > effort.png\n" +
        '  $ sprintcast report 3 --format slack | curl --json @- "$SLACK_WEBHOOK"',
    )
    .action(async (sprint: string, options: Options) => {
      const format = formatOf(options);
      const source = await openReports(io, options);
      try {
        const name = parseSprint(sprint, { ...source, team: options.team });
        const at = options.at === undefined ? null : parseTeamInstant(options.at, source.zoneOf(name));
        const report =
          at === null
            ? await reportToShow(io, source, name)
            : await source.withBudget(source.reportAsOf(name, at), at);
        if (format === "slack" || format === "teams")
          io.out(await renderMessage(format, report, source.content));
        else await printAs(io, format, printableOf(report, options.chart, pictureWords(source.content)));
      } finally {
        source.close();
      }
    });

function printableOf(report: Report, chart: ChartName, words: Words): Printable {
  const id = `sprint-${report.sprint.number}`;
  return {
    json: report,
    text: (look) => renderReport(report, look),
    csv: async () => (await import("../render/csv.ts")).reportCsv(report),
    document: async () => (await import("../render/markdown.ts")).reportDocument(report),
    title: sprintTitle(report.sprint),
    charts: async () => {
      const charts = await loadCharts();
      return (["effort", "burndown", "burnup", "estimation"] as const).map((name) =>
        charts[name](report, { id: `${id}-${name}` }),
      );
    },
    svg: async () => (await loadCharts())[chart](report, { id, standalone: true, words }),
  };
}

/** The report as a message, with a link to its page where the settings say where the site stands. */
async function renderMessage(format: "slack" | "teams", report: Report, content: Content): Promise<string> {
  const base = content.settings.url?.replace(/\/+$/, "");
  const page = base === undefined ? null : base + sprintPage(report.sprint, numbersAreShared(content));
  const { slackMessage, teamsMessage } = await import("../render/messages/messages.ts");
  return jsonText(format === "slack" ? slackMessage(report, page) : teamsMessage(report, page));
}

/** Loaded where a chart is drawn: most reports are read in the terminal. */
async function loadCharts() {
  const charts = await import("../render/charts/charts.ts");
  return {
    burndown: charts.renderBurndown,
    burnup: charts.renderBurnup,
    effort: charts.renderEffort,
    estimation: charts.renderEstimation,
    capacity: charts.renderCapacity,
  } satisfies Record<ChartName, unknown>;
}
