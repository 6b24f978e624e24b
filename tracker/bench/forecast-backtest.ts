import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleOf } from "../core/forecast/compute-forecast.ts";
import { fewestPeriods, refusalOf } from "../core/forecast/refusal.ts";
import { bandOf, daysUntil, finishedWithin } from "../core/forecast/simulate.ts";
import { stabilityOf } from "../core/forecast/stability.ts";
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
  /** The same over all, those that are refused included: what the refusal is worth. */
  unguarded: number | null;
}

const window = 13;
const ahead = 4;
const week = 7 * 24 * 3_600_000;

interface Trial {
  isRefused: boolean;
  hits: boolean;
  inTime: boolean;
}

const share = (trials: readonly Trial[], of: (trial: Trial) => boolean): number | null =>
  trials.length === 0 ? null : trials.filter(of).length / trials.length;

/** A forecast from `past` for the next periods, held against what came. */
function trialOf(
  past: readonly SamplePeriod[],
  next: readonly number[],
  periodWeeks: number,
  seed: number,
): Trial {
  const counts = past.map(({ finished }) => finished);
  const simulation = { counts, periodDays: 7 * periodWeeks, runs: 2000, seed };
  const came = next.slice(0, ahead).reduce((sum, count) => sum + count, 0);
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const tasks = Math.max(1, Math.round(mean * ahead));
  const due = bandOf(daysUntil(tasks, simulation), false).p85;
  const { periodDays } = simulation;
  const doneBy = next.reduce((sum, count, index) => {
    const days = Math.min(Math.max(due - index * periodDays, 0), periodDays);
    return sum + Math.floor((count * days) / periodDays);
  }, 0);
  return {
    isRefused: refusalOf(past, stabilityOf(past), periodWeeks) !== null,
    hits: came >= bandOf(finishedWithin(ahead * periodDays, simulation), true).p85,
    inTime: doneBy >= tasks,
  };
}

function summed(what: string, trials: readonly Trial[]): BackTest {
  const made = trials.filter(({ isRefused }) => !isRefused);
  return {
    what,
    made: made.length,
    refused: trials.length - made.length,
    howMany: share(made, ({ hits }) => hits),
    when: share(made, ({ inTime }) => inTime),
    unguarded: share(trials, ({ hits }) => hits),
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
    const trials = came.flatMap(({ firstDay }, index): Trial[] => {
      const next = came.slice(index).map(({ finished }) => finished);
      const at = Date.parse(`${firstDay}T00:00Z`);
      if (next.length < ahead || at > asOf) return [];
      const known = source.flowOf(null, { weeks: window * periodWeeks, asOf: at });
      const past = sampleOf(known.weeks, periodWeeks);
      if (past.length < fewestPeriods || past.every(({ finished }) => finished === 0)) return [];
      return [trialOf(past, next, periodWeeks, index + 1)];
    });
    source.close();
    return summed(`${name}, ${count}, ${periodWeeks === 1 ? "weeks" : `${periodWeeks} weeks`}`, trials);
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
  const trials = sample.slice(window, -2 * ahead).map((_, index) => {
    const at = index + window;
    return trialOf(sample.slice(at - window, at), counts.slice(at), 1, at);
  });
  return summed(`steady pace of ${mean} a week (made up)`, trials);
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
