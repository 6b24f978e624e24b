import { parentPort, workerData } from "node:worker_threads";
import type { AnomalySettings, RollingWindow } from "./anomaly.ts";
import type { WorkerColumns } from "./columns.ts";
import { type CommitSettings, type Committed, createCommitter } from "./commit.ts";
import { openDatabase, readEpoch, renewEpoch, tryCommit } from "./database.ts";
import { createDeriver, type Derived } from "./derive.ts";
import type { PostgresAccess } from "./postgres/access.ts";
import { createRetention, type Dropped, type RetentionPass, type RetentionSettings } from "./retention.ts";
import { createSeenIndex } from "./seen.ts";
import { createSeriesIndex } from "./series-index.ts";

export interface WorkerSettings extends CommitSettings {
  file: string;
  /** The PostgreSQL database that is used instead of the file. */
  postgres: PostgresAccess | null;
  anomalies: AnomalySettings;
  retention: RetentionSettings;
}

export type Request =
  | { do: "commit"; columns: WorkerColumns; now: number }
  | { do: "derive"; limit: number }
  | ({ do: "retain" } & RetentionPass)
  | { do: "renew" }
  | { do: "try" }
  | { do: "close" };

export type Answer =
  | { done: "open" }
  | { done: "commit"; epoch: string; committed: Committed; ms: number }
  | { done: "derive"; derived: Derived }
  | { done: "retain"; dropped: Dropped }
  | { done: "renew"; epoch: string }
  | { done: "try" }
  | { done: "close" }
  | { done: "failed"; message: string };

// The one thread that writes: it does what it is asked, in order, and answers each request once.
if (!parentPort) throw new TypeError("worker.ts runs as a worker thread alone");
const port = parentPort;
const settings = workerData as WorkerSettings;
const db = openDatabase(settings.file);
let epoch = readEpoch(db);
const seen = createSeenIndex(db);
const series = createSeriesIndex(db, settings.maxSeries);
const windows = new Map<number, RollingWindow>();
const commit = createCommitter(db, seen, settings, series);
const derive = createDeriver(db, seen, settings.anomalies, windows);
const retain = createRetention(db, settings.retention, (firstKept, now) => {
  for (const id of series.retire(firstKept, now)) windows.delete(id);
});

function answer(request: Request): Answer {
  switch (request.do) {
    case "commit": {
      const before = performance.now();
      const committed = commit(request.columns, request.now);
      return { done: "commit", epoch, committed, ms: performance.now() - before };
    }
    case "derive":
      return { done: "derive", derived: derive(request.limit) };
    case "retain":
      try {
        return { done: "retain", dropped: retain(request) };
      } catch (error) {
        // The database rolled back; what was retired is in use again.
        series.forget();
        throw error;
      }
    case "renew":
      epoch = renewEpoch(db);
      return { done: "renew", epoch };
    case "try":
      tryCommit(db);
      return { done: "try" };
    case "close":
      db.close();
      port.close();
      return { done: "close" };
  }
}

port.on("message", (request: Request) => {
  try {
    port.postMessage(answer(request));
  } catch (error) {
    port.postMessage({ done: "failed", message: String(error) } satisfies Answer);
  }
});
port.postMessage({ done: "open" } satisfies Answer);
