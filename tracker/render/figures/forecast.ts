import type { Forecast } from "../../core/model/forecast.ts";

interface ForecastFigure {
  label: string;
  title: string;
  definition: string;
  more?: string;
}

const table = {
  sample: {
    label: "sample",
    title: "Sample",
    definition:
      "Tasks finished in each whole period of the past: weeks from Monday to Sunday, the newest 13.",
    more: "A longer period joins weeks. Weeks before the repository's first issue are none.",
  },
  howMany: {
    label: "how many by a day",
    title: "How many",
    definition:
      "At least so many tasks are finished by the end of that day, in 50%, 85% and 95% of 10,000 runs.",
    more: "Each run draws a past of its own from the sample, and periods from that, all with replacement; the rest of a period counts by its days.",
  },
  when: {
    label: "when so many are done",
    title: "When",
    definition:
      "So many tasks are finished by the end of that day at the latest, in 50%, 85% and 95% of 10,000 runs.",
  },
  stability: {
    label: "limits",
    title: "Limits",
    definition: "Mean ± 2.66 × mean moving range of the sample, as an XmR chart has them.",
    more: "A period outside of them, or eight in a row on one side of the mean, says that the pace has changed.",
  },
  levels: {
    label: "shares",
    title: "Shares of runs",
    definition:
      "The shares of runs that the bands rest on: 50%, 85% and 95%, or more where earlier forecasts needed more to hold that often.",
    more: "Told by the forecasts of the track record that could be held against what came, where there are at least 10 (conformal calibration).",
  },
  trackRecord: {
    label: "track record",
    title: "Track record",
    definition:
      "In how many forecasts made in the same way before, each for four periods, at least the 85% number was finished.",
    more: "Over the last 104 periods, those left out that are refused. Near 85% of them is what is claimed.",
  },
} satisfies Partial<Record<keyof Forecast, ForecastFigure>>;

export type ForecastFigureKey = keyof typeof table;

/** The one table of the figures of forecasts: every output and docs/figures.md read it. */
export const forecastFigures: Record<ForecastFigureKey, ForecastFigure> = table;

export const forecastFigureKeys = Object.keys(table) as ForecastFigureKey[];
