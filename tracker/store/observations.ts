import { hash } from "node:crypto";
import type { Database } from "better-sqlite3";
import type {
  FieldObservation,
  IssueObservation,
  LabelObservation,
  MilestoneObservation,
} from "../core/model/issue.ts";
import { lastOf } from "../core/model/present.ts";
import type {
  PlacementObservation,
  ProjectObservation,
  ProjectUpdateObservation,
} from "../core/model/project.ts";
import { mayBeEffort } from "./effort.ts";
import { type Column, rowInserter } from "./insert-rows.ts";
import type { Migration } from "./migrate.ts";
import {
  type IssueRow,
  inOrder,
  kinds,
  newestDigest,
  type Row,
  type Seen,
  versionsOf,
} from "./observation-rows.ts";

/**
 * What GitHub showed, and when: one row per distinct content of a thing, with the first and last time it was
 * seen so. Rows are never rewritten, so a due date that slipped or a name that changed stays readable; and the
 * rows do not depend on the order in which pages arrive.
 */
export const observationMigrations: Migration[] = [
  {
    name: "observations-1",
    up: `CREATE TABLE observation (
      kind INTEGER NOT NULL, thing INTEGER NOT NULL, digest TEXT NOT NULL, first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (kind, thing, digest)
    ) WITHOUT ROWID`,
  },
  {
    name: "observations-2",
    up: `CREATE INDEX observation_effort ON observation (thing) WHERE kind IN (1, 6) AND ${mayBeEffort("content")}`,
  },
];

type Kind = keyof typeof kinds;

interface Values {
  issue: IssueObservation;
  keptIssue: IssueObservation;
  milestone: MilestoneObservation;
  label: LabelObservation;
  placement: PlacementObservation;
  fields: FieldObservation;
  project: ProjectObservation;
  projectUpdate: ProjectUpdateObservation;
}

export interface Observations {
  /** True where the content was new. */
  add<K extends Kind>(kind: K, value: Values[K]): boolean;
  /** The same for issues, in their order. `isNewest`: of those that came so far there is no later version. */
  addIssues(issues: readonly IssueObservation[]): { isNew: boolean; isNewest: boolean }[];
  /** Digest of this content, where it is the newest of an issue that GitHub itself never showed; else null. */
  newestKept(issue: IssueObservation): string | null;
  /** A backup of `observedAt` still holds this version of an issue. */
  seeKeptAgain(issue: number, digest: string, observedAt: number): void;
  /** Every distinct content of an issue, oldest first; the last is what GitHub shows now. */
  versions(issue: number): Seen<IssueObservation>[];
  /** The same of several, by number; issues that were never seen are left out. */
  versionsOf(issues: readonly number[]): Map<number, Seen<IssueObservation>[]>;
  /** Numbers of all issues and pull requests, rising. */
  issues(): number[];
  /** Every distinct content of one thing, oldest first; the last is what GitHub shows now. */
  history<K extends Kind>(kind: K, thing: number): Seen<Values[K]>[];
  /** Every thing with all its contents, by number or id. */
  all<K extends Kind>(kind: K): Seen<Values[K]>[][];
  /** What GitHub shows now of every thing, by number or id. */
  newest<K extends Kind>(kind: K): Seen<Values[K]>[];
  latest<K extends Kind>(kind: K, thing: number): Seen<Values[K]> | null;
  /** Whether anything of this kind was ever seen. */
  has(kind: Kind): boolean;
  /** Issues and pull requests whose own text ever may have said effort. */
  issuesWithEffort(): number[];
}

type IssueObservations = Pick<
  Observations,
  "addIssues" | "newestKept" | "seeKeptAgain" | "versions" | "versionsOf" | "issues" | "issuesWithEffort"
>;
type ContentOf = (value: Values[Kind]) => Content;
/** Keeps a content, or widens the time in which it was seen. */
type Put = <K extends Kind>(kind: K, value: Values[K]) => { isNew: boolean; digest: string };

export function observations(db: Database): Observations {
  const ofThing = db.prepare("SELECT * FROM observation WHERE kind = ? AND thing = ?");
  const anyOfKind = db.prepare("SELECT 1 FROM observation WHERE kind = ? LIMIT 1").pluck();
  const ofKind = db.prepare("SELECT * FROM observation WHERE kind = ? ORDER BY thing");

  /** By the thing that was read: a file's content is asked for more than once. */
  const contents = new WeakMap<object, Content>();
  const contentOf: ContentOf = (value) => {
    const known = contents.get(value) ?? readContent(value);
    contents.set(value, known);
    return known;
  };
  const put = putter(db, contentOf);
  function history<K extends Kind>(kind: K, thing: number): Seen<Values[K]>[] {
    return inOrder<Values[K]>(ofThing.all(kinds[kind], thing) as Row[]);
  }
  function all<K extends Kind>(kind: K): Seen<Values[K]>[][] {
    const rows = ofKind.all(kinds[kind]) as (Row & { thing: number })[];
    return [...Map.groupBy(rows, ({ thing }) => thing).values()].map(inOrder<Values[K]>);
  }
  return {
    add: (kind, value) => put(kind, value).isNew,
    history,
    latest: (kind, thing) => history(kind, thing).at(-1) ?? null,
    has: (kind) => anyOfKind.get(kinds[kind]) !== undefined,
    all,
    newest: (kind) => all(kind).map(lastOf),
    ...issueObservations(db, put, contentOf),
  };
}

