import type { Db } from "./database.ts";
import { MINUTE, SECOND } from "./derive.ts";

export interface Rollup {
  source: string;
  metric: string;
  /** Start of the second or minute, epoch ms. */
  bucket: number;
  n: number;
  mean: number;
  min: number;
  max: number;
}

export interface RollupQuery {
  step: "second" | "minute";
  source?: string;
  metric?: string;
  /** Buckets from `from` on and before `to`, epoch ms. */
  from: number;
  to: number;
  /** Where the page before ended. */
  after?: string;
  limit: number;
}

export interface RollupPage {
  rollups: Rollup[];
  /** To be given as `after` for what follows; null when nothing does. */
  next: string | null;
}

/** A rollup as stored. */
interface Row extends Omit<Rollup, "source" | "metric"> {
  series: number;
}

/** The last rollup that was shown, in the order of (bucket, series). */
interface Cursor {
  bucket: number;
  series: number;
}

interface Scope extends Cursor {
  step: number;
  to: number;
}

/** Series whose minutes are looked up one by one; beyond that, and of seconds, all are walked over in the order of time. */
const FEW_SERIES = 64;
/** Rows that one page may walk over, so that no question takes long, whatever it asks for. */
const WALKED_ROWS = 50_000;

/** True for what a page gives as its `next`. */
export function isCursor(text: string): boolean {
  return /^\d{1,16}:\d{1,16}$/.test(text);
}

export function parseCursor(text: string): Cursor {
  const [bucket = 0, series = 0] = text.split(":").map(Number);
  return { bucket, series };
}

export const cursorOf = ({ bucket, series }: Cursor) => `${bucket}:${series}`;

/** Makes the function that answers a page of rollups, ordered by bucket and within one by when their series began. */
export function openRollups(db: Db) {
  const find = prepare(db);

  function page(rows: readonly Row[], last: Row | undefined): RollupPage {
    // A series may be dropped between the question for its rollups and that for its name.
    const rollups = rows.flatMap(({ series, ...rest }) => {
      const names = find.nameOf.get(series) as { source: string; metric: string } | undefined;
      return names ? [{ ...names, ...rest }] : [];
    });
    return { rollups, next: last ? cursorOf(last) : null };
  }

  function walkOver(scope: Scope, limit: number, wanted: Set<number> | null): RollupPage {
    const rows: Row[] = [];
    let walked = 0;
    for (const each of find.walk.iterate({ ...scope, rows: WALKED_ROWS })) {
      const row = each as Row;
      walked += 1;
      if (wanted === null || wanted.has(row.series)) rows.push(row);
      if (rows.length === limit || walked === WALKED_ROWS) return page(rows, row);
    }
    return page(rows, undefined);
  }

  /** No more than `limit` of each series are looked at. */
  function lookUp({ bucket, series, to }: Scope, limit: number, ids: readonly number[]): RollupPage {
    const found = ids.flatMap((id) => {
      const least = id > series ? bucket : bucket + 1;
      return find.minutesOf.all({ id, least, to, rows: limit }) as Row[];
    });
    const rows = found.sort((a, b) => a.bucket - b.bucket || a.series - b.series).slice(0, limit);
    return page(rows, rows.length === limit ? rows.at(-1) : undefined);
  }

  return ({ step, source, metric, from, to, after, limit }: RollupQuery): RollupPage => {
    const cursor =
      after === undefined ? { bucket: from - 1, series: Number.MAX_SAFE_INTEGER } : parseCursor(after);
    const scope = { ...cursor, step: step === "second" ? SECOND : MINUTE, to };
    if (source === undefined && metric === undefined) return walkOver(scope, limit, null);
    const ids = (
      source === undefined
        ? find.withMetric.all({ metric })
        : find.ofSource.all({ source, metric: metric ?? null })
    ) as number[];
    return step === "second" || ids.length > FEW_SERIES
      ? walkOver(scope, limit, new Set(ids))
      : lookUp(scope, limit, ids);
  };
}

function prepare(db: Db) {
  const columns = "series, bucket, n, sum / n AS mean, min, max";
  return {
    walk: db.prepare(`
      SELECT ${columns} FROM rollups
      WHERE step = @step AND (bucket, series) > (@bucket, @series) AND bucket < @to
      ORDER BY bucket, series LIMIT @rows`),
    minutesOf: db.prepare(`
      SELECT ${columns} FROM rollups INDEXED BY minutes_by_series
      WHERE series = @id AND step = ${MINUTE} AND bucket >= @least AND bucket < @to
      ORDER BY bucket LIMIT @rows`),
    ofSource: db
      .prepare("SELECT id FROM series WHERE source = @source AND (@metric IS NULL OR metric = @metric)")
      .pluck(),
    withMetric: db.prepare("SELECT id FROM series WHERE metric = @metric").pluck(),
    nameOf: db.prepare("SELECT source, metric FROM series WHERE id = ?"),
  };
}
