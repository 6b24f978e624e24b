import { type AnomalySettings, emptyWindow, judge, type RollingWindow } from "./anomaly.ts";
import { type Db, readMark, writeMark } from "./database.ts";
import type { SeenIndex } from "./seen.ts";

/** Rollup steps, in milliseconds. */
export const SECOND = 1000;
export const MINUTE = 60_000;

/** Readings before the mark from which the windows are filled at the start. */
const WARMED_FROM = 50_000;

interface Row {
  offset: number;
  series: number;
  at: number;
  value: number;
}

export interface Derived {
  /** Offsets up to here are in rollups, latest values and anomalies. */
  upTo: number;
  anomalies: number;
  /** More readings wait. */
  behind: boolean;
}

/**
 * Makes the function that derives rollups, latest values, anomaly flags and the memory of seen numbers from readings already committed. It runs
 * beside the acknowledged path and marks how far it came in the same transaction: killed at any point, it goes on
 * where it was. `windows` are those of the series in use, by number. After a start the anomaly windows are warmed from the readings just before the mark.
 */
export function createDeriver(
  db: Db,
  seen: SeenIndex,
  settings: AnomalySettings,
  windows = new Map<number, RollingWindow>(),
) {
  const { read, rollUp, writeLatest, writeAnomaly } = prepare(db);

  function judgeRow(row: Row) {
    const window = windows.get(row.series) ?? emptyWindow(settings);
    windows.set(row.series, window);
    return judge(window, row.value, settings);
  }

  function warm(): void {
    windows.clear();
    const upTo = readMark(db, "derived");
    for (const row of read.iterate(Math.max(0, upTo - WARMED_FROM), upTo)) judgeRow(row as Row);
  }

  const store = db.transaction((limit: number): Derived => {
    const from = readMark(db, "derived");
    const committed = readMark(db, "committed");
    const to = Math.min(committed, from + limit);
    if (to === from) return { upTo: from, anomalies: 0, behind: false };
    for (const step of [SECOND, MINUTE]) rollUp.run({ step, from, to });
    const latest = new Map<number, Row>();
    let anomalies = 0;
    for (const row of read.all(from, to) as Row[]) {
      if (row.at >= (latest.get(row.series)?.at ?? 0)) latest.set(row.series, row);
      const judgement = judgeRow(row);
      if (!judgement?.flagged) continue;
      anomalies += 1;
      const { score, median, mad } = judgement;
      writeAnomaly.run({ ...row, score, median, mad });
    }
    for (const row of latest.values()) writeLatest.run(row);
    writeMark(db, "derived", to);
    seen.flush();
    return { upTo: to, anomalies, behind: to < committed };
  });

  warm();
  return function derive(limit: number): Derived {
    try {
      return store.immediate(limit);
    } catch (error) {
      // The database rolled back; what is in memory must follow it.
      warm();
      seen.recall();
      throw error;
    }
  };
}

function prepare(db: Db) {
  const read = db.prepare(
    'SELECT "offset", series, at, value FROM readings WHERE "offset" > ? AND "offset" <= ? ORDER BY "offset"',
  );
  const rollUp = db.prepare(`
    INSERT INTO rollups (step, bucket, series, n, sum, min, max)
    SELECT @step, at - at % @step, series, count(*), sum(value), min(value), max(value)
    FROM readings WHERE "offset" > @from AND "offset" <= @to GROUP BY 2, 3
    ON CONFLICT (step, bucket, series) DO UPDATE SET
      n = n + excluded.n, sum = sum + excluded.sum, min = min(min, excluded.min), max = max(max, excluded.max)
  `);
  const writeLatest = db.prepare(
    'UPDATE series SET at = @at, value = @value, "offset" = @offset WHERE id = @series AND (at IS NULL OR at <= @at)',
  );
  const writeAnomaly = db.prepare(
    "INSERT OR REPLACE INTO anomalies VALUES (@offset, @series, @at, @value, @score, @median, @mad)",
  );
  return { read, rollUp, writeLatest, writeAnomaly };
}
