import type { Database } from "better-sqlite3";

export type Column = string | number | null;

/** Rows that one statement writes: a call for each row takes a third more time. */
export const rowsPerStatement = 16;

/** Writes rows into a table by few statements; `insert` is the statement up to `VALUES`. Returns how many rows were written. */
export function rowInserter(
  db: Database,
  insert: string,
  columns: number,
): (rows: readonly Column[][]) => number {
  const row = `(${Array(columns).fill("?").join(", ")})`;
  const one = db.prepare(`${insert} VALUES ${row}`);
  const many = db.prepare(`${insert} VALUES ${Array(rowsPerStatement).fill(row).join(", ")}`);
  const values: Column[] = Array(columns * rowsPerStatement).fill(null);
  return (rows) => {
    let written = 0;
    const rest = rows.length % rowsPerStatement;
    let place = 0;
    for (const [index, row] of rows.entries()) {
      if (index >= rows.length - rest) written += one.run(row).changes;
      else for (let column = 0; column < columns; column++) values[place++] = row[column] ?? null;
      if (place < values.length) continue;
      written += many.run(values).changes;
      place = 0;
    }
    return written;
  };
}
