import Database from "better-sqlite3";
import type { IssueEvent } from "../core/model/event.ts";
import { type SyntheticSize, syntheticPages } from "./synthetic-repository.ts";
import { addTo, now, type Spent, since } from "./usage.ts";

/** Rows written in one transaction. */
const rowsAtOnce = 500;

/**
 * The yardstick of an import, as one would write it in an afternoon: the same events in one table with an index by
 * issue, by one prepared statement a row; nothing is deduplicated but by key, and nothing folded.
 */
export function importPlain(file: string, size: SyntheticSize): { events: number; spent: Spent } {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = NORMAL");
  db.exec(`CREATE TABLE event (id INTEGER PRIMARY KEY, issue INTEGER, at TEXT, actor TEXT, kind TEXT, payload TEXT);
    CREATE INDEX event_issue ON event (issue)`);
  const insert = db.prepare("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?)");
  const spent: Spent = { wall: 0, cpu: 0 };
  let count = 0;
  const keep = db.transaction((some: readonly IssueEvent[]) => {
    for (const { id, issue, at, actor, kind, ...payload } of some)
      count += insert.run(
        id,
        issue,
        new Date(at).toISOString(),
        actor,
        kind,
        JSON.stringify(payload),
      ).changes;
  });
  for (const { events } of syntheticPages(size)) {
    const start = now();
    for (let first = 0; first < events.length; first += rowsAtOnce)
      keep(events.slice(first, first + rowsAtOnce));
    addTo(spent, since(start));
  }
  db.close();
  return { events: count, spent };
}
