import type pg from "pg";
import { MINUTE, SECOND } from "../derive.ts";
import { cursorOf, parseCursor, type Rollup, type RollupPage, type RollupQuery } from "../rollups.ts";

/** Rows that one page may walk over, so that no question takes long, whatever it asks for. */
const WALKED_ROWS = 50_000;
/** Series whose minutes are looked up one by one; beyond that, and of seconds, all are walked over in the order of time. */
const FEW_SERIES = 64;

interface Row extends Omit<Rollup, "source" | "metric" | "mean"> {
  series: number;
  sum: number;
  /** Null where the series went between two questions. */
  source: string | null;
  metric: string | null;
}

/** A page of rollups, ordered by bucket and within one by when their series began. */
export async function rollupsPage(pool: pg.Pool, query: RollupQuery): Promise<RollupPage> {
  const { step, source, metric, from, to, after, limit } = query;
  const { bucket, series } =
    after === undefined ? { bucket: from - 1, series: Number.MAX_SAFE_INTEGER } : parseCursor(after);
  const scope = [step === "second" ? SECOND : MINUTE, bucket, series, to];
  const isFiltered = source !== undefined || metric !== undefined;
  const ids = isFiltered ? await seriesOf(pool, source, metric) : null;
  if (ids === null || (step === "minute" && ids.length <= FEW_SERIES)) {
    const { rows } = await pool.query<Row>(ids === null ? ALL : OF_FEW, [
      ...scope,
      limit,
      ...(ids ? [ids] : []),
    ]);
    return page(rows, rows.length === limit ? rows.at(-1) : undefined);
  }
  const walked = await pool.query<Row>(WALK, [...scope, WALKED_ROWS, ids, limit]);
  const last = walked.rows.at(-1);
  if (walked.rows.length === limit) return page(walked.rows, last);
  const end = await pool.query<Row>(WALK_END, [...scope, WALKED_ROWS - 1]);
  return page(walked.rows, end.rows[0]);
}

async function seriesOf(pool: pg.Pool, source?: string, metric?: string): Promise<number[]> {
  const { rows } = await pool.query(
    `SELECT id FROM sprintcast.series
     WHERE ($1::text IS NULL OR source = $1) AND ($2::text IS NULL OR metric = $2)`,
    [source ?? null, metric ?? null],
  );
  return rows.map(({ id }) => id);
}

function page(rows: readonly Row[], last: Row | undefined): RollupPage {
  // Divided here: PostgreSQL fails the whole page where a quotient is too small for its kind of number.
  const rollups = rows.flatMap(({ source, metric, bucket, n, sum, min, max }) =>
    source === null || metric === null ? [] : [{ source, metric, bucket, n, mean: sum / n, min, max }],
  );
  return { rollups, next: last ? cursorOf(last) : null };
}

const SCOPE = "step = $1 AND (bucket, series) > ($2, $3) AND bucket < $4";
const COLUMNS = "series, bucket, n, sum, min, max";
const withNames = (rows: string) => `
  SELECT source, metric, rows.* FROM (${rows}) AS rows
  LEFT JOIN sprintcast.series ON series.id = rows.series ORDER BY bucket, rows.series`;

const ALL = withNames(
  `SELECT ${COLUMNS} FROM sprintcast.rollups WHERE ${SCOPE} ORDER BY bucket, series LIMIT $5`,
);
const OF_FEW = withNames(
  `SELECT ${COLUMNS} FROM sprintcast.rollups WHERE ${SCOPE} AND series = ANY($6::bigint[]) ORDER BY bucket, series LIMIT $5`,
);
const WALK = withNames(
  `SELECT * FROM (SELECT ${COLUMNS} FROM sprintcast.rollups WHERE ${SCOPE} ORDER BY bucket, series LIMIT $5) AS walked
   WHERE series = ANY($6::bigint[]) ORDER BY bucket, series LIMIT $7`,
);
const WALK_END = `
  SELECT ${COLUMNS} FROM sprintcast.rollups WHERE ${SCOPE} ORDER BY bucket, series OFFSET $5 LIMIT 1`;
