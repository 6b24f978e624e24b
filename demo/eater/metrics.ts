import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { rejectionCodes } from "../reading.ts";

/** The eater's Prometheus metrics; every name begins with `sprintcast_eater_`. */
export function createEaterMetrics(registry: Registry) {
  const registers = [registry];
  const name = (rest: string) => `sprintcast_eater_${rest}`;
  const rejected = new Counter({
    name: name("lines_rejected_total"),
    help: "Ingest lines refused, by reason",
    labelNames: ["code"],
    registers,
  });
  // Prometheus sees no increase in a count that is not there before it.
  for (const code of rejectionCodes) rejected.inc({ code }, 0);
  return {
    rejected,
    stored: new Counter({ name: name("readings_stored_total"), help: "Readings committed", registers }),
    duplicates: new Counter({
      name: name("readings_duplicate_total"),
      help: "Readings that were stored before, by (source, seq)",
      registers,
    }),
    stopped: new Counter({
      name: name("bodies_refused_total"),
      help: "Ingest bodies refused whole for too many bad lines",
      registers,
    }),
    commitSeconds: new Histogram({
      name: name("commit_seconds"),
      help: "Time of one group commit in the writing thread",
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
      registers,
    }),
    groupSize: new Histogram({
      name: name("commit_readings"),
      help: "Readings in one group commit",
      buckets: [1, 10, 100, 500, 1000, 5000, 20_000],
      registers,
    }),
    waiting: new Gauge({
      name: name("readings_waiting"),
      help: "Readings that wait for a commit",
      registers,
    }),
    offset: new Gauge({ name: name("offset"), help: "Last offset committed", registers }),
    publishLag: new Gauge({
      name: name("publish_lag_readings"),
      help: "Readings committed and not yet on the bus",
      registers,
    }),
    deriveLag: new Gauge({
      name: name("derive_lag_readings"),
      help: "Readings committed and not yet in rollups",
      registers,
    }),
    publishFailures: new Counter({
      name: name("publish_failures_total"),
      help: "Attempts to publish that failed and are tried again",
      registers,
    }),
    dropped: new Counter({
      name: name("rows_dropped_total"),
      help: "Readings, anomalies and rollups dropped for their age",
      registers,
    }),
    leads: new Gauge({
      name: name("leads"),
      help: "1 while this eater publishes, derives and drops for all on its database",
      registers,
    }),
    storeFailing: new Gauge({
      name: name("store_failing"),
      help: "1 while the store takes no commit, and so the eater no reading",
      registers,
    }),
    busAway: new Gauge({ name: name("bus_away"), help: "1 while the bus does not answer", registers }),
    anomalies: new Counter({
      name: name("anomalies_total"),
      help: "Readings flagged as anomalies",
      registers,
    }),
  };
}

export type EaterMetrics = ReturnType<typeof createEaterMetrics>;
