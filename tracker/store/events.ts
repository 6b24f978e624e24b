import type { Database } from "better-sqlite3";
import { subIssueKinds } from "../core/history/fold-relations.ts";
import type { IssueEvent } from "../core/model/event.ts";
import { rowInserter, rowsPerStatement } from "./insert-rows.ts";
import type { Migration } from "./migrate.ts";
import type { Words } from "./string-pool.ts";

/**
 * The log: every event once, never changed. Clustered by issue, because all reading is per issue; the one word
 * that most kinds carry (label, milestone, assignee) stands in `subject`, the rarer rest as JSON in `detail`.
 */
export const eventMigrations: Migration[] = [
  {
    name: "events-1",
    up: `CREATE TABLE event (
      issue INTEGER NOT NULL, id INTEGER NOT NULL, at INTEGER NOT NULL, actor INTEGER, kind INTEGER NOT NULL,
      subject INTEGER, detail TEXT, PRIMARY KEY (issue, id)
    ) WITHOUT ROWID`,
  },
  {
    name: "events-2",
    up: "CREATE INDEX event_by_subject ON event (subject, kind, at) WHERE subject IS NOT NULL",
  },
  {
    name: "events-3",
    up: `
      ALTER TABLE event ADD COLUMN as_of INTEGER;
      CREATE TABLE retired_event (
        issue INTEGER NOT NULL, id INTEGER NOT NULL, at INTEGER NOT NULL, actor INTEGER, kind INTEGER NOT NULL,
        subject INTEGER, detail TEXT, as_of INTEGER, PRIMARY KEY (issue, id)
      ) WITHOUT ROWID;
    `,
  },
];

const eventColumns = "issue, id, at, actor, kind, subject, detail";

type EventRow = [
  issue: number,
  id: number,
  at: number,
  actor: number | null,
  kind: number,
  subject: number | null,
  detail: string | null,
];

export interface AddedEvents {
  count: number;
  /** All that are new, and few that are not: a statement tells how many rows it wrote, not which. */
  among: IssueEvent[];
}

type Detail = Pick<IssueEvent, "rename" | "stateReason" | "status" | "relation" | "type" | "field">;

export interface Events {
  /**
   * Adds what is new. `asOf`: when the backup's file that has an issue was up to date; of two such files the newer one
   * spells accounts as they are called now.
   */
  add(events: readonly IssueEvent[], asOf: ReadonlyMap<number, number>): AddedEvents;
  /**
   * Puts aside what GitHub showed no more at `asOf`, when it showed all that an issue had: an account's deletion takes
   * events with it. True where there was any.
   */
  retire(issue: number, asOf: number): boolean;
  /** One issue's events in the order of the history: (at, id). */
  ofIssue(issue: number): IssueEvent[];
  /** The same of several, by number; those without any are left out. */
  ofIssues(issues: readonly number[]): Map<number, IssueEvent[]>;
  /** When events of these kinds named `subject`, in rising order. */
  usesOf(kinds: readonly string[], subject: string): number[];
  /** Issues whose events of these kinds ever named `subject`. */
  issuesNaming(kinds: readonly string[], subject: string): number[];
  /** Events in which another issue takes one of these as its sub-issue, or gives it up, by the sub-issue's number. */
  ofParents(issues: readonly number[]): Map<number, IssueEvent[]>;
  /** Events whose subject begins with `start`, unordered. */
  naming(start: string): IssueEvent[];
  count(): number;
}

