import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleOf } from "../core/forecast/compute-forecast.ts";
import { fewestPeriods, refusalOf } from "../core/forecast/refusal.ts";
import { bandOf, daysUntil, finishedWithin } from "../core/forecast/simulate.ts";
import { stabilityOf } from "../core/forecast/stability.ts";
import { ahead, levelsFrom, neededShare, type Trial } from "../core/forecast/track-record.ts";
import type { SamplePeriod } from "../core/model/forecast.ts";
import type { TaskKind } from "../core/model/rules.ts";
import { run } from "../program.ts";
import { openReports } from "../reports/open-reports.ts";
import { quietIo } from "../testing/quiet-io.ts";
import { randomOf } from "../testing/random.ts";
import { sharedData, unpackBackup } from "../testing/shared-data.ts";

/** How often the 85% band held. */
export interface BackTest {
  what: string;
  /** Forecasts made, and how many were refused as unsteady or sparse. */
  made: number;
  refused: number;
  /** Share (0..1) of those made in which at least the 85% number was finished; null: none was made. */
  howMany: number | null;
  /** Share in which the tasks were done by the 85% day. */
  when: number | null;
  /** The share of numbers that held without what earlier forecasts taught: what calibration is worth. */
  uncalibrated: number | null;
}

const window = 13;
const week = 7 * 24 * 3_600_000;

interface Outcome {
  isRefused: boolean;
  hits: boolean;
  /** Without what earlier forecasts taught. */
  hitsAsClaimed: boolean;
  inTime: boolean;
}

const share = (outcomes: readonly Outcome[], of: (outcome: Outcome) => boolean): number | null =>
  outcomes.length === 0 ? null : outcomes.filter(of).length / outcomes.length;

/** Makes forecasts in the order of time, each from `past` for the next periods, and holds them against what came. */
function forecaster(periodWeeks: number) {
  const trials: Trial[] = [];
  return (now: number, past: readonly SamplePeriod[], next: readonly number[]): Outcome => {
    const counts = past.map(({ finished }) => finished);
    const simulation = { counts, periodDays: 7 * periodWeeks, runs: 2000, seed: now + 1 };
    const { periodDays } = simulation;
    const levels = levelsFrom(trials, now);
    const isRefused = refusalOf(past, stabilityOf(past), periodWeeks) !== null;
    const values = finishedWithin(ahead * periodDays, simulation);
    const came = next.slice(0, ahead).reduce((sum, count) => sum + count, 0);
    if (!isRefused) trials.push({ now, needed: neededShare(values, came) });
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const tasks = Math.max(1, Math.round(mean * ahead));
    const due = bandOf(daysUntil(tasks, simulation), false, levels).p85;
    const doneBy = next.reduce((sum, count, index) => {
      const days = Math.min(Math.max(due - index * periodDays, 0), periodDays);
      return sum + Math.floor((count * days) / periodDays);
    }, 0);
    return {
      isRefused,
      hits: came >= bandOf(values, true, levels).p85,
      hitsAsClaimed: came >= bandOf(values, true).p85,
      inTime: doneBy >= tasks,
    };
  };
}

function summed(what: string, outcomes: readonly Outcome[]): BackTest {
  const made = outcomes.filter(({ isRefused }) => !isRefused);
  return {
    what,
    made: made.length,
    refused: outcomes.length - made.length,
    howMany: share(made, ({ hits }) => hits),
    when: share(made, ({ inTime }) => inTime),
    uncalibrated: share(made, ({ hitsAsClaimed }) => hitsAsClaimed),
  };
}

/** A real repository, asked at the end of each period of its life as it was known then. */
async function backTestRepository(
  folder: string,
  name: string,
  count: TaskKind,
  periodWeeks: number,
): Promise<BackTest> {
  const home = mkdtempSync(join(tmpdir(), "sprintcast-backtest-"));
  try {
    mkdirSync(join(home, "content"), { recursive: true });
    writeFileSync(
      join(home, "content/settings.yml"),
      `repository: ${name}\ntimeZone: UTC\ncount: ${count}\n`,
    );
    const io = quietIo({ cwd: home, now: Date.now() });
    if ((await run(["sync", "--backup", folder], io, "")) !== 0) throw new Error(io.printed.err);
    const source = await openReports(io, { db: ".sprintcast/sprintcast.db", content: "content" });
    const asOf = source.knownUntil ?? io.now();
    const came = sampleOf(source.flowOf(null, { weeks: 999 }).weeks, periodWeeks);
    const forecast = forecaster(periodWeeks);
    const outcomes = came.flatMap(({ firstDay }, index): Outcome[] => {
      const next = came.slice(index).map(({ finished }) => finished);
      const at = Date.parse(`${firstDay}T00:00Z`);
      if (next.length < ahead || at > asOf) return [];
      const known = source.flowOf(null, { weeks: window * periodWeeks, asOf: at });
      const past = sampleOf(known.weeks, periodWeeks);
      if (past.length < fewestPeriods || past.every(({ finished }) => finished === 0)) return [];
      return [forecast(index, past, next)];
    });
    source.close();
    return summed(`${name}, ${count}, ${periodWeeks === 1 ? "weeks" : `${periodWeeks} weeks`}`, outcomes);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** A process whose pace never changes: Poisson counts of one mean. What is left is the error of the method itself. */
function backTestSteady(mean: number, periods: number, seed: number): BackTest {
  const random = randomOf(seed);
  const counts = Array.from({ length: periods }, () => poisson(mean, random));
  const sample = counts.map((finished, index): SamplePeriod => {
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    return { firstDay: day(index * week), lastDay: day((index + 1) * week - 1), finished };
  });
  const forecast = forecaster(1);
  const outcomes = sample.slice(window, -2 * ahead).map((_, index) => {
    const at = index + window;
    return forecast(at, sample.slice(at - window, at), counts.slice(at, at + 60));
  });
  return summed(`steady pace of ${mean} a week (made up)`, outcomes);
}

/** Knuth's way: how many uniform numbers can be multiplied before e^−mean is passed. */
function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let product = random(); product > Math.exp(-mean); product *= random()) count += 1;
  return count;
}

/** A real repository, where it is at hand, and made-up ones whose pace never changes. */
export async function backTest({ steady = 2000, periods = [1, 2, 4] } = {}): Promise<BackTest[]> {
  const made = [2, 5, 12].map((mean) => backTestSteady(mean, steady, mean));
  if (!sharedData().hasBackup) return made;
  const backup = unpackBackup();
  try {
    const real: BackTest[] = [];
    for (const count of ["issues", "pulls", "both"] as const)
      for (const periodWeeks of periods)
        real.push(await backTestRepository(backup.folder, "bitcoin-core/gui", count, periodWeeks));
    return [...real, ...made];
  } finally {
    backup.remove();
  }
}
