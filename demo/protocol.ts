/** One measurement of one device. `seq` rises by one per `source`; `at` is a UTC instant in epoch milliseconds. */
export interface Reading {
  source: string;
  seq: number;
  at: number;
  metric: string;
  value: number;
}

/**
 * Readings the eater committed together. Offsets count readings, gap-free within an epoch:
 * `to - from + 1 === readings.length`. The epoch names one life of the eater's database.
 */
export interface Batch {
  epoch: string;
  from: number;
  to: number;
  readings: Reading[];
}
