import type { Database } from "better-sqlite3";
import type { Comment, IssueEvent } from "../core/model/event.ts";
import type { CommentCount } from "../core/model/page.ts";
import type { Comments } from "./comments.ts";
import type { Events } from "./events.ts";
import type { Migration } from "./migrate.ts";

/** Whose comments are to be looked at again: GitHub hardly tells that one was deleted, and of which never. */
export const commentCheckMigrations: Migration[] = [
  {
    name: "comment-checks-1",
    up: `
      CREATE TABLE comment_count (
        issue INTEGER PRIMARY KEY, at INTEGER NOT NULL, count INTEGER NOT NULL,
        before_at INTEGER, before_count INTEGER
      );
      CREATE TABLE comment_due (issue INTEGER PRIMARY KEY, missed INTEGER NOT NULL);
    `,
  },
];

interface Row extends CommentCount {
  before_at: number | null;
  before_count: number | null;
}

export interface CommentChecks {
  /** How many comments GitHub says that an issue has. Where that is another number than before, it is checked. */
  count(count: CommentCount): void;
  /** Something hints that a comment was deleted. `missed`: a listing lacks one. */
  suspect(issue: number, missed: boolean): void;
  /** It arrived from another repository: the comments that it brought may be older than what a sync asks for. */
  arrived(issue: number): void;
  /** Its comments were listed, or cannot be. */
  done(issue: number): void;
  /**
   * Issues of which GitHub must be asked for all comments, rising: one in which effort may be said may be gone, or one
   * that the issue brought from another repository is not known. What needs no question, or is gone itself, is done.
   */
  toAsk(isGone: (issue: number) => boolean): number[];
}

/** Why all comments of an issue are asked for, as the database keeps it: the greater one stands for both. */
const reasons = { missed: 1, arrived: 2 } as const;

export function commentChecks(db: Database, comments: Comments, events: Events): CommentChecks {
  const rowOf = db.prepare("SELECT * FROM comment_count WHERE issue = ?");
  const insert = db.prepare("INSERT OR IGNORE INTO comment_count (issue, at, count) VALUES (?, ?, ?)");
  const update = db.prepare(
    "UPDATE comment_count SET at = ?, count = ?, before_at = ?, before_count = ? WHERE issue = ?",
  );
  const settle = db.prepare("UPDATE comment_count SET before_at = NULL, before_count = NULL WHERE issue = ?");
  const putDue = db.prepare(
    `INSERT INTO comment_due (issue, missed) VALUES (?, ?)
     ON CONFLICT (issue) DO UPDATE SET missed = max(missed, excluded.missed)`,
  );
  const remove = db.prepare("DELETE FROM comment_due WHERE issue = ?");
  const due = db.prepare("SELECT issue, missed FROM comment_due ORDER BY issue");
  const suspect = (issue: number, missed: boolean) => void putDue.run(issue, missed ? reasons.missed : 0);
  const done = (issue: number) => {
    remove.run(issue);
    settle.run(issue);
  };
  return {
    suspect,
    done,
    arrived: (issue) => void putDue.run(issue, reasons.arrived),
    count({ issue, at, count }) {
      if (insert.run(issue, at, count).changes > 0) return;
      const last = rowOf.get(issue) as Row;
      if (at >= last.at && (at > last.at || count !== last.count)) {
        // Several changes before the next check are one: its beginning is kept.
        update.run(at, count, last.before_at ?? last.at, last.before_count ?? last.count, issue);
        suspect(issue, false);
      }
    },
    toAsk(isGone) {
      const found = due.all() as { issue: number; missed: number }[];
      return found.flatMap(({ issue, missed }) => {
        const row = rowOf.get(issue) as Row | undefined;
        const isLacking = () => comments.ofIssue(issue).length < (row?.count ?? 0);
        const mayLoseEffort = () =>
          comments.effortOf(issue).length > 0 &&
          (missed >= reasons.missed ||
            isShort(row, comments.ofIssue(issue)) ||
            isToldOf(issue, comments, events.ofIssue(issue)));
        const needsLook = !isGone(issue) && ((missed === reasons.arrived && isLacking()) || mayLoseEffort());
        if (!needsLook) done(issue);
        return needsLook ? [issue] : [];
      });
    },
  };
}

/** Fewer than there were, and came since. */
function isShort(row: Row | undefined, known: readonly Comment[]): boolean {
  if (row === undefined || row.before_at === null || row.before_count === null) return false;
  const { before_at, before_count, at, count } = row;
  const came = known.filter((comment) => before_at < comment.at && comment.at <= at).length;
  return count < before_count + came;
}

/** Whether an event tells of a deletion after a comment that may say effort was last seen. */
function isToldOf(issue: number, comments: Comments, events: readonly IssueEvent[]): boolean {
  const newest = events.findLast(({ kind }) => kind === "comment_deleted")?.at;
  const looked = comments.listingsOf(issue).at(-1) ?? Number.NEGATIVE_INFINITY;
  if (newest === undefined || newest <= looked) return false;
  return comments.effortOf(issue).some(({ seenAt, listedAt }) => newest > (listedAt ?? seenAt));
}
