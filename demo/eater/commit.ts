import { NONE, RowOutcome, type WorkerColumns } from "./columns.ts";
import { type Db, readMark, writeMark } from "./database.ts";
import type { SeenIndex } from "./seen.ts";
import { createSeriesIndex } from "./series-index.ts";

const ROWS_PER_INSERT = 100;

export interface Committed {
  /** Offsets given to the stored rows, in row order; `to < from` when nothing new was in the group. */
  from: number;
  to: number;
  /** One `RowOutcome` per row. */
  fates: Uint8Array;
}

export interface CommitSettings {
  /** Distinct (source, metric) pairs the database may hold; what would exceed it is refused. */
  maxSeries: number;
}

/**
 * Makes the one function that stores a group: dedupes by (source, seq), gives gap-free offsets and commits, all in
 * one transaction: a reading and its offset live or die together, and `seen` recalls from the stored readings.
 */
export function createCommitter(
  db: Db,
  seen: SeenIndex,
  settings: CommitSettings,
  series = createSeriesIndex(db, settings.maxSeries),
) {
  const insertSql = (rows: number) =>
    `INSERT INTO readings ("offset", series, seq, at, value) VALUES ${Array(rows).fill("(?,?,?,?,?)").join(",")}`;
  const insertMany = db.prepare(insertSql(ROWS_PER_INSERT));
  const insertOne = db.prepare(insertSql(1));
  const insertCommit = db.prepare('INSERT INTO commits ("to", "from", at) VALUES (?, ?, ?)');

  function insert(rows: number[]): void {
    const width = ROWS_PER_INSERT * 5;
    let at = 0;
    for (; at + width <= rows.length; at += width) insertMany.run(rows.slice(at, at + width));
    for (; at < rows.length; at += 5) insertOne.run(rows.slice(at, at + 5));
  }

  const store = db.transaction((columns: WorkerColumns, now: number): Committed => {
    const before = readMark(db, "committed");
    const fates = new Uint8Array(columns.seq.length);
    const rows: number[] = [];
    let offset = before;
    for (let row = 0; row < fates.length; row += 1) {
      const source = columns.sources[columns.source[row] ?? NONE];
      const metric = columns.metrics[columns.metric[row] ?? NONE];
      const seq = columns.seq[row];
      const at = columns.at[row];
      const value = columns.value[row];
      const isWhole = seq !== undefined && at !== undefined && value !== undefined;
      if (source === undefined || metric === undefined || !isWhole) throw new RangeError(`no row ${row}`);
      const id = series.idOf(source, metric, offset + 1);
      if (id === null) fates[row] = RowOutcome.refused;
      else if (!seen.mark(source, seq)) fates[row] = RowOutcome.duplicate;
      else {
        offset += 1;
        rows.push(offset, id, seq, at, value);
      }
    }
    if (offset > before) {
      insert(rows);
      insertCommit.run(offset, before + 1, now);
      writeMark(db, "committed", offset);
    }
    return { from: before + 1, to: offset, fates };
  });

  return function commit(columns: WorkerColumns, now: number): Committed {
    try {
      return store.immediate(columns, now);
    } catch (error) {
      // The database rolled back; what the indexes remember of this group must go too.
      series.forget();
      seen.recall();
      throw error;
    }
  };
}
