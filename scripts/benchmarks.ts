import type { BuildBenchRow } from "../site/bench/build.ts";

/** One measured value. `note`: how it was measured, what it is held against, what the aim is. */
export interface Measured {
  what: string;
  value: number;
  unit: string;
  /** Against the yardstick of the same run; null where there is none. */
  ratio: number | null;
  note: string;
}

/** What was asked of a benchmark. */
export interface Asked {
  /** Small: to see that it runs, not to quote. */
  quick: boolean;
  /** How long one that may run long is to run; null: as long as it does by itself. */
  minutes: number | null;
  /** Sprints of each site that is built; null: the sizes it has by itself. */
  sprints: number[] | null;
  /** Readings a second that are fanned out; null: those it has by itself. */
  rates: number[] | null;
}

/** Every benchmark by name. Each runs in a process of its own, so that its memory is its own; loaded when asked for. */
export const benchmarks: Record<string, (asked: Asked) => Promise<Measured[]>> = {
  history: async ({ quick }) => {
    const { benchHistory } = await import("../tracker/bench/history-bench.ts");
    const rows = await benchHistory(quick ? { issues: 2000, sprints: 10, boards: 50 } : {});
    return rows.map(({ what, value, unit, aim, ratio }) => ({
      what,
      value,
      unit,
      ratio,
      note: aim === null ? "" : `aim ${aim}`,
    }));
  },
  reading: async ({ quick }) => {
    const { benchReading, readingBenchDefaults } = await import("../tracker/bench/reading.ts");
    const small = { ...readingBenchDefaults, issues: 2000, sprints: 10, rounds: 1 };
    return benchReading(quick ? small : readingBenchDefaults);
  },
  repositories: async ({ quick }) => {
    const { benchRepositories, repositoriesBenchDefaults } = await import("../tracker/bench/repositories.ts");
    const small = { ...repositoriesBenchDefaults, issues: 2000, sprints: 10, rounds: 1 };
    return benchRepositories(quick ? small : repositoriesBenchDefaults);
  },
  "start-up": async ({ quick }) => {
    const { benchStartUp, startUpBenchDefaults } = await import("../tracker/bench/start-up.ts");
    return benchStartUp(quick ? { rounds: 1 } : startUpBenchDefaults).map((row) => ({ ...row, unit: "ms" }));
  },
  forecast: async ({ quick }) => {
    const { backTest } = await import("../tracker/bench/forecast-backtest.ts");
    const inPercent = (share: number | null) => (share === null ? Number.NaN : Math.round(share * 1000) / 10);
    return (await backTest(quick ? { steady: 200, periods: [4] } : {})).flatMap((row) => [
      {
        what: `85% band, how many: ${row.what}`,
        value: inPercent(row.howMany),
        unit: "%",
        ratio: null,
        note: `${row.made} forecasts, ${row.refused} refused; not calibrated ${inPercent(row.uncalibrated)}%`,
      },
      { what: `85% band, when: ${row.what}`, value: inPercent(row.when), unit: "%", ratio: null, note: "" },
    ]);
  },
  build: async ({ quick, sprints }) => {
    const { benchBuild, buildBenchDefaults } = await import("../site/bench/build.ts");
    const sizes = sprints ?? (quick ? [3] : buildBenchDefaults.sizes);
    return (await benchBuild({ ...buildBenchDefaults, sizes })).flatMap(buildRows);
  },
  ingest: async ({ quick }) => {
    const { benchIngest, ingestBenchDefaults } = await import("../demo/bench/ingest.ts");
    const small = { ...ingestBenchDefaults, readings: 20_000, rounds: 1 };
    return (await benchIngest(quick ? small : ingestBenchDefaults)).map(perSecond);
  },
  fanout: async ({ quick }) => {
    const { benchFrames, framesDefaults } = await import("../demo/bench/fanout/frames.ts");
    const small = { viewers: 20, frames: 30, rounds: 1 };
    const size = { ...framesDefaults, ...(quick ? small : {}) };
    const rows: Measured[] = [];
    // A frame of twenty milliseconds at 2,000 readings a second, and each reading in a frame of its own.
    for (const batch of [40, 1]) {
      for (const row of await benchFrames({ ...size, batch }, progress)) {
        const what = `frames of ${batch}: ${row.name}`;
        rows.push(
          {
            what: `${what}, server's processor`,
            value: row.cpuPerMillion,
            unit: "s/million",
            ratio: row.cpuRatio,
            note: `for a million frames delivered to ${size.viewers} viewers, median of ${size.rounds}; ratio to ours`,
          },
          { what: `${what}, delivered`, value: row.perSecond, unit: "/s", ratio: null, note: "frames" },
        );
      }
    }
    return rows;
  },
  "fanout-rates": async ({ quick, rates }) => {
    const { benchRates, ratesDefaults } = await import("../demo/bench/fanout/rates.ts");
    const size = quick ? { ...ratesDefaults, rates: [10, 1000], viewers: 20, seconds: 1 } : ratesDefaults;
    const rows = await benchRates({ ...size, rates: rates ?? size.rates }, progress);
    return rows.map(({ name, rate, viewers, isBatched, cpuPerMillion, perSecond, share }) => ({
      what: `${rate} readings/s, ${isBatched ? "messages of 20 ms" : "one a message"}: ${name}, server's processor`,
      value: cpuPerMillion,
      unit: "s/million",
      ratio: cpuPerMillion / (ours(rows, rate, isBatched)?.cpuPerMillion ?? Number.NaN),
      note: `for a million readings delivered to ${viewers} viewers; ${percent(share)} delivered, ${Math.round(perSecond).toLocaleString("en")}/s; ratio to ours`,
    }));
  },
  "fanout-slow": async ({ quick }) => {
    const { benchSlow, slowDefaults } = await import("../demo/bench/fanout/slow.ts");
    const size = quick ? { ...slowDefaults, viewers: 10, slow: 2, seconds: 2 } : slowDefaults;
    return (await benchSlow(size)).map((row) => ({
      what: `${size.slow} of ${size.viewers} viewers slow: ${row.name}`,
      value: 100 * row.fastMean,
      unit: "% to the others",
      ratio: null,
      note:
        `least ${percent(row.fastLeast)}; the slow ${percent(row.slowMean)} and ${percent(row.slowConflated)} as latest values, ` +
        `${row.slowBehind.toFixed(1)} s behind, cut ${row.slowCuts} times; server's processor ${row.cpuPerMillion.toFixed(2)} s/million readings, ` +
        `its memory ${(row.grown / 2 ** 20).toFixed(0)} MiB more`,
    }));
  },
  "fanout-storm": async ({ quick }) => {
    const { benchStorm, stormDefaults } = await import("../demo/bench/fanout/storm.ts");
    const size = quick ? { ...stormDefaults, viewers: 20 } : stormDefaults;
    return (await benchStorm(size)).map((row) => ({
      what: `${size.viewers} viewers cut and back: ${row.name}`,
      value: row.caughtUpSeconds ?? Number.NaN,
      unit: "s until all caught up",
      ratio: null,
      note: `${percent(row.share)} delivered, ${row.withGaps} viewers with gaps, server's processor ${row.cpu.toFixed(2)} s`,
    }));
  },
  soak: async ({ quick, minutes }) => {
    const { benchSoak, SOAK_RULE, soakDefaults } = await import("../demo/bench/soak.ts");
    const size = { ...soakDefaults, ...(quick ? { rate: 500, viewers: 10 } : {}) };
    const rows = await benchSoak({ ...size, minutes: minutes ?? (quick ? 0.5 : soakDefaults.minutes) });
    return rows.map(({ name, unit, firstHalf, secondHalf, ratio, isFlat }) => {
      const scale = unit === "bytes" ? 2 ** 20 : 1;
      return {
        what: `${name}, second half`,
        value: secondHalf / scale,
        unit: unit === "bytes" ? "MiB" : "readings",
        ratio,
        note: `${isFlat ? "FLAT" : "GROWS"} (${SOAK_RULE}); first half ${(firstHalf / scale).toFixed(0)}`,
      };
    });
  },
  cost: async ({ quick }) => {
    const { benchCost, costBenchDefaults } = await import("../demo/bench/cost.ts");
    const { MOST_FRAMES } = await import("../demo/cost/sizes.ts");
    const small = { seconds: 1, warmUpSeconds: 1, viewers: 10, crowd: 30, series: 500, span: 60 };
    const costs = await benchCost(quick ? small : costBenchDefaults);
    const row = (what: string, value: number, unit: string, note = "") => ({
      what,
      value,
      unit,
      ratio: null,
      note,
    });
    const perFrames = (ofFrame: number, ofReading: number) =>
      1000 * (MOST_FRAMES * ofFrame + 1000 * ofReading);
    return [
      row("processor, whatever the readings", costs.cpuBase, "s/s", "50 requests a second"),
      row(
        "processor, per 1,000 readings/s",
        1000 * costs.cpuPerReading,
        "s/s",
        "ingest to bus, rollups, anomalies",
      ),
      row(
        "processor, per 1,000 viewers of 1,000 readings/s",
        perFrames(costs.cpuPerFrame, costs.cpuPerReadingSeen),
        "s/s",
        `${MOST_FRAMES} frames a second`,
      ),
      row(
        "sent, per 1,000 viewers of 1,000 readings/s",
        perFrames(costs.bytesPerFrame, costs.bytesPerReadingSeen) / 1e6,
        "MB/s",
      ),
      row("memory, of a server with 200 series", costs.memoryBase / 1e6, "MB"),
      row("memory, per 1,000 viewers", (1000 * costs.memoryPerViewer) / 1e6, "MB"),
      row("memory, per 1,000 series", (1000 * costs.memoryPerSeries) / 1e6, "MB"),
      row("disk, per 1,000 readings/s kept a day", (86_400_000 * costs.diskPerReading) / 1e9, "GB", "SQLite"),
      row("disk, per 1,000 series of a day's seconds", (86_400_000 * costs.diskPerSecond) / 1e9, "GB"),
      row("disk, per 1,000 series of 90 days' minutes", (129_600_000 * costs.diskPerMinute) / 1e9, "GB"),
    ];
  },
  latency: async ({ quick }) => {
    const { benchLatency } = await import("../demo/bench/latency.ts");
    const size = quick ? { viewers: 20, sampled: 5, seconds: 2 } : {};
    const rows = [await benchLatency(size), await benchLatency({ ...size, stalled: quick ? 5 : 100 })];
    return rows.flatMap((row) => [
      { what: `${row.name}, p50`, value: row.p50, unit: "ms", ratio: null, note: row.note },
      { what: `${row.name}, p99`, value: row.p99, unit: "ms", ratio: null, note: "aim ≤ 50" },
      ...(row.mibPerStalled === null
        ? []
        : [
            {
              what: `${row.name}, memory per stalled viewer`,
              value: row.mibPerStalled,
              unit: "MiB",
              ratio: null,
              note: "aim ≤ 1; growth of the process over the run",
            },
          ]),
    ]);
  },
};

