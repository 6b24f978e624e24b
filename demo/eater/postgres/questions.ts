import type pg from "pg";
import type { Batch, Reading } from "../../protocol.ts";
import { Overloaded } from "../group-commit.ts";
import type { Anomaly } from "../reader.ts";
import type { Questions, Stand } from "../store.ts";
import type { TokenHash } from "../tokens.ts";
import { WriterError } from "../writer.ts";
import { rollupsPage } from "./rollups.ts";

/** Questions that may wait before further ones are turned away. */
const WAITING_QUESTIONS = 16;

/** How long tokens are believed, ms: a change takes so long to be seen. */
const TOKENS_MS = 1000;

/** Questions to the database, on connections of their own, beside the writing thread. */
export function createPostgresQuestions(pool: pg.Pool) {
  let tokens: { known: TokenHash[]; at: number } | null = null;

  async function ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (cause) {
      throw new WriterError(cause instanceof Error ? cause.message : String(cause), { cause });
    }
  }

  function turn<T>(question: () => Promise<T>): Promise<T> {
    if (pool.waitingCount >= WAITING_QUESTIONS) {
      return Promise.reject(new Overloaded("too many questions wait for their answer; try again later"));
    }
    return ask(question);
  }

  const questions: Questions = {
    rollups: (query) => turn(() => rollupsPage(pool, query)),
    anomalies: (after, limit) =>
      turn(async () => {
        const { rows } = await pool.query<Anomaly>(ANOMALIES, [after, limit]);
        return rows;
      }),
    snapshot: () =>
      ask(async () => {
        const { rows } = await pool.query(SNAPSHOT);
        const { epoch, offset, state } = rows[0] ?? {};
        return { epoch, offset, json: new TextEncoder().encode(state) };
      }),
  };

  return {
    questions,
    stand: () => ask(() => readStand(pool)),
    batchAfter: (offset: number, limit: number) =>
      ask(async (): Promise<Batch | null> => {
        const { rows } = await pool.query<Reading & { offset: number; epoch: string }>(AFTER, [
          offset,
          limit,
        ]);
        const [first] = rows;
        const last = rows.at(-1);
        if (!first || !last) return null;
        const readings = rows.map(({ source, seq, at, metric, value }) => ({
          source,
          seq,
          at,
          metric,
          value,
        }));
        return { epoch: first.epoch, from: first.offset, to: last.offset, readings };
      }),
    /** While the database does not answer, those it named last. */
    async tokens(): Promise<readonly TokenHash[]> {
      if (tokens && performance.now() - tokens.at < TOKENS_MS) return tokens.known;
      try {
        const { rows } = await ask(() => pool.query<TokenHash>("SELECT name, hash FROM sprintcast.tokens"));
        tokens = { known: rows, at: performance.now() };
        return rows;
      } catch (error) {
        if (tokens) return tokens.known;
        throw error;
      }
    },
  };
}

export async function readStand(from: Pick<pg.ClientBase, "query">): Promise<Stand> {
  const { rows } = await from.query<Stand>("SELECT epoch, committed FROM sprintcast.stand");
  const [stand] = rows;
  if (!stand) throw new RangeError("sprintcast.stand has no row: the schema was changed by hand");
  return stand;
}

const AFTER = `
  SELECT r."offset", s.source, r.seq, r.at, s.metric, r.value, (SELECT epoch FROM sprintcast.stand) AS epoch
  FROM (SELECT "offset", series, seq, at, value FROM sprintcast.readings
        WHERE "offset" > $1 ORDER BY "offset" LIMIT $2) r
  JOIN sprintcast.series s ON s.id = r.series ORDER BY r."offset"`;

const ANOMALIES = `
  SELECT a."offset", s.source, s.metric, a.at, a.value, a.score, a.median, a.mad
  FROM sprintcast.anomalies a JOIN sprintcast.series s ON s.id = a.series
  WHERE a."offset" > $1 ORDER BY a."offset" LIMIT $2`;

const SNAPSHOT = `
  SELECT epoch, derived AS "offset", (
    SELECT coalesce(json_object_agg(source, metrics), '{}')::text FROM (
      SELECT source, json_object_agg(metric, json_build_array(at, value)) AS metrics
      FROM sprintcast.series WHERE at IS NOT NULL GROUP BY source) by_source) AS state
  FROM sprintcast.stand, sprintcast.derivation`;
