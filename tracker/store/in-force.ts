import type { Database } from "better-sqlite3";
import type { Doubt, IssueInForce } from "../core/model/interval.ts";
import { lastOf, present } from "../core/model/present.ts";
import { type InForceRow, intervalRows } from "./interval-rows.ts";
import type { Words } from "./string-pool.ts";

/** Issues read at once: SQLite hands over whole lists faster than row by row, and so few need little memory. */
const chunk = 200;

type HeadRow = [issue: number, createdAt: number, pullRequest: number, title: string, doubts: string | null];

/** Reads what is in force at an instant; the rest is left out in SQL, so that the whole past need not be handed over. */
export function inForceReader(
  db: Database,
  words: Words,
): (at: number, pullRequests: boolean) => Iterable<IssueInForce[]> {
  const heads = db
    .prepare(
      `SELECT issue, created_at, pull_request, title, doubts FROM timeline
       WHERE issue > ? AND created_at <= ? AND pull_request <= ? ORDER BY issue LIMIT ${chunk}`,
    )
    .raw();
  const inForce = db
    .prepare(
      `SELECT issue, attribute, value, key, provenance FROM interval
       WHERE issue BETWEEN ? AND ? AND starts <= ? AND ends > ? ORDER BY issue, ordinal`,
    )
    .raw();
  const { toInForce } = intervalRows(words);

  function* read(at: number, pullRequests: boolean): Generator<IssueInForce[]> {
    for (let last = 0; ; ) {
      const list = heads.all(last, at, pullRequests ? 1 : 0) as HeadRow[];
      if (list.length === 0) return;
      const first = present(list[0])[0];
      last = lastOf(list)[0];
      const rows = inForce.all(first, last, at, at) as InForceRow[];
      let next = 0;
      yield list.map(([number, createdAt, isPull, title, doubts]) => {
        const issue: IssueInForce = { number, createdAt, pullRequest: isPull === 1, title, inForce: [] };
        if (doubts !== null) issue.doubts = JSON.parse(doubts) as Doubt[];
        // Rows of pull requests nobody asked for are passed over.
        for (let row = rows[next]; row !== undefined && row[0] <= number; row = rows[++next])
          if (row[0] === number) issue.inForce.push(toInForce(row));
        return issue;
      });
    }
  }
  return (at, pullRequests) => ofOneMoment(db, read(at, pullRequests));
}

/** Draws rows that take several queries inside one read transaction: a sync beside it changes none of them half way. */
function* ofOneMoment<T>(db: Database, rows: Generator<T>): Generator<T> {
  if (db.inTransaction) return yield* rows;
  db.exec("BEGIN");
  try {
    yield* rows;
  } finally {
    if (db.inTransaction) db.exec("COMMIT");
  }
}
