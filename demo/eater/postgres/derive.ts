import { type AnomalySettings, emptyWindow, judge, type RollingWindow } from "../anomaly.ts";
import { type Derived, MINUTE, SECOND } from "../derive.ts";
import type { Client } from "./session.ts";

/** Readings before the mark from which the windows are filled. */
const WARMED_FROM = 50_000;

interface Row {
  offset: number;
  series: number;
  at: number;
  value: number;
  committed_at: number;
}

interface Mark {
  derived: number;
  /** Time of its commit: no later offset was committed before, so that older partitions are not looked at. */
  derived_at: number;
}

interface Latest {
  row: Row;
  used: number;
}

/**
 * Makes the function that derives rollups, latest values and anomalies from what is committed, within a transaction
 * that marks how far it came. Another eater may have derived in between: the windows are then filled anew.
 */
export function createPostgresDeriver(settings: AnomalySettings) {
  const windows = new Map<number, RollingWindow>();
  let windowsAt = -1;

  function judgeRow({ series, value }: Row) {
    const window = windows.get(series) ?? emptyWindow(settings);
    windows.set(series, window);
    return judge(window, value, settings);
  }

  async function warm(client: Client, { derived }: Mark): Promise<void> {
    if (windowsAt === derived) return;
    windows.clear();
    const { rows } = await client.query<Row>(
      'SELECT series, value FROM sprintcast.readings WHERE "offset" > $1 AND "offset" <= $2 ORDER BY "offset"',
      [Math.max(0, derived - WARMED_FROM), derived],
    );
    for (const row of rows) judgeRow(row);
  }

  async function judgeAll(client: Client, rows: readonly Row[]): Promise<number> {
    const flagged = rows.flatMap((row) => {
      const judgement = judgeRow(row);
      return judgement?.flagged ? [{ ...row, ...judgement }] : [];
    });
    if (flagged.length === 0) return 0;
    const column = (key: "offset" | "series" | "at" | "value" | "score" | "median" | "mad") =>
      flagged.map((row) => row[key]);
    await client.query(
      `INSERT INTO sprintcast.anomalies SELECT * FROM unnest(
         $1::bigint[], $2::bigint[], $3::bigint[], $4::float8[], $5::float8[], $6::float8[], $7::float8[])
       ON CONFLICT DO NOTHING`,
      (["offset", "series", "at", "value", "score", "median", "mad"] as const).map(column),
    );
    return flagged.length;
  }

  return {
    async derive(client: Client, limit: number): Promise<Derived> {
      // Its lock keeps other derivers out.
      const marked = await client.query<Mark>("SELECT * FROM sprintcast.derivation FOR UPDATE");
      const mark = marked.rows[0] ?? { derived: 0, derived_at: 0 };
      const stand = await client.query("SELECT committed FROM sprintcast.stand");
      const committed: number = stand.rows[0]?.committed ?? 0;
      const to = Math.min(committed, mark.derived + limit);
      await warm(client, mark);
      windowsAt = -1;
      const isNew = to > mark.derived;
      const anomalies = isNew ? await deriveTo(client, mark, to) : 0;
      return { upTo: Math.max(to, mark.derived), anomalies, behind: to < committed };
    },
    /** Called once the transaction is committed. */
    done({ upTo }: Derived): void {
      windowsAt = upTo;
    },
    /** Forgets the windows of series that are gone. */
    forget(series: readonly number[]): void {
      for (const id of series) windows.delete(id);
    },
  };

  async function deriveTo(client: Client, mark: Mark, to: number): Promise<number> {
    const span = [mark.derived, to, mark.derived_at];
    for (const step of [SECOND, MINUTE]) await client.query(ROLL_UP, [step, ...span]);
    const { rows } = await client.query<Row>(
      `SELECT "offset", series, at, value, committed_at FROM sprintcast.readings
       WHERE "offset" > $1 AND "offset" <= $2 AND committed_at >= $3 ORDER BY "offset"`,
      span,
    );
    const anomalies = await judgeAll(client, rows);
    await writeLatest(client, latestOf(rows));
    await client.query("UPDATE sprintcast.derivation SET derived = $1, derived_at = $2", [
      to,
      rows.at(-1)?.committed_at ?? mark.derived_at,
    ]);
    return anomalies;
  }
}

const ROLL_UP = `
  INSERT INTO sprintcast.rollups (step, bucket, series, n, sum, min, max)
  SELECT $1::int, at - at % $1::int, series, count(*), sum(value), min(value), max(value)
  FROM sprintcast.readings WHERE "offset" > $2 AND "offset" <= $3 AND committed_at >= $4 GROUP BY 2, 3
  ON CONFLICT (step, bucket, series) DO UPDATE SET
    n = rollups.n + excluded.n, sum = rollups.sum + excluded.sum,
    min = least(rollups.min, excluded.min), max = greatest(rollups.max, excluded.max)`;

function latestOf(rows: readonly Row[]): Latest[] {
  const latest = new Map<number, Latest>();
  for (const row of rows) {
    const known = latest.get(row.series);
    latest.set(row.series, { row: known && known.row.at > row.at ? known.row : row, used: row.offset });
  }
  return [...latest.values()];
}

async function writeLatest(client: Client, latest: readonly Latest[]): Promise<void> {
  const column = (key: "series" | "at" | "value" | "offset") => latest.map(({ row }) => row[key]);
  await client.query(
    `UPDATE sprintcast.series SET
       used = latest.used, retired = NULL,
       at = CASE WHEN series.at > latest.at THEN series.at ELSE latest.at END,
       value = CASE WHEN series.at > latest.at THEN series.value ELSE latest.value END,
       "offset" = CASE WHEN series.at > latest.at THEN series."offset" ELSE latest."offset" END
     FROM unnest($1::bigint[], $2::bigint[], $3::float8[], $4::bigint[], $5::bigint[])
       AS latest (series, at, value, "offset", used)
     WHERE series.id = latest.series`,
    [column("series"), column("at"), column("value"), column("offset"), latest.map(({ used }) => used)],
  );
}
