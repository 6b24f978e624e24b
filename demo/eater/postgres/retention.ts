import { MINUTE, SECOND } from "../derive.ts";
import type { Dropped, RetentionPass, RetentionSettings } from "../retention.ts";
import { lockStand } from "./commit.ts";
import type { Client, Session } from "./session.ts";

/** How long a series without readings keeps its number where nothing is rolled up under it any more, ms. */
const RESTING_MS = 3_600_000;
/** A question that is not yet answered holds its partition; commits are not to wait behind both. */
const PATIENCE = "SET LOCAL lock_timeout = '2s'";

/**
 * Makes the function that drops what is older than the settings say: readings by whole partitions, and so up to one
 * partition's time late, what was derived from them row by row.
 * @param retired called with the numbers of series that went
 */
export function createPostgresRetention(settings: RetentionSettings, retired: (series: number[]) => void) {
  const { readingsMs, minutesMs } = settings;

  return async (session: Session, pass: RetentionPass): Promise<Dropped> => {
    const dropped: Dropped[] = [];
    if (minutesMs > 0) dropped.push(await dropRollups(session, MINUTE, pass.now - minutesMs, pass.limit));
    if (readingsMs > 0) {
      const expired = pass.now - readingsMs;
      dropped.push(await dropRollups(session, SECOND, expired, pass.limit));
      dropped.push(await session.transaction((client) => dropPart(client, expired, pass.publishedTo)));
      dropped.push(await session.run((client) => dropAnomalies(client, pass.limit)));
    }
    const more = dropped.some((one) => one.more);
    if (!more && readingsMs > 0) {
      retired(await session.transaction((client) => retireSeries(client, pass.now)));
    }
    return { rows: dropped.reduce((sum, { rows }) => sum + rows, 0), more };
  };
}

/** Some `limit` rollups of the oldest buckets before `expired`. */
async function dropRollups(session: Session, step: number, expired: number, limit: number): Promise<Dropped> {
  const { rowCount } = await session.run((client) =>
    client.query(
      `DELETE FROM sprintcast.rollups USING (
         SELECT bucket, series FROM sprintcast.rollups
         WHERE step = $1 AND bucket < $2 ORDER BY bucket, series LIMIT $3) AS old
       WHERE step = $1 AND rollups.bucket = old.bucket AND rollups.series = old.series`,
      [step, expired, limit],
    ),
  );
  return { rows: rowCount ?? 0, more: (rowCount ?? 0) >= limit };
}

/** The oldest partition, where all of it is expired, published and derived. */
async function dropPart(client: Client, expired: number, publishedTo: number): Promise<Dropped> {
  await client.query(PATIENCE);
  await lockStand(client);
  const oldest = await client.query(
    `SELECT name FROM sprintcast.parts WHERE coalesce(aged_from, until) <= $1
     ORDER BY coalesce(aged_from, until) LIMIT 2`,
    [expired],
  );
  const name: string | undefined = oldest.rows[0]?.name;
  if (name === undefined) return { rows: 0, more: false };
  const { rows } = await client.query(
    `SELECT min("offset") AS first, max("offset") AS last, (SELECT derived FROM sprintcast.derivation) AS derived
     FROM sprintcast.${name}`,
  );
  const { first, last, derived } = rows[0] ?? {};
  if (last > Math.min(publishedTo, derived)) return { rows: 0, more: false };
  await client.query(`DROP TABLE sprintcast.${name}`);
  await client.query("DELETE FROM sprintcast.parts WHERE name = $1", [name]);
  return { rows: last === null ? 0 : last - first + 1, more: oldest.rows.length > 1 };
}

/** The first offset that is kept, or the next one given out. */
const FIRST_KEPT = `(SELECT coalesce(min("offset"), (SELECT committed + 1 FROM sprintcast.stand)) FROM sprintcast.readings)`;

async function dropAnomalies(client: Client, limit: number): Promise<Dropped> {
  const { rowCount } = await client.query(
    `DELETE FROM sprintcast.anomalies WHERE "offset" IN (
       SELECT "offset" FROM sprintcast.anomalies WHERE "offset" < ${FIRST_KEPT} ORDER BY "offset" LIMIT $1)`,
    [limit],
  );
  return { rows: rowCount ?? 0, more: (rowCount ?? 0) >= limit };
}

/** Retires what no kept reading belongs to, and ends what rested long enough. */
async function retireSeries(client: Client, now: number): Promise<number[]> {
  await client.query(PATIENCE);
  await lockStand(client);
  const { rows } = await client.query(
    `UPDATE sprintcast.series SET retired = $1, at = NULL, value = NULL
     WHERE retired IS NULL AND used < ${FIRST_KEPT} RETURNING id`,
    [now],
  );
  const { rowCount } = await client.query(
    `DELETE FROM sprintcast.series WHERE retired < $1 AND NOT EXISTS (
       SELECT 1 FROM sprintcast.rollups WHERE step = ${MINUTE} AND rollups.series = series.id)`,
    [now - RESTING_MS],
  );
  if (rows.length > 0 || (rowCount ?? 0) > 0) {
    await client.query("UPDATE sprintcast.stand SET series_version = series_version + 1");
  }
  return rows.map(({ id }) => id);
}
