import type { Database } from "better-sqlite3";
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
];

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
  return {
    issuesWithEffort: () => effort.all() as number[],
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
