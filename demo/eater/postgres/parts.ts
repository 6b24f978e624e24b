import type { Client } from "./session.ts";

export interface PartSettings {
  /** Time of commit that one partition covers, ms: what is dropped goes a partition at a time. */
  partMs: number;
}

const DAY_MS = 86_400_000;
/** Partitions over which what is kept is spread. */
const PARTS = 24;

/** @param keepMs how long readings are kept, ms; 0 for ever */
export function partMsOf(keepMs: number): number {
  return keepMs === 0 ? DAY_MS : Math.max(1, Math.ceil(keepMs / PARTS));
}

/**
 * Makes the partition that takes readings committed at `at`, where the newest one ends before that.
 * @returns where the newest partition ends
 */
export async function keepPart(
  client: Client,
  partTo: number,
  at: number,
  { partMs }: PartSettings,
): Promise<number> {
  if (at < partTo) return partTo;
  const from = Math.max(partTo, at - (at % partMs));
  const until = at - (at % partMs) + partMs;
  const name = `readings_${from}`;
  // Made apart and then attached, since that keeps nobody from reading.
  await client.query(`
    CREATE TABLE sprintcast.${name} (LIKE sprintcast.readings INCLUDING ALL);
    ALTER TABLE sprintcast.readings ATTACH PARTITION sprintcast.${name} FOR VALUES FROM (${from}) TO (${until});
    INSERT INTO sprintcast.parts VALUES ('${name}', ${until})`);
  return until;
}
