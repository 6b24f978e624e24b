import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import Database from "better-sqlite3";
import { median } from "d3-array";
import { createDemoApp } from "../app/app.ts";
import { postgresAccess } from "../app/postgres-access.ts";
import { openDatabase } from "../eater/database.ts";
import { usePostgresTokens } from "../eater/postgres/store.ts";
import { addToken } from "../eater/tokens.ts";
import { METRICS } from "../feeder/fleet.ts";
import { bodyOf } from "../feeder/outbox.ts";
import { defaultOptions } from "../options/options.ts";
import type { Reading } from "../protocol.ts";
import { findPostgres, startPostgres } from "../testing/start-postgres.ts";
import type { Load, LoadResult } from "./ingest-load.ts";

export interface IngestBenchSettings {
  readings: number;
  /** Readings per request, and per transaction of the raw append. */
  batch: number;
  devices: number;
  /** Requests under way at once. */
  connections: number;
  /** Both sides are run this often, in turns; the median of each counts. */
  rounds: number;
}

export interface BenchRow {
  name: string;
  perSecond: number;
  /** Against the raw append of the same run. */
  ratio: number;
  note: string;
}

export const ingestBenchDefaults: IngestBenchSettings = {
  readings: 300_000,
  batch: 2000,
  devices: 500,
  connections: 8,
  rounds: 3,
};

/**
 * Measures, in turns in one run, a bare better-sqlite3 append of rows (WAL, synchronous=FULL, one prepared statement,
 * a transaction per batch: no HTTP, no check, no dedupe) and the eater with all it does: HTTP with token, NDJSON,
 * schema, dedupe, offsets, commit in its thread, acknowledgement.
 */
export async function benchIngest(settings: IngestBenchSettings = ingestBenchDefaults): Promise<BenchRow[]> {
  const readings = makeReadings(settings);
  const raw: number[] = [];
  const acked: number[] = [];
  const derived: number[] = [];
  for (let round = 0; round < settings.rounds; round += 1) {
    raw.push(await inFolder((folder) => appendRaw(folder, readings, settings.batch)));
    const eaten = await inFolder((folder) => eat(folder, readings, settings));
    acked.push(eaten.ackedMs);
    derived.push(eaten.derivedMs);
  }
  const medianOf = (times: number[]) => median(times) ?? Number.NaN;
  const base = medianOf(raw);
  const row = (name: string, ms: number, note: string): BenchRow => ({
    name,
    perSecond: Math.round((settings.readings / ms) * 1000),
    ratio: Math.round((base / ms) * 100) / 100,
    note,
  });
  const shape = `${settings.readings} readings in batches of ${settings.batch}, median of ${settings.rounds}`;
  const programs = findPostgres();
  const shared = programs ? await eatInPostgres(programs, readings, settings) : [];
  return [
    row("raw better-sqlite3 append", base, shape),
    row("eater ingest, acknowledged", medianOf(acked), `${shape}; ${settings.connections} connections`),
    row("eater ingest, rollups and anomalies done", medianOf(derived), "the same, until all is derived too"),
    ...(shared.length === 0
      ? []
      : [
          row(
            "eater ingest on PostgreSQL, acknowledged",
            medianOf(shared.map(({ ackedMs }) => ackedMs)),
            shape,
          ),
          row(
            "eater ingest on PostgreSQL, rollups and anomalies done",
            medianOf(shared.map(({ derivedMs }) => derivedMs)),
            "the same, until all is derived too",
          ),
        ]),
  ];
}

function makeReadings({ readings, devices }: IngestBenchSettings): Reading[] {
  return Array.from({ length: readings }, (_, index) => ({
    source: `device-${String(index % devices).padStart(4, "0")}`,
    seq: Math.floor(index / devices) + 1,
    at: 1_790_000_000_000 + index,
    metric: METRICS[Math.floor(index / devices) % METRICS.length] ?? METRICS[0],
    value: Math.round(Math.sin(index) * 10_000) / 100,
  }));
}

async function appendRaw(folder: string, readings: Reading[], batch: number): Promise<number> {
  const db = new Database(join(folder, "raw.db"));
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec(
    'CREATE TABLE readings ("offset" INTEGER PRIMARY KEY, source TEXT, seq INTEGER, at INTEGER, metric TEXT, value REAL)',
  );
  const insert = db.prepare("INSERT INTO readings (source, seq, at, metric, value) VALUES (?, ?, ?, ?, ?)");
  const append = db.transaction((rows: Reading[]) => {
    for (const { source, seq, at, metric, value } of rows) insert.run(source, seq, at, metric, value);
  });
  const begun = performance.now();
  for (let at = 0; at < readings.length; at += batch) append(readings.slice(at, at + batch));
  const ms = performance.now() - begun;
  db.close();
  return ms;
}

const OPERATOR_TOKEN = "bench-reads-the-lag";

async function eat(
  folder: string,
  readings: Reading[],
  settings: IngestBenchSettings,
  store: string | null = null,
) {
  const db = join(folder, "eater.db");
  const token = store === null ? await tokenIn(db) : await tokenInPostgres(store);
  const app = await createDemoApp({
    values: {
      ...{ db, store },
      maxRequests: 1_000_000,
      maxBodyBytes: 100_000_000,
      replay: 0,
      operatorToken: OPERATOR_TOKEN,
    },
    parts: { eater: true, feeder: false, live: false },
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const bodies: string[] = [];
  for (let at = 0; at < readings.length; at += settings.batch) {
    bodies.push(bodyOf(readings.slice(at, at + settings.batch)));
  }
  const { ms: ackedMs, stored } = await load({ url, token, bodies, connections: settings.connections });
  if (stored !== readings.length) throw new Error(`stored ${stored} of ${readings.length} readings`);
  const before = performance.now();
  while (!(await fullyDerived(url))) await new Promise((resolve) => setTimeout(resolve, 5));
  const derivedMs = ackedMs + performance.now() - before;
  await app.close();
  return { ackedMs, derivedMs };
}

async function tokenIn(db: string): Promise<string> {
  const tokens = openDatabase(db);
  const token = addToken(tokens, "bench", 0);
  tokens.close();
  return token;
}

async function tokenInPostgres(store: string): Promise<string> {
  const access = postgresAccess({ ...defaultOptions(), store });
  if (!access) throw new TypeError("no PostgreSQL database");
  let token = "";
  await usePostgresTokens(access, async (tokens) => {
    token = await tokens.add("bench", 0);
  });
  return token;
}

/** The same on a PostgreSQL server that syncs at each commit, with a database for each round. */
async function eatInPostgres(programs: string, readings: Reading[], settings: IngestBenchSettings) {
  const server = await startPostgres(programs, { isDurable: true });
  const times = [];
  for (let round = 0; round < settings.rounds; round += 1) {
    const store = await server.createDatabase();
    times.push(await inFolder((folder) => eat(folder, readings, settings, store)));
  }
  await server.close();
  return times;
}

async function fullyDerived(url: string): Promise<boolean> {
  const text = await (
    await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${OPERATOR_TOKEN}` } })
  ).text();
  return /^sprintcast_eater_derive_lag_readings 0$/m.test(text);
}

/** Sends from a thread of its own, as a feeder would from a process of its own. */
function load(work: Load): Promise<LoadResult> {
  const worker = new Worker(fileURLToPath(new URL("./ingest-load.ts", import.meta.url)), {
    workerData: work,
  });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
