import type { Database } from "better-sqlite3";
import type { ListedComment } from "../core/history/fold-comments.ts";
import type { Comment } from "../core/model/event.ts";
import { mayBeEffort } from "./effort.ts";
import type { Migration } from "./migrate.ts";
import type { Words } from "./string-pool.ts";

/** Every version of a comment that was seen; the newest counts. */
export const commentMigrations: Migration[] = [
  {
    name: "comments-1",
    up: `CREATE TABLE comment (
      issue INTEGER NOT NULL, id INTEGER NOT NULL, updated_at INTEGER NOT NULL, at INTEGER NOT NULL,
      author INTEGER, body TEXT NOT NULL, PRIMARY KEY (issue, id, updated_at)
    ) WITHOUT ROWID`,
  },
  {
    name: "comments-2",
    up: `CREATE INDEX comment_effort ON comment (issue) WHERE ${mayBeEffort("body")}`,
  },
  {
    // Whether comments that may say effort are still there: the last listing that showed each, and when GitHub listed all.
    name: "comments-3",
    up: `
      CREATE TABLE comment_listed (
        issue INTEGER NOT NULL, id INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (issue, id)
      ) WITHOUT ROWID;
      CREATE TABLE comment_listing (
        issue INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (issue, at)
      ) WITHOUT ROWID;
    `,
  },
];

/** Under this name stands when GitHub was first asked for all comments, epoch milliseconds. */
export const commentsBegun = "comments.begun";

interface Row {
  issue: number;
  id: number;
  updated_at: number;
  at: number;
  author: number | null;
  body: string;
}

export interface Comments {
  add(comment: Comment): boolean;
  /** The newest version of each comment on an issue, by (at, id). */
  ofIssue(issue: number): Comment[];
  /**
   * Comments of an issue in which effort may be said, each with when it was last seen: by a listing of all, else when
   * GitHub was first asked for all comments.
   */
  effortOf(issue: number): ListedComment[];
  /** Every comment of the repository in which effort may be said. */
  effort(): { issue: number; id: number }[];
  /** Notes that a listing of all comments of an issue, as of `at`, showed these. */
  sawListed(issue: number, at: number, ids: ReadonlySet<number>): void;
  /** The same, of a listing of GitHub's own. */
  sawListing(issue: number, at: number, ids: ReadonlySet<number>): void;
  /** When GitHub listed all comments of an issue, epoch milliseconds, rising. */
  listingsOf(issue: number): number[];
  /** Issues and pull requests with a comment in which effort may be said. */
  issuesWithEffort(): number[];
}

export function comments(db: Database, words: Words): Comments {
  const insert = db.prepare(
    "INSERT OR IGNORE INTO comment (issue, id, updated_at, at, author, body) VALUES (?, ?, ?, ?, ?, ?)",
  );
  // Of a row group with max(), SQLite gives the bare columns of that row: https://sqlite.org/lang_select.html#bareagg
  const select = db.prepare(
    `SELECT issue, id, max(updated_at) AS updated_at, at, author, body FROM comment
     WHERE issue = ? GROUP BY id ORDER BY at, id`,
  );
  const effort = db.prepare(`SELECT DISTINCT issue FROM comment WHERE ${mayBeEffort("body")}`).pluck();
  const effortOf = db.prepare(
    `SELECT c.id, max(c.updated_at) AS updatedAt, l.at AS listedAt
     FROM comment AS c LEFT JOIN comment_listed AS l ON l.issue = c.issue AND l.id = c.id
     WHERE c.issue = ? AND ${mayBeEffort("c.body")} GROUP BY c.id ORDER BY c.id`,
  );
  const allEffort = db.prepare(`SELECT DISTINCT issue, id FROM comment WHERE ${mayBeEffort("body")}`);
  const begun = db.prepare("SELECT value FROM sync_state WHERE key = ?").pluck();
  const effortIds = db
    .prepare(`SELECT DISTINCT id FROM comment WHERE issue = ? AND ${mayBeEffort("body")}`)
    .pluck();
  const putListed = db.prepare(
    `INSERT INTO comment_listed (issue, id, at) VALUES (?, ?, ?)
     ON CONFLICT (issue, id) DO UPDATE SET at = max(at, excluded.at)`,
  );
  const putListing = db.prepare("INSERT OR IGNORE INTO comment_listing (issue, at) VALUES (?, ?)");
  const listings = db.prepare("SELECT at FROM comment_listing WHERE issue = ? ORDER BY at").pluck();
  const sawListed = (issue: number, at: number, ids: ReadonlySet<number>) => {
    for (const id of effortIds.all(issue) as number[]) if (ids.has(id)) putListed.run(issue, id, at);
  };
  return {
    issuesWithEffort: () => effort.all() as number[],
    effortOf(issue) {
      const began = Number(begun.get(commentsBegun) ?? 0);
      return (effortOf.all(issue) as { id: number; updatedAt: number; listedAt: number | null }[]).map(
        ({ updatedAt, ...comment }) => ({ ...comment, seenAt: Math.max(updatedAt, began) }),
      );
    },
    effort: () => allEffort.all() as { issue: number; id: number }[],
    sawListed,
    sawListing(issue, at, ids) {
      putListing.run(issue, at);
      sawListed(issue, at, ids);
    },
    listingsOf: (issue) => listings.all(issue) as number[],
    add: ({ issue, id, updatedAt, at, author, body }) =>
      insert.run(issue, id, updatedAt, at, author === null ? null : words.id(author), body).changes > 0,
    ofIssue: (issue) =>
      (select.all(issue) as Row[]).map((row) => ({
        id: row.id,
        issue: row.issue,
        at: row.at,
        updatedAt: row.updated_at,
        author: row.author === null ? null : words.text(row.author),
        body: row.body,
      })),
  };
}
