import { setTimeout as sleep } from "node:timers/promises";
import { median } from "d3-array";
import { type Processes, startProcesses } from "../chaos/fleet-of-processes.ts";
import { findPostgres } from "../testing/start-postgres.ts";
import { findProgram } from "../testing/start-process.ts";
import { memoryOf } from "./usage.ts";
import { startViewers, type ViewersProcess } from "./viewers/start-viewers.ts";

export type SoakStore = "SQLite" | "PostgreSQL";

export interface SoakSettings {
  stores: SoakStore[];
  minutes: number;
  /** Readings a second. */
  rate: number;
  devices: number;
  viewers: number;
}

export const soakDefaults: SoakSettings = {
  stores: ["SQLite", "PostgreSQL"],
  minutes: 10,
  rate: 2000,
  devices: 100,
  viewers: 100,
};

/** What the median may grow by from the third quarter of a run to the last: a twentieth, and what is rounded up to. */
const MAY_GROW = { share: 0.05, bytes: 4 * 2 ** 20, readings: 2000 };
export const SOAK_RULE = "last quarter at most 5% and 4 MiB, or 1 s of readings, above the third";
/** Readings are kept for a fifth of the run, so that a steady state is reached well before its second half. */
const KEPT_SHARE = 1 / 5;
const SAMPLE_MS = 500;

/** One thing that must not grow for ever. */
export interface SoakRow {
  name: string;
  unit: "bytes" | "readings";
  firstHalf: number;
  secondHalf: number;
  /** The last quarter's median against the third one's. */
  ratio: number;
  isFlat: boolean;
}

/**
 * Runs feeder, eater and live view as processes of their own, with viewers that keep up, on each store in turn, and
 * watches from outside whether memory, database and what is kept level out.
 */
export async function benchSoak(settings: SoakSettings = soakDefaults): Promise<SoakRow[]> {
  const natsServer = findProgram("nats-server");
  if (!natsServer) return [];
  const rows: SoakRow[] = [];
  for (const store of settings.stores) {
    const postgres = store === "PostgreSQL" ? findPostgres() : null;
    if (store === "SQLite" || postgres) rows.push(...(await soak(store, settings, natsServer, postgres)));
  }
  return rows;
}

type Samples = Map<string, number[]>;

async function soak(
  store: SoakStore,
  { minutes, rate, devices, viewers }: SoakSettings,
  natsServer: string,
  postgres: string | null,
): Promise<SoakRow[]> {
  const keep = Math.round(minutes * 60_000 * KEPT_SHARE);
  const processes = await startProcesses({
    ...{ seed: 1, times: 0, rate, devices, viewers, natsServer, postgres },
    env: {
      SPRINTCAST_DEMO_KEEP_READINGS_MS: `${keep}`,
      SPRINTCAST_DEMO_KEEP_MINUTES_MS: `${keep}`,
      SPRINTCAST_DEMO_RETAIN_EVERY_MS: `${Math.ceil(keep / 24)}`,
    },
  });
  const port = Number(new URL(processes.liveUrl).port);
  const crowd = await startViewers({ dialect: "live", port, viewers });
  const samples: Samples = new Map();
  const end = performance.now() + minutes * 60_000;
  while (performance.now() < end) {
    await sample(samples, processes, crowd);
    await sleep(SAMPLE_MS);
  }
  const tallies = await crowd.tallies();
  await crowd.close();
  await processes.close();
  const rows = [...samples].map(([name, values]) => rowOf(`${store}: ${name}`, values));
  const missed = tallies.reduce((sum, tally) => sum + tally.missed, 0);
  const gone = tallies.filter(({ isOpen }) => !isOpen).length;
  // Viewers must have been shown all that time what came, or the run says little.
  if (missed > 0 || gone > 0) {
    process.stderr.write(
      `${store}: ${missed} readings missed by viewers, ${gone} of ${viewers} viewers gone\n`,
    );
  }
  return rows;
}

async function sample(samples: Samples, processes: Processes, crowd: ViewersProcess): Promise<void> {
  const note = (name: string, value: number) => {
    const values = samples.get(name) ?? [];
    values.push(value);
    samples.set(name, values);
  };
  for (const [program, pid] of processes.pids()) note(`memory of the ${program}`, memoryOf(pid));
  note("database", await processes.storeSize());
  const oldest = await processes.batchAfter(0, 1);
  const newest = Math.max(...(await crowd.tallies()).map(({ last }) => last));
  note("readings kept", oldest === null ? 0 : Math.max(0, newest - oldest.from + 1));
}

/** @param values in the order of time */
export function rowOf(name: string, values: number[]): SoakRow {
  const part = (from: number, to: number) =>
    median(values.slice(Math.floor(values.length * from), Math.floor(values.length * to))) ?? Number.NaN;
  const unit = name.endsWith("kept") ? "readings" : "bytes";
  const [third, last] = [part(0.5, 0.75), part(0.75, 1)];
  return {
    name,
    unit,
    firstHalf: part(0, 0.5),
    secondHalf: part(0.5, 1),
    ratio: last / third,
    isFlat: last <= third * (1 + MAY_GROW.share) + MAY_GROW[unit],
  };
}
