import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { sum } from "d3-array";
import type { Measured } from "../cost/measured.ts";
import { toColumns } from "../eater/columns.ts";
import { createCommitter } from "../eater/commit.ts";
import { openDatabase } from "../eater/database.ts";
import { createDeriver } from "../eater/derive.ts";
import { createSeenIndex } from "../eater/seen.ts";
import type { Reading } from "../protocol.ts";
import type { CostAnswer, CostQuestion } from "./cost-server.ts";
import { startViewers } from "./viewers/start-viewers.ts";

export interface CostBenchSettings {
  /** How long each load is measured, and left alone before that. */
  seconds: number;
  warmUpSeconds: number;
  viewers: number;
  /** So many more that what one takes stands out of what the server takes by itself. */
  crowd: number;
  series: number;
  /** Seconds of readings in the database whose size is measured. */
  span: number;
}

export const costBenchDefaults: CostBenchSettings = {
  seconds: 12,
  warmUpSeconds: 4,
  viewers: 200,
  crowd: 1200,
  series: 10_000,
  span: 600,
};

interface Load {
  /** A second. */
  readings: number;
  viewers: number;
  series: number;
}

/** Per second of the load: CPU in seconds; of each viewer frames, readings shown and bytes. Memory at its end, bytes. */
interface Usage {
  cpu: number;
  memory: number;
  frames: number;
  readings: number;
  bytes: number;
}

/** Measures a server under several loads, whose differences are what a reading, a frame and a viewer cost. */
export async function benchCost(settings: CostBenchSettings = costBenchDefaults): Promise<Measured> {
  const { viewers, crowd, series } = settings;
  const few = 200;
  const [little, much] = [100, 10_000];
  const under = (readings: number, watching = 0, known = few) =>
    measure({ readings, viewers: watching, series: known }, settings);
  const idle = await under(0);
  const some = await under(1000);
  const many = await under(much);
  const wide = await under(much, 0, series);
  const watched = await under(little, viewers);
  const crowded = await under(little, crowd);
  const fast = await under(much, viewers);

  const cpuPerReading = Math.max(0, (many.cpu - some.cpu) / (much - 1000));
  const cpuBase = Math.max(idle.cpu, some.cpu - 1000 * cpuPerReading);
  // Each against the same readings with fewer viewers or none, so that only viewers make the difference.
  const ofMore = (more: number, fewer: number, count: number) => Math.max(0, more - fewer) / count;
  const shares = (slowly: number, fastly: number) =>
    twoShares([crowded.frames, crowded.readings, slowly], [fast.frames, fast.readings, fastly]);
  const [cpuPerFrame, cpuPerReadingSeen] = shares(
    ofMore(crowded.cpu, watched.cpu, crowd - viewers),
    ofMore(fast.cpu, many.cpu, viewers),
  );
  const [bytesPerFrame, bytesPerReadingSeen] = shares(crowded.bytes, fast.bytes);
  return {
    on: `${new Date().toISOString().slice(0, 10)}, node ${process.version}, ${cpus()[0]?.model.trim() ?? "unknown processor"}`,
    ...{ cpuBase, cpuPerReading, cpuPerFrame, cpuPerReadingSeen, bytesPerFrame, bytesPerReadingSeen },
    memoryBase: many.memory,
    memoryPerViewer: ofMore(crowded.memory, watched.memory, crowd - viewers),
    memoryPerSeries: ofMore(wide.memory, many.memory, series - few),
    ...(await inFolder((folder) => diskOf(join(folder, "disk.db"), settings.span))),
  };
}

type Equation = [frames: number, readings: number, total: number];

/** What a frame and what a reading takes, out of two loads; nothing takes less than nothing. */
function twoShares([f1, r1, t1]: Equation, [f2, r2, t2]: Equation): [perFrame: number, perReading: number] {
  const determinant = f1 * r2 - f2 * r1;
  const perFrame = (t1 * r2 - t2 * r1) / determinant;
  const perReading = (f1 * t2 - f2 * t1) / determinant;
  if (perReading < 0) return [t2 / f2, 0];
  return perFrame < 0 ? [0, t2 / r2] : [perFrame, perReading];
}

