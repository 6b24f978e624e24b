import { Command } from "commander";
import { Temporal } from "temporal-polyfill";
import { dayOf } from "../core/model/calendar.ts";
import type { Flow } from "../core/model/flow.ts";
import { type SprintName, sprintArgument } from "../core/model/sprint.ts";
import { UsageError } from "../errors.ts";
import type { Verb } from "../io.ts";
import { renderForecast } from "../render/text/forecast.ts";
import { type ForecastQuestion, forecastFrom, questionOfSprint, usualForecast } from "../reports/forecast.ts";
import { type OpenReports, openReports } from "../reports/open-reports.ts";
import { parseSprint, parseTeamInstant, parseWhole } from "./arguments.ts";
import { formatOf, jsonText, lookOf, type ReadingOptions, readingOptions } from "./reading-options.ts";
import { sprintOfTeam, teamOption } from "./team.ts";

interface Options extends ReadingOptions {
  by?: string;
  tasks?: string;
  sprint?: string;
  team?: string;
  period: string;
  weeks?: string;
  seed: string;
  at?: string;
}

export const forecastVerb: Verb = (io) =>
  readingOptions(
    teamOption(new Command("forecast"))
      .description(
        "Says how many tasks will be finished by a day, and when so many are finished, as 50%, 85% and 95% of " +
          "simulated runs over past throughput. It refuses where the past is too short or too unsteady to tell.",
      )
      .option("--by <day>", "how many tasks are finished by the end of this day: 2026-12-18")
      .option("--tasks <count>", "when so many tasks are finished")
      .option("--sprint <number>", "both, for the end and the open tasks of this sprint")
      .option(
        "--period <weeks>",
        "weeks of one period of the past; longer where little is finished a week",
        "1",
      )
      .option(
        "--weeks <count>",
        `how many weeks of the past are drawn from; without it, ${usualForecast.periods} periods`,
      )
      .option("--seed <number>", "the same seed gives the same runs", "1")
      .option("--at <instant>", "as it stood then: 2026-03-05T14:30:00Z, or local time in the team's zone"),
    "sprintcast/forecast@1",
    ["json"],
  )
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast forecast --by 2026-12-18\n  $ sprintcast forecast --tasks 12\n  $ sprintcast forecast --sprint 7 --json",
    )
    .action(async (options: Options) => {
      const format = formatOf(options);
      const periodWeeks = parseWhole(options.period, "--period", { from: 1, to: 52 });
      const weeks =
        options.weeks === undefined
          ? usualForecast.periods * periodWeeks
          : parseWhole(options.weeks, "--weeks", { from: 1, to: 999 });
      const seed = parseWhole(options.seed, "--seed", { from: 0, to: 2 ** 31 - 1 });
      const source = await openReports(io, options);
      try {
        const sprint =
          options.sprint === undefined
            ? null
            : parseSprint(options.sprint, { ...source, team: options.team });
        const teamOf = sprintOfTeam(source, sprint, options.team);
        const zone = teamOf === undefined ? source.timeZone : source.zoneOf(teamOf);
        const asOf = options.at === undefined ? undefined : parseTeamInstant(options.at, zone);
        const forecast = forecastFrom(source, { weeks, periodWeeks, seed, asOf, teamOf }, (flow) =>
          questionOf(options, sprint, source, flow),
        );
        io.out(format === "json" ? jsonText(forecast) : renderForecast(forecast, lookOf(io)));
      } finally {
        source.close();
      }
    });

/** What is asked. Throws UsageError `forecast-question` where nothing is, or where a sprint and a day are at once. */
function questionOf(
  options: Options,
  sprint: SprintName | null,
  source: OpenReports,
  flow: Flow,
): ForecastQuestion {
  const asOf = Date.parse(flow.to);
  if (sprint === null) {
    if (options.by === undefined && options.tasks === undefined)
      throw new UsageError(
        "forecast-question",
        "say what to forecast: a day, a number of tasks or a sprint",
        {
          hint: "Ask with --by 2026-12-18, --tasks 12, or --sprint 7.",
        },
      );
    const tasks =
      options.tasks === undefined ? null : parseWhole(options.tasks, "--tasks", { from: 1, to: 9999 });
    const by = options.by === undefined ? null : parseDay(options.by, dayOf(asOf, flow.timeZone));
    return { by, tasks, sprint: null };
  }
  if (options.by !== undefined || options.tasks !== undefined)
    throw new UsageError("forecast-question", "--sprint says day and number itself", {
      hint: "Leave --by and --tasks out, or ask without --sprint.",
    });
  if (source.endOf(sprint) <= asOf)
    throw new UsageError("forecast-question", `sprint ${sprint} is over: there is nothing to forecast`, {
      hint: `See its outcome: npx sprintcast report ${sprintArgument(sprint)}`,
    });
  return questionOfSprint(source, sprint, flow);
}

/** Throws UsageError `bad-day`. */
function parseDay(text: string, today: string): string {
  let day: string | null = null;
  try {
    day = /^\d{4}-\d{2}-\d{2}$/.test(text)
      ? Temporal.PlainDate.from(text, { overflow: "reject" }).toString()
      : null;
  } catch {}
  if (day === null)
    throw new UsageError("bad-day", `--by ${JSON.stringify(text)} is not a day`, {
      hint: "Write it as 2026-12-18.",
    });
  if (day <= today)
    throw new UsageError("bad-day", `--by ${day} is not to come: the last sync was on ${today}`, {
      hint: "Name a later day, or an earlier instant with --at.",
    });
  return day;
}
