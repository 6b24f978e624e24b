import type { Database } from "better-sqlite3";
import { isArrival } from "../core/history/arrival.ts";
import type { IssueEvent } from "../core/model/event.ts";
import type { Migration } from "./migrate.ts";

/**
 * Issues that arrived from another repository, and whether the events that they brought were asked for. `asked` is the
 * arrival that was asked about, so that one that comes back later is asked about again.
 */
export const arrivalMigrations: Migration[] = [
  {
    name: "arrivals-1",
    up: `
      CREATE TABLE arrival (
        issue INTEGER PRIMARY KEY, at INTEGER NOT NULL, asked INTEGER, refused INTEGER NOT NULL DEFAULT 0
      );
      INSERT INTO arrival (issue, at) SELECT issue, max(at) FROM event
        WHERE kind IN (SELECT id FROM word WHERE text = 'transferred') GROUP BY issue;
      UPDATE arrival SET asked = at
        WHERE EXISTS (SELECT 1 FROM whole WHERE whole.issue = arrival.issue AND whole.at >= arrival.at);
      INSERT OR IGNORE INTO stale SELECT issue FROM arrival;
    `,
  },
];

export interface Arrivals {
  /** Notes those of these events that tell of an arrival. */
  note(events: readonly IssueEvent[]): void;
  /** All that an issue brought was read, or, where it is `refused`, cannot be. True where that was not known. */
  asked(issue: number, isRefused: boolean): boolean;
  /** Issues whose own events were not asked for since they arrived, rising. */
  toAsk(): number[];
  /** When issues arrived whose own events were not read, epoch milliseconds. */
  unread(): ReadonlyMap<number, number>;
  /** Those of them that cannot be. */
  refused(): { issue: number; at: number }[];
  /** Asks for all of them once more. */
  startOver(): void;
}

export function arrivals(db: Database): Arrivals {
  const put = db.prepare(
    `INSERT INTO arrival (issue, at) VALUES (?, ?)
     ON CONFLICT (issue) DO UPDATE SET at = max(at, excluded.at)`,
  );
  const ask = db.prepare(
    "UPDATE arrival SET asked = at, refused = ? WHERE issue = ? AND (asked IS NOT at OR refused <> ?)",
  );
  const due = db.prepare("SELECT issue FROM arrival WHERE asked IS NOT at ORDER BY issue").pluck();
  const unread = db.prepare("SELECT issue, at FROM arrival WHERE asked IS NOT at OR refused = 1").raw();
  const refused = db.prepare("SELECT issue, at FROM arrival WHERE refused = 1 ORDER BY issue");
  const forget = db.prepare("UPDATE arrival SET asked = NULL, refused = 0");
  return {
    note(events) {
      for (const { issue, at } of events.filter(isArrival)) put.run(issue, at);
    },
    asked(issue, isRefused) {
      const refused = isRefused ? 1 : 0;
      return ask.run(refused, issue, refused).changes > 0;
    },
    toAsk: () => due.all() as number[],
    unread: () => new Map(unread.all() as [number, number][]),
    refused: () => refused.all() as { issue: number; at: number }[],
    startOver: () => void forget.run(),
  };
}
