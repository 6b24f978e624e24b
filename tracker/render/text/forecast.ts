import { fewestPeriods } from "../../core/forecast/refusal.ts";
import type { Band, Forecast } from "../../core/model/forecast.ts";
import { counted, daysText, shareText, sprintInWords } from "../format.ts";
import { type Column, plain, renderTable, safeText, type TableOptions, wrapCell } from "./terminal.ts";

const right = (title: string): Column => ({ title, align: "right" });

/** The forecast, or why there is none, and the sample that it rests on. */
export function renderForecast(forecast: Forecast, options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  const wrapped = (text: string) => wrapCell(safeText(text), width);
  const { sprint, refused, howMany, when, sample, provenance } = forecast;
  const title = sprint === null ? "Forecast" : `Forecast for ${sprintInWords(sprint)}`;
  return `${[
    ...wrapped(title).map((line) => paint("bold", line)),
    ...(refused === null
      ? []
      : wrapped(`No forecast (${refused.reason}): ${refused.text}`).map((line) => paint("yellow", line))),
    ...(howMany === null && when === null ? [] : ["", bands(forecast, { width, paint })]),
    "",
    paint("bold", "Sample"),
    sampleTable(forecast, { width, paint }),
    ...wrapped(sampleText(forecast)).map((line) => paint("dim", line)),
    ...(refused === null
      ? wrapped(
          `${forecast.runs.toLocaleString("en-GB")} runs, seed ${forecast.seed}: each draws periods from the sample, with replacement.`,
        ).map((line) => paint("dim", line))
      : []),
    ...(refused === null ? wrapped(levelsText(forecast)) : []).map((line) => paint("dim", line)),
    ...(sample.length < fewestPeriods ? [] : wrapped(recordText(forecast))).map((line) => paint("dim", line)),
    ...(provenance === "replayed" ? [] : [paint("dim", `The sample is ${provenance}.`)]),
  ].join("\n")}\n`;
}

/** How many periods there are and what is usual in one, where they are enough to tell. */
function sampleText({ sample, stability: { mean, lower, upper } }: Forecast): string {
  const average = `${counted(sample.length, "whole period")}, ${counted(mean, "task")} a period on average`;
  return sample.length < fewestPeriods
    ? `${average}.`
    : `${average}, expected between ${daysText(lower)} and ${daysText(upper)}.`;
}

/** What the 85% rest on, where that is more than 85% of the runs. */
function levelsText({ levels: { p85 } }: Forecast): string {
  return p85 <= 0.85
    ? "The 85% are those of the runs."
    : `Earlier forecasts held less often than claimed, so the 85% rest on ${shareText(p85)} of the runs.`;
}

/** What such forecasts were worth before. */
function recordText({ trackRecord: { made, held, periodsAhead } }: Forecast): string {
  if (made === 0) return "There is no earlier forecast of this kind yet to compare with what happened.";
  const all = counted(made, "earlier forecast");
  return `Of ${all} of this kind, for ${counted(periodsAhead, "period")} each, the 85% number held in ${held} (${shareText(held / made)}).`;
}

function bands({ howMany, when }: Forecast, options: TableOptions): string {
  const cells = <T>({ p50, p85, p95 }: Band<T>) => [p50, p85, p95].map(String);
  const rows = [
    ...(howMany === null ? [] : [[`Tasks finished by ${howMany.by}, at least`, ...cells(howMany.tasks)]]),
    ...(when === null ? [] : [[`${counted(when.tasks, "task")} finished by`, ...cells(when.by)]]),
  ];
  return renderTable(
    [{ title: "Chance", flexible: true, min: 20 }, ...["50%", "85%", "95%"].map(right)],
    rows,
    options,
  );
}

function sampleTable({ sample, stability }: Forecast, options: TableOptions): string {
  const { paint = plain } = options;
  const highest = Math.max(1, ...sample.map(({ finished }) => finished));
  const rows = sample.map(({ firstDay, lastDay, finished }) => {
    const signal = stability.signals.find((one) => one.firstDay === firstDay);
    return [
      firstDay,
      lastDay,
      String(finished),
      paint("green", "█".repeat(Math.round((finished / highest) * 20))),
      signal === undefined ? "" : paint("yellow", signal.kind),
    ];
  });
  return renderTable(
    [
      { title: "From" },
      { title: "To" },
      right("Finished"),
      { title: "" },
      { title: "", flexible: true, min: 12 },
    ],
    rows,
    options,
  );
}
