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

/** A clock that is ahead of the newest commit's by less is another machine's. */
const AHEAD_MS = 3_600_000;

/**
 * When a commit that is made now is dated: never before the last one, unless that came of a clock that ran ahead, by
 * however much; nothing would then be dropped until that time has come.
 */
export function commitTime(now: number, last: number, { partMs }: PartSettings): number {
  return last > now + Math.max(AHEAD_MS, partMs) ? now : Math.max(now, last);
}

interface Part {
  name: string;
  from: number;
  until: number;
}

/**
 * Makes the partition that takes readings committed at `at`, where there is none.
 * @param partTo where the partition ends that took the last ones
 * @param isBack the last ones were dated by a clock that ran ahead: from now on they age
 * @returns where the partition ends
 */
export async function keepPart(
  client: Client,
  partTo: number,
  at: number,
  { partMs }: PartSettings,
  isBack: boolean,
): Promise<number> {
  if (at < partTo && !isBack) return partTo;
  if (isBack)
    await client.query("UPDATE sprintcast.parts SET aged_from = $1 WHERE until > $2", [at, at + partMs]);
  const parts = await partsOf(client);
  const there = parts.find(({ from, until }) => from <= at && at < until);
  if (there) {
    await client.query("UPDATE sprintcast.parts SET aged_from = NULL WHERE name = $1", [there.name]);
    return there.until;
  }
  const cell = at - (at % partMs);
  const from = Math.max(cell, ...parts.filter((part) => part.until <= at).map((part) => part.until));
  const until = Math.min(cell + partMs, ...parts.filter((part) => part.from > at).map((part) => part.from));
  const name = `readings_${from}`;
  // Made apart and then attached, since that keeps nobody from reading.
  await client.query(`
    CREATE TABLE sprintcast.${name} (LIKE sprintcast.readings INCLUDING ALL);
    ALTER TABLE sprintcast.readings ATTACH PARTITION sprintcast.${name} FOR VALUES FROM (${from}) TO (${until});
    INSERT INTO sprintcast.parts VALUES ('${name}', ${until})`);
  return until;
}

/** A partition is called by where it begins. */
async function partsOf(client: Client): Promise<Part[]> {
  const { rows } = await client.query<{ name: string; until: number }>(
    "SELECT name, until FROM sprintcast.parts",
  );
  return rows.map(({ name, until }) => ({ name, until, from: Number(name.replace("readings_", "")) }));
}
