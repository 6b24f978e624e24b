import type { Database } from "better-sqlite3";
import { subIssueKinds } from "../core/history/fold-relations.ts";
import type { IssueEvent } from "../core/model/event.ts";
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

interface EventRow {
  issue: number;
  id: number;
  at: number;
  actor: number | null;
  kind: number;
  subject: number | null;
  detail: string | null;
}

type Detail = Pick<IssueEvent, "rename" | "stateReason" | "status" | "relation" | "type">;

export interface Events {
  /**
   * True where the event was new. `asOf`: when a backup's file that has it was up to date; of two such files the newer
   * one spells accounts as they are called now.
   */
  add(event: IssueEvent, asOf?: number): boolean;
  /**
   * Puts aside what GitHub showed no more at `asOf`, when it showed all that an issue had: an account's deletion takes
   * events with it. True where there was any.
   */
  retire(issue: number, asOf: number): boolean;
  /** One issue's events in the order of the history: (at, id). */
  ofIssue(issue: number): IssueEvent[];
  /** When events of these kinds named `subject`, in rising order. */
  usesOf(kinds: readonly string[], subject: string): number[];
  /** Issues whose events of these kinds ever named `subject`. */
  issuesNaming(kinds: readonly string[], subject: string): number[];
  /** Events in which another issue takes this one as its sub-issue, or gives it up. */
  ofParents(issue: number): IssueEvent[];
  count(): number;
}

export function events(db: Database, words: Words): Events {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO event (issue, id, at, actor, kind, subject, detail, as_of)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const respell = db.prepare(
    `UPDATE event SET actor = ?, subject = coalesce(?, subject), detail = coalesce(?, detail), as_of = ?
     WHERE issue = ? AND id = ? AND as_of < ?`,
  );
  const retire = db.prepare(
    "INSERT OR IGNORE INTO retired_event SELECT * FROM event WHERE issue = ? AND as_of < ?",
  );
  const remove = db.prepare("DELETE FROM event WHERE issue = ? AND as_of < ?");
  const select = db.prepare("SELECT * FROM event WHERE issue = ?");
  const count = db.prepare("SELECT count(*) FROM event").pluck();

  const uses = db.prepare("SELECT at FROM event WHERE subject = ? AND kind = ?").pluck();
  const naming = db.prepare("SELECT DISTINCT issue FROM event WHERE subject = ? AND kind = ?").pluck();

  const bySubject = db.prepare("SELECT * FROM event WHERE subject = ? AND kind = ?");

  function ofSubject<T>(statement: typeof naming, kinds: readonly string[], subject: string): T[] {
    const known = kinds.flatMap((kind) => words.find(kind) ?? []);
    const word = known.length === 0 ? null : words.find(subject);
    return word === null ? [] : known.flatMap((kind) => statement.all(word, kind) as T[]);
  }

  function toEvent(row: EventRow): IssueEvent {
    const kind = words.text(row.kind);
    const event: IssueEvent = {
      id: row.id,
      issue: row.issue,
      at: row.at,
      actor: row.actor === null ? null : words.text(row.actor),
      kind,
    };
    const field = subjectField(kind);
    if (row.subject !== null && field !== null) event[field] = words.text(row.subject);
    return row.detail === null ? event : Object.assign(event, JSON.parse(row.detail) as Detail);
  }

  return {
    add(event, asOf) {
      const { issue, id, at } = event;
      const named = subjectOf(event);
      const actor = event.actor === null ? null : words.id(event.actor);
      const kind = words.id(event.kind);
      const subject = named === undefined ? null : words.id(named);
      const detail = detailOf(event);
      if (insert.run(issue, id, at, actor, kind, subject, detail, asOf ?? null).changes > 0) return true;
      if (asOf !== undefined) respell.run(actor, subject, detail, asOf, issue, id, asOf);
      return false;
    },
    retire(issue, asOf) {
      retire.run(issue, asOf);
      return remove.run(issue, asOf).changes > 0;
    },
    ofIssue: (issue) =>
      (select.all(issue) as EventRow[]).map(toEvent).sort((a, b) => a.at - b.at || a.id - b.id),
    usesOf: (kinds, subject) => ofSubject<number>(uses, kinds, subject).sort((a, b) => a - b),
    issuesNaming: (kinds, subject) => [...new Set(ofSubject<number>(naming, kinds, subject))],
    ofParents: (issue) => ofSubject<EventRow>(bySubject, subIssueKinds, String(issue)).map(toEvent),
    count: () => count.get() as number,
  };
}

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

function detailOf(event: IssueEvent): string | null {
  const { rename, stateReason, status, relation, type } = event;
  const detail = { rename, stateReason, status, relation, type };
  return Object.values(detail).some((value) => value !== undefined) ? JSON.stringify(detail) : null;
}
