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
  return (rows) => {
    let written = 0;
    let next = 0;
    for (; next + rowsPerStatement <= rows.length; next += rowsPerStatement) {
      const values: Column[] = [];
      for (const some of rows.slice(next, next + rowsPerStatement)) values.push(...some);
      written += many.run(values).changes;
    }
    for (const rest of rows.slice(next)) written += one.run(rest).changes;
    return written;
  };
}
