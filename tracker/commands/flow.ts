import { Command, Option } from "commander";
import type { Flow } from "../core/model/flow.ts";
import type { Verb } from "../io.ts";
import { flowTitle } from "../render/flow-rows.ts";
import { renderFlow } from "../render/text/flow.ts";
import { openReports } from "../reports/open-reports.ts";
import type { Words } from "../words/words.ts";
import { parseSprint, parseTeamInstant, parseWhole } from "./arguments.ts";
import {
  formatOf,
  type Printable,
  pictureWords,
  printAs,
  type ReadingOptions,
  readingOptions,
} from "./reading-options.ts";
import { sprintOfTeam, sprintToName, teamOption } from "./team.ts";

const chartNames = ["times", "ageing", "throughput", "cumulative"] as const;
type ChartName = (typeof chartNames)[number];

interface Options extends ReadingOptions {
  at?: string;
  weeks: string;
  team?: string;
  chart: ChartName;
}

export const flowVerb: Verb = (io) =>
  readingOptions(
    teamOption(new Command("flow"))
      .description(
        "Prints how work flows through the board, of one sprint or of all tasks in the newest weeks: cycle and lead " +
          "time, time in each lane, throughput per week, the age of work in progress, and cumulative flow.",
      )
      .argument("[sprint]", `${sprintToName}; without it, all tasks of the newest weeks`)
      .option(
        "--weeks <count>",
        "how many whole weeks before the present one, where no sprint is named",
        "26",
      )
      .option("--at <instant>", "as it stood then: 2026-03-05T14:30:00Z, or local time in the team's zone")
      .addOption(
        new Option("--chart <name>", "which chart --format svg or png draws")
          .choices(chartNames)
          .default("times"),
      ),
    "sprintcast/flow@1",
    ["md", "csv", "json", "html", "svg", "png"],
  )
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast flow\n  $ sprintcast flow 3 --json\n  $ sprintcast flow --weeks 12 --format csv\n" +
        "  $ sprintcast flow 3 --format svg --chart ageing > ageing.svg",
    )
    .action(async (sprint: string | undefined, options: Options) => {
      const format = formatOf(options);
      const weeks = parseWhole(options.weeks, "--weeks", { from: 1, to: 999 });
      const source = await openReports(io, options);
      try {
        const name = sprint === undefined ? null : parseSprint(sprint, { ...source, team: options.team });
        const teamOf = sprintOfTeam(source, name, options.team);
        const zone = teamOf === undefined ? source.timeZone : source.zoneOf(teamOf);
        const asOf = options.at === undefined ? undefined : parseTeamInstant(options.at, zone);
        const flow = source.flowOf(name, { weeks, asOf, teamOf });
        await printAs(io, format, printableOf(flow, options.chart, pictureWords(source.content)));
      } finally {
        source.close();
      }
    });

function printableOf(flow: Flow, chart: ChartName, words: Words): Printable {
  const id = flow.sprint === null ? "flow" : `sprint-${flow.sprint.number}-flow`;
  return {
    json: flow,
    text: (look) => renderFlow(flow, look),
    csv: async () => (await import("../render/csv.ts")).flowCsv(flow),
    document: async () => (await import("../render/flow-document.ts")).flowDocument(flow),
    title: flowTitle(flow),
    charts: async () => {
      const charts = await loadCharts();
      return chartNames.map((name) => charts[name](flow, { id: `${id}-${name}` }));
    },
    svg: async () => (await loadCharts())[chart](flow, { id, standalone: true, words }),
  };
}

/** Loaded where a chart is drawn: most flows are read in the terminal. */
async function loadCharts() {
  const charts = await import("../render/charts/charts.ts");
  return {
    times: charts.renderFlowTimes,
    ageing: charts.renderAgeing,
    throughput: charts.renderThroughput,
    cumulative: charts.renderCumulative,
  } satisfies Record<ChartName, unknown>;
}
