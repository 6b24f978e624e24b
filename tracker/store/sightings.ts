import type { Database } from "better-sqlite3";
import type { Sighting } from "../core/model/page.ts";
import type { Migration } from "./migrate.ts";

/** When an issue was found gone, and when it turned up again. */
export const sightingMigrations: Migration[] = [
  {
    name: "sightings-1",
    up: `CREATE TABLE sighting (
      issue INTEGER NOT NULL, at INTEGER NOT NULL, since INTEGER NOT NULL, found INTEGER NOT NULL,
      PRIMARY KEY (issue, at)
    ) WITHOUT ROWID`,
  },
  { name: "sightings-2", up: "ALTER TABLE sighting ADD COLUMN arrived TEXT" },
];

/** Their places are kept in the database: only ever added to. */
const kinds: Sighting["found"][] = ["there", "transferred", "deleted"];

interface Row {
  issue: number;
  at: number;
  since: number;
  found: number;
  arrived: string | null;
}

export interface Sightings {
  /** True where it tells something new: a second look that finds the same does not, unless it leads further. */
  add(sighting: Sighting): boolean;
  /** One issue's, oldest first. */
  ofIssue(issue: number): Sighting[];
  /** Issues of which any is known. */
  issues(): ReadonlySet<number>;
  /** That an issue is gone: since it was first found so, and where it is by the last look. null: it is there, as far as is known. */
  gone(issue: number): Sighting | null;
}

export function sightings(db: Database): Sightings {
  const insert = db.prepare(
    "INSERT OR IGNORE INTO sighting (issue, at, since, found, arrived) VALUES (?, ?, ?, ?, ?)",
  );
  const select = db.prepare("SELECT * FROM sighting WHERE issue = ? ORDER BY at");
  const issues = db.prepare("SELECT DISTINCT issue FROM sighting ORDER BY issue").pluck();
  const latest = db.prepare("SELECT * FROM sighting WHERE issue = ? ORDER BY at DESC LIMIT 1");
  // Asked of every issue that arrives, and hardly any was ever sighted: a bare 1 is read in a tenth of the time.
  const any = db.prepare("SELECT 1 FROM sighting WHERE issue = ? LIMIT 1").pluck();
  const newest = (issue: number) =>
    any.get(issue) === undefined ? undefined : (latest.get(issue) as Row | undefined);
  const there = kinds.indexOf("there");
  return {
    add({ issue, at, since, found, to }) {
      const last = newest(issue);
      const wasThere = last === undefined || last.found === there;
      if (last !== undefined && last.at >= at) return false;
      // It was transferred once more: it left when it left, and is somewhere else now.
      if (last !== undefined && leadsFurther(last, found, to))
        return insert.run(issue, at, last.since, last.found, to ?? null).changes > 0;
      if (wasThere === (found === "there")) return false;
      return insert.run(issue, at, since, kinds.indexOf(found), to ?? null).changes > 0;
    },
    ofIssue: (issue) => (select.all(issue) as Row[]).map(toSighting),
    issues: () => new Set(issues.all() as number[]),
    gone(issue) {
      const last = newest(issue);
      if (last === undefined || last.found === there) return null;
      const all = select.all(issue) as Row[];
      const first = all[all.findLastIndex(({ found }) => found === there) + 1] ?? last;
      const sighting = toSighting({ ...first, arrived: last.arrived });
      return first.at === last.at ? sighting : { ...sighting, ledAt: last.at };
    },
  };
}

const leadsFurther = (last: Row, found: Sighting["found"], to: string | undefined): boolean =>
  found === "transferred" && kinds[last.found] === found && to !== undefined && to !== last.arrived;

const toSighting = ({ found, arrived, ...row }: Row): Sighting => ({
  ...row,
  found: kinds[found] ?? "there",
  ...(arrived === null ? {} : { to: arrived }),
});