/** One line that is written over, on a terminal alone. */
function progress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${what}`);
}

/** Wall clock, and processor time where the system tells it: the one for people, the other whatever else runs. */
function buildRows({ sprints, pages, bare, warm, cold }: BuildBenchRow): Measured[] {
  const size = `${sprints} sprints, ${pages} pages`;
  const builds = [
    { what: "bare Astro", took: bare, note: "as many pages, the same text in Markdown" },
    { what: "site again", took: warm, note: "aim ≤ 2" },
    { what: "site first", took: cold, note: "aim ≤ 5, all pictures drawn" },
  ];
  const rowsOf = (time: "wall" | "processor", suffix: string) =>
    builds.flatMap(({ what, took, note }) => {
      const [value, yardstick] = [took[time], bare[time]];
      return value === null || yardstick === null
        ? []
        : [{ what: `${what}, ${size}${suffix}`, value, unit: "s", ratio: value / yardstick, note }];
    });
  return [...rowsOf("wall", ""), ...rowsOf("processor", ", processor")];
}

const perSecond = (row: { name: string; perSecond: number; ratio: number; note: string }): Measured => ({
  what: row.name,
  value: row.perSecond,
  unit: "/s",
  ratio: row.ratio,
  note: row.note,
});

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

const ours = <Row extends { rate: number; isBatched: boolean }>(
  rows: Row[],
  rate: number,
  isBatched: boolean,
) => rows.find((row) => row.rate === rate && row.isBatched === isBatched);
