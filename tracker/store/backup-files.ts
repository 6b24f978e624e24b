import type { Database } from "better-sqlite3";
import type { IssueObservation } from "../core/model/issue.ts";
import type { HistoryPage } from "../core/model/page.ts";
import type { Kept } from "./kept.ts";
import type { Migration } from "./migrate.ts";
import type { Observations } from "./observations.ts";

/**
 * Files of backups whose content is all kept, so that the next import need not read them again. A file is only here
 * while it is the last that was learned of its issue; `version`: its content, as observations know it.
 */
export const backupFileMigrations: Migration[] = [
  {
    name: "backup-files-1",
    up: `
      CREATE TABLE backup_file (
        file TEXT PRIMARY KEY, issue INTEGER NOT NULL, size INTEGER NOT NULL, digest TEXT NOT NULL, reader TEXT NOT NULL,
        repository TEXT, updated_at INTEGER NOT NULL, as_of INTEGER NOT NULL, version TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX backup_file_by_issue ON backup_file (issue);
    `,
  },
];

/** One file of a backup: what it is known by, and what of it an import that skips it must know. */
export interface BackupFileMark {
  /** Its path in the backup's folder. */
  file: string;
  issue: number;
  /** Bytes. */
  size: number;
  /** Of its bytes. */
  digest: string;
  /** Which reader read it: another one may read more of it. */
  reader: string;
  /** owner/name that it names, or null. */
  repository: string | null;
  /** When GitHub last updated what it holds, and as of when it is evidence, epoch milliseconds. */
  updatedAt: number;
  asOf: number;
}

/** What is known of files of backups. Call it in the transaction that keeps their pages. */
export interface BackupFiles {
  /** null: the file is unknown, or something else was learned of its issue since. */
  find(file: string): BackupFileMark | null;
  /** Notes a file whose pages were just appended, where reading it again would say nothing new. */
  note(mark: BackupFileMark, issue: IssueObservation): void;
  /** What appending the file's pages again would do, `observedAt` being when its backup was written. */
  seeAgain(file: string, observedAt: number): void;
}

type Row = BackupFileMark & { version: string };

export interface BackupFileTable extends BackupFiles {
  /** Whatever tells of an issue makes its file one that must be read again. */
  forget(page: HistoryPage): void;
  forgetAll(): void;
}

export function backupFiles(
  db: Database,
  { observations, kept, keptAt }: { observations: Observations; kept: Kept; keptAt(at: number): void },
): BackupFileTable {
  const select = db.prepare(
    "SELECT *, updated_at AS updatedAt, as_of AS asOf FROM backup_file WHERE file = ?",
  );
  const insert = db.prepare("INSERT OR REPLACE INTO backup_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const remove = db.prepare("DELETE FROM backup_file WHERE issue = ?");
  const any = db.prepare("SELECT 1 FROM backup_file LIMIT 1").pluck();
  const removeAll = db.prepare("DELETE FROM backup_file");
  return {
    find(file) {
      return (select.get(file) as Row | undefined) ?? null;
    },
    note({ file, issue, size, digest, reader, repository, updatedAt, asOf }, observation) {
      const version = observations.newestKept(observation);
      // An older version may become the newest by being seen once more, or bring back events that are put aside.
      if (version === null || kept.lastWhole(issue) !== asOf) return;
      insert.run(file, issue, size, digest, reader, repository, updatedAt, asOf, version);
    },
    seeAgain(file, observedAt) {
      const { issue, version } = select.get(file) as Row;
      observations.seeKeptAgain(issue, version, observedAt);
      keptAt(observedAt);
    },
    forgetAll: () => void removeAll.run(),
    forget(page) {
      // A team that never read a backup has none, and pays nothing for it.
      if (any.get() === undefined) return;
      for (const issue of issuesIn(page)) remove.run(issue);
    },
  };
}

/** Every issue that a page may tell of: whatever it lists bears a number or names its issue. */
function issuesIn(page: HistoryPage): Set<number> {
  const found = new Set<number>();
  for (const list of Object.values(page) as unknown[][])
    for (const entry of list) {
      const { number, issue } = entry as { number?: unknown; issue?: unknown };
      if (typeof issue === "number") found.add(issue);
      else if (typeof number === "number") found.add(number);
    }
  return found;
}