function putter(db: Database, contentOf: ContentOf): Put {
  const insert = db.prepare(
    "INSERT OR IGNORE INTO observation (kind, thing, digest, first_seen, last_seen, content) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const widen = db.prepare(
    `UPDATE observation SET first_seen = min(first_seen, ?), last_seen = max(last_seen, ?)
     WHERE kind = ? AND thing = ? AND digest = ? AND (first_seen > ? OR last_seen < ?)`,
  );
  const renew = keptRenewal(db);
  return (kind, value) => {
    const { observedAt } = value;
    const { text, digest } = contentOf(value);
    const key = [kinds[kind], "id" in value ? value.id : value.number, digest] as const;
    if (insert.run(...key, observedAt, observedAt, text).changes > 0) return { isNew: true, digest };
    if (kind === "keptIssue") renew.run(observedAt, observedAt, ...key, observedAt);
    else widen.run(observedAt, observedAt, ...key, observedAt, observedAt);
    return { isNew: false, digest };
  };
}

/** A backup says when it was last written, and nothing of before. */
const keptRenewal = (db: Database) =>
  db.prepare(
    `UPDATE observation SET first_seen = ?, last_seen = ?
     WHERE kind = ? AND thing = ? AND digest = ? AND last_seen < ?`,
  );

function issueObservations(db: Database, put: Put, contentOf: ContentOf): IssueObservations {
  const insertSome = rowInserter(db, "INSERT INTO observation", 6);
  const renew = keptRenewal(db);
  // Named, for SQLite would look through every text instead.
  const effort = db
    .prepare(
      `SELECT DISTINCT thing FROM observation INDEXED BY observation_effort
       WHERE kind IN (1, 6) AND ${mayBeEffort("content")}`,
    )
    .pluck();
  const allIssues = db
    .prepare("SELECT DISTINCT thing FROM observation WHERE kind IN (1, 6) ORDER BY thing")
    .pluck();
  const ofIssue = db.prepare("SELECT * FROM observation WHERE kind IN (1, 6) AND thing = ?");
  const listed = "thing IN (SELECT value FROM json_each(?))";
  const ofIssues = db.prepare(`SELECT * FROM observation WHERE kind IN (1, 6) AND ${listed}`);
  const known = db
    .prepare(`SELECT DISTINCT thing FROM observation WHERE kind IN (1, 6) AND ${listed}`)
    .pluck();
  const otherOfIssue = db
    .prepare("SELECT 1 FROM observation WHERE kind IN (1, 6) AND thing = ? AND digest <> ? LIMIT 1")
    .pluck();
  const live = db
    .prepare(`SELECT 1 FROM observation WHERE kind = ${kinds.issue} AND thing = ? LIMIT 1`)
    .pluck();
  const rowsOf = (issue: number) => ofIssue.all(issue) as IssueRow[];
  const isNewest = (issue: number, digest: string): boolean =>
    otherOfIssue.get(issue, digest) === undefined || newestDigest(rowsOf(issue)) === digest;
  return {
    addIssues(issues) {
      const met = new Set(known.all(JSON.stringify(issues.map(({ number }) => number))) as number[]);
      const first = new Map<number, IssueObservation>();
      for (const issue of issues)
        if (!met.has(issue.number) && !first.has(issue.number)) first.set(issue.number, issue);
      insertSome([...first.values()].map((issue) => issueRow(issue, contentOf(issue))));
      return issues.map((issue) => {
        if (first.get(issue.number) === issue) {
          first.delete(issue.number);
          return { isNew: true, isNewest: true };
        }
        const { isNew, digest } = put(issue.kept ? "keptIssue" : "issue", issue);
        return { isNew, isNewest: isNewest(issue.number, digest) };
      });
    },
    newestKept(issue) {
      const { digest } = contentOf(issue);
      return isNewest(issue.number, digest) && live.get(issue.number) === undefined ? digest : null;
    },
    seeKeptAgain: (issue, digest, observedAt) =>
      void renew.run(observedAt, observedAt, kinds.keptIssue, issue, digest, observedAt),
    versions: (issue) => versionsOf(rowsOf(issue)),
    versionsOf(issues) {
      const rows = ofIssues.all(JSON.stringify(issues)) as (IssueRow & { thing: number })[];
      const byIssue = Map.groupBy(rows, ({ thing }) => thing);
      return new Map([...byIssue].map(([issue, some]) => [issue, versionsOf(some)]));
    },
    issues: () => allIssues.all() as number[],
    issuesWithEffort: () => effort.all() as number[],
  };
}

function issueRow({ kept, number, observedAt }: IssueObservation, { text, digest }: Content): Column[] {
  return [kept ? kinds.keptIssue : kinds.issue, number, digest, observedAt, observedAt, text];
}

interface Content {
  text: string;
  digest: string;
}

/** What is kept of a thing, without when it was seen and by whom. */
function readContent(value: Values[Kind]): Content {
  const { observedAt: _, ...content } = value;
  if ("kept" in content) delete content.kept;
  const text = JSON.stringify(content);
  return { text, digest: hash("sha1", text, "base64") };
}
