/** One measured value. `note`: how it was measured, what it is held against, what the aim is. */
export interface Measured {
  what: string;
  value: number;
  unit: string;
  /** Against the yardstick of the same run; null where there is none. */
  ratio: number | null;
  note: string;
}

/**
 * Every benchmark by name. Each runs in a process of its own, so that its memory is its own; loaded when asked for.
 * `quick` makes it small: to see that it runs, not to quote.
 */
export const benchmarks: Record<string, (quick: boolean) => Promise<Measured[]>> = {
  history: async (quick) => {
    const { benchHistory } = await import("../tracker/bench/history-bench.ts");
    const rows = await benchHistory(quick ? { issues: 2000, sprints: 10, boards: 50 } : {});
    return rows.map(({ what, value, unit, aim }) => ({
      what,
      value,
      unit,
      ratio: null,
      note: aim === null ? "" : `aim ${aim}`,
    }));
  },
  reading: async (quick) => {
    const { benchReading, readingBenchDefaults } = await import("../tracker/bench/reading.ts");
    const small = { ...readingBenchDefaults, issues: 2000, sprints: 10, rounds: 1 };
    return benchReading(quick ? small : readingBenchDefaults);
  },
  "start-up": async (quick) => {
    const { benchStartUp, startUpBenchDefaults } = await import("../tracker/bench/start-up.ts");
    return benchStartUp(quick ? { rounds: 1 } : startUpBenchDefaults).map((row) => ({ ...row, unit: "ms" }));
  },
  forecast: async (quick) => {
    const { backTest } = await import("../tracker/bench/forecast-backtest.ts");
    const percent = (share: number | null) => (share === null ? Number.NaN : Math.round(share * 1000) / 10);
    return (await backTest(quick ? { steady: 200, periods: [4] } : {})).flatMap((row) => [
      {
        what: `85% band, how many: ${row.what}`,
        value: percent(row.howMany),
        unit: "%",
        ratio: null,
        note: `${row.made} forecasts, ${row.refused} refused; not calibrated ${percent(row.uncalibrated)}%`,
      },
      { what: `85% band, when: ${row.what}`, value: percent(row.when), unit: "%", ratio: null, note: "" },
    ]);
  },
  build: async (quick) => {
    const { benchBuild, buildBenchDefaults } = await import("../site/bench/build.ts");
    const rows = await benchBuild(quick ? { ...buildBenchDefaults, sizes: [3] } : buildBenchDefaults);
    return rows.flatMap((row) => {
      const size = `${row.sprints} sprints, ${row.pages} pages`;
      return [
        {
          what: `bare Astro, ${size}`,
          value: row.bare,
          unit: "s",
          ratio: 1,
          note: "as many pages, the same text in Markdown",
        },
        { what: `site again, ${size}`, value: row.warm, unit: "s", ratio: row.warmRatio, note: "aim ≤ 2" },
        {
          what: `site first, ${size}`,
          value: row.cold,
          unit: "s",
          ratio: row.coldRatio,
          note: "aim ≤ 5, all pictures drawn",
        },
      ];
    });
  },
  ingest: async (quick) => {
    const { benchIngest, ingestBenchDefaults } = await import("../demo/bench/ingest.ts");
    const small = { ...ingestBenchDefaults, readings: 20_000, rounds: 1 };
    return (await benchIngest(quick ? small : ingestBenchDefaults)).map(perSecond);
  },
  fanout: async (quick) => {
    const { benchFanOut, fanOutBenchDefaults } = await import("../demo/bench/fanout.ts");
    const small = { viewers: 20, frames: 30, rounds: 1 };
    const size = { ...fanOutBenchDefaults, ...(quick ? small : {}) };
    // A frame of twenty milliseconds at 2,000 readings a second, and each reading in a frame of its own.
    const rows = [...(await benchFanOut(size)), ...(await benchFanOut({ ...size, batch: 1 }))];
    return rows.flatMap((row) => [
      perSecond(row),
      {
        what: `${row.name}, server's processor`,
        value: row.cpuPerMillion,
        unit: "s/million",
        ratio: null,
        note: "for a million frames delivered, system and user",
      },
    ]);
  },
  cost: async (quick) => {
    const { benchCost, costBenchDefaults } = await import("../demo/bench/cost.ts");
    const small = { seconds: 1, warmUpSeconds: 1, viewers: 10, series: 500, span: 60 };
    const costs = await benchCost(quick ? small : costBenchDefaults);
    const row = (what: string, value: number, unit: string, note = "") => ({
      what,
      value,
      unit,
      ratio: null,
      note,
    });
    const perFrames = (ofFrame: number, ofReading: number) => 1000 * (50 * ofFrame + 1000 * ofReading);
    return [
      row("processor, of a server that is given nothing", costs.cpuBase, "s/s"),
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
        "50 frames a second",
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
  latency: async (quick) => {
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

const perSecond = (row: { name: string; perSecond: number; ratio: number; note: string }): Measured => ({
  what: row.name,
  value: row.perSecond,
  unit: "/s",
  ratio: row.ratio,
  note: row.note,
});