export function events(db: Database, words: Words): Events {
  const insert = rowInserter(db, `INSERT OR IGNORE INTO event (${eventColumns}, as_of)`, 8);
  const respell = db.prepare(
    `UPDATE event SET actor = ?, subject = coalesce(?, subject), detail = coalesce(?, detail), as_of = ?
     WHERE issue = ? AND id = ? AND as_of < ?`,
  );
  const retire = db.prepare(
    "INSERT OR IGNORE INTO retired_event SELECT * FROM event WHERE issue = ? AND as_of < ?",
  );
  const remove = db.prepare("DELETE FROM event WHERE issue = ? AND as_of < ?");
  const select = db.prepare(`SELECT ${eventColumns} FROM event WHERE issue = ?`).raw();
  const selectSome = db
    .prepare(`SELECT ${eventColumns} FROM event WHERE issue IN (SELECT value FROM json_each(?))`)
    .raw();
  const count = db.prepare("SELECT count(*) FROM event").pluck();

  const uses = db.prepare("SELECT at FROM event WHERE subject = ? AND kind = ?").pluck();
  const naming = db.prepare("SELECT DISTINCT issue FROM event WHERE subject = ? AND kind = ?").pluck();

  const beginning = db
    .prepare(
      `SELECT ${eventColumns} FROM event
       WHERE subject IN (SELECT id FROM word WHERE text >= ? AND text < ?)`,
    )
    .raw();
  const bySubject = db.prepare(`SELECT ${eventColumns} FROM event WHERE subject = ? AND kind = ?`).raw();

  const wordsOf = (kinds: readonly string[]): number[] => kinds.flatMap((kind) => words.find(kind) ?? []);

  function ofSubject<T>(statement: typeof naming, kinds: readonly number[], subject: string): T[] {
    const word = kinds.length === 0 ? null : words.find(subject);
    return word === null ? [] : kinds.flatMap((kind) => statement.all(word, kind) as T[]);
  }

  function toEvent([issue, id, at, actor, verb, subject, detail]: EventRow): IssueEvent {
    const kind = words.text(verb);
    const event: IssueEvent = { id, issue, at, actor: actor === null ? null : words.text(actor), kind };
    const field = subjectField(kind);
    if (subject !== null && field !== null) event[field] = words.text(subject);
    return detail === null ? event : Object.assign(event, JSON.parse(detail) as Detail);
  }

  const fromEvent = (event: IssueEvent, asOf: number | null): [...EventRow, asOf: number | null] => {
    const named = subjectOf(event);
    return [
      event.issue,
      event.id,
      event.at,
      event.actor === null ? null : words.id(event.actor),
      words.id(event.kind),
      named === undefined ? null : words.id(named),
      detailOf(event),
      asOf,
    ];
  };

  return {
    add(list, asOf) {
      const added: AddedEvents = { count: 0, among: [] };
      for (let first = 0; first < list.length; first += rowsPerStatement) {
        const some = list.slice(first, first + rowsPerStatement);
        const rows = some.map((event) => fromEvent(event, asOf.get(event.issue) ?? null));
        const count = insert(rows);
        if (count < some.length)
          for (const [issue, id, , actor, , subject, detail, as] of rows)
            if (as !== null) respell.run(actor, subject, detail, as, issue, id, as);
        added.count += count;
        if (count > 0) added.among.push(...some);
      }
      return added;
    },
    retire(issue, asOf) {
      retire.run(issue, asOf);
      return remove.run(issue, asOf).changes > 0;
    },
    ofIssue: (issue) => (select.all(issue) as EventRow[]).map(toEvent).sort(inOrder),
    ofIssues(issues) {
      const found = Map.groupBy(
        (selectSome.all(JSON.stringify(issues)) as EventRow[]).map(toEvent),
        ({ issue }) => issue,
      );
      for (const some of found.values()) some.sort(inOrder);
      return found;
    },
    usesOf: (kinds, subject) => ofSubject<number>(uses, wordsOf(kinds), subject).sort((a, b) => a - b),
    issuesNaming: (kinds, subject) => [...new Set(ofSubject<number>(naming, wordsOf(kinds), subject))],
    ofParents(issues) {
      const kinds = wordsOf(subIssueKinds);
      if (kinds.length === 0) return new Map();
      return new Map(
        issues.flatMap((issue) => {
          const found = ofSubject<EventRow>(bySubject, kinds, String(issue));
          return found.length === 0 ? [] : [[issue, found.map(toEvent)] as const];
        }),
      );
    },
    naming: (start) => (beginning.all(start, `${start}\uFFFF`) as EventRow[]).map(toEvent),
    count: () => count.get() as number,
  };
}

const inOrder = (a: IssueEvent, b: IssueEvent): number => a.at - b.at || a.id - b.id;

/** What an event is found by. A sub-issue is sought by its parent's events, too. */
function subjectOf(event: IssueEvent): string | undefined {
  const field = subjectField(event.kind);
  if (field !== null) return event[field];
  return event.relation !== undefined && subIssueKinds.includes(event.kind)
    ? String(event.relation)
    : undefined;
}

function subjectField(kind: string): "label" | "milestone" | "assignee" | null {
  switch (kind) {
    case "labeled":
    case "unlabeled":
      return "label";
    case "milestoned":
    case "demilestoned":
      return "milestone";
    case "assigned":
    case "unassigned":
      return "assignee";
    default:
      return null;
  }
}

function detailOf({ rename, stateReason, status, relation, type, field }: IssueEvent): string | null {
  const isPlain =
    rename === undefined &&
    stateReason === undefined &&
    status === undefined &&
    relation === undefined &&
    type === undefined &&
    field === undefined;
  return isPlain ? null : JSON.stringify({ rename, stateReason, status, relation, type, field });
}