async function measure(load: Load, settings: CostBenchSettings): Promise<Usage> {
  return inFolder(async (folder) => {
    const server = startServer();
    const place = await server.ask({ begin: { db: join(folder, "cost.db") } });
    if (place === "ended" || !("url" in place)) throw new TypeError("the server did not begin");
    const { url, token } = place;
    const port = Number(new URL(url).port);
    const watching =
      load.viewers > 0 ? await startViewers({ dialect: "live", port, viewers: load.viewers }) : null;
    const stop = new AbortController();
    const posting = load.readings > 0 ? post(url, token, load, stop.signal) : Promise.resolve();
    await sleep(settings.warmUpSeconds * 1000);
    const before = await server.usage();
    await watching?.mark();
    const began = performance.now();
    await sleep(settings.seconds * 1000);
    const after = await server.usage();
    const seconds = (performance.now() - began) / 1000;
    const bytes = (await watching?.received(0)) ?? 0;
    const shown = sum((await watching?.tallies()) ?? [], ({ readings }) => readings);
    stop.abort();
    await posting;
    await watching?.close();
    await server.ask("end");
    const each = Math.max(1, load.viewers) * seconds;
    return {
      cpu: (after.cpu - before.cpu) / seconds,
      memory: after.memory,
      frames: (after.frames - before.frames) / each,
      readings: shown / each,
      bytes: bytes / each,
    };
  });
}

function startServer() {
  const child: ChildProcess = fork(fileURLToPath(new URL("./cost-server.ts", import.meta.url)));
  const ask = (question: CostQuestion): Promise<CostAnswer> =>
    new Promise((resolve, reject) => {
      child.once("message", (answer) => resolve(answer as CostAnswer));
      child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
      child.send(question);
    });
  return {
    ask,
    async usage() {
      const answer = await ask("usage");
      if (answer === "ended" || !("cpu" in answer)) throw new TypeError("the server told no usage");
      return answer;
    },
  };
}

const POST_MS = 20;

/** Posts so many readings a second, in as even steps as the timer makes. */
async function post(
  url: string,
  token: string,
  { readings, series }: Load,
  stop: AbortSignal,
): Promise<void> {
  const began = performance.now();
  for (let sent = 0; !stop.aborted; await sleep(POST_MS)) {
    const due = Math.floor(((performance.now() - began) / 1000) * readings);
    if (due === sent) continue;
    const lines: string[] = [];
    for (; sent < due; sent += 1) {
      const seq = Math.floor(sent / series) + 1;
      const reading = {
        source: `device-${sent % series}`,
        seq,
        at: Date.now(),
        metric: "power",
        value: sent % 97,
      };
      lines.push(`${JSON.stringify(reading)}\n`);
    }
    const headers = { "content-type": "application/x-ndjson", authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/ingest`, { method: "POST", headers, body: lines.join("") });
    if (response.status !== 200) throw new Error(`ingest answered ${response.status}`);
    await response.arrayBuffer();
  }
}

/** Bytes of a row in the eater's database, each series with one reading a second. */
function diskOf(
  file: string,
  span: number,
): Pick<Measured, "diskPerReading" | "diskPerSecond" | "diskPerMinute"> {
  const series = 200;
  const db = openDatabase(file);
  const seen = createSeenIndex(db);
  const commit = createCommitter(db, seen, { maxSeries: series });
  const derive = createDeriver(db, seen, { window: 61, threshold: 6, warmUp: 30 });
  const from = 1_790_000_000_000;
  for (let second = 0; second < span; second += 10) {
    const readings = Array.from({ length: 10 * series }, (_, index): Reading => {
      const at = second + Math.floor(index / series);
      return {
        source: `device-${index % series}`,
        seq: at,
        at: from + at * 1000,
        metric: "power",
        value: Math.sin(index),
      };
    });
    commit(toColumns([readings]), from + second * 1000);
  }
  while (derive(50_000).behind);
  db.close();
  const read = new Database(file, { readonly: true });
  const bytesOf = (...tables: string[]) =>
    tables.reduce(
      (sum, name) =>
        sum +
        Number(read.prepare("SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = ?").pluck().get(name)),
      0,
    );
  const countOf = (step: number) =>
    Number(read.prepare("SELECT count(*) FROM rollups WHERE step = ?").pluck().get(step));
  const [seconds, minutes] = [countOf(1000), countOf(60_000)];
  const perRollup = bytesOf("rollups") / (seconds + minutes);
  const sizes = {
    diskPerReading: bytesOf("readings", "commits", "seen", "anomalies") / (span * series),
    diskPerSecond: perRollup,
    diskPerMinute: perRollup + bytesOf("minutes_by_series") / minutes,
  };
  read.close();
  return sizes;
}

async function inFolder<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "cost-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
