import { setImmediate as lookUp } from "node:timers/promises";
import { openBackup } from "../../backup/read-backup.ts";
import { ContentError, InterruptedError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { startProgress } from "../../progress.ts";
import { beginFirst, endFirst, isTorn } from "../../store/first-sync.ts";
import type { Store } from "../../store/store.ts";
import { backupBatch } from "./backup-batch.ts";
import { nothingYet, type SyncSummary } from "./summary.ts";

export interface BackupSummary extends SyncSummary {
  files: number;
  /** Files that do not parse, with what is wrong: named and left out. */
  skipped: { file: string; problem: string }[];
}

/**
 * Reads a metadata backup into the store, many files in one transaction. A file that does not parse is left out and
 * named; everything else is kept. A file that is known as it is, is not read again; the store is the same as if it were.
 * Errors: ContentError (no backup, or one of another repository), InterruptedError.
 */
export async function syncBackup(
  store: Store,
  dir: string,
  repository: string | null,
  io: Io,
): Promise<BackupSummary> {
  const backup = openBackup(dir);
  const sum: BackupSummary = {
    ...nothingYet(),
    files: 0,
    skipped: [],
  };
  const progress = startProgress(io, `Reading ${dir}`);
  const owner = ownerIn(store, dir, repository);
  const batch = backupBatch(store, backup.observedAt, sum);
  try {
    for (const step of backup.changes(batch.find)) {
      // A signal arrives only while nothing else runs.
      await lookUp();
      if (io.signal.aborted) {
        owner.end();
        batch.keep();
        throw new InterruptedError("the import was interrupted", {
          hint: "What was read is kept; run the same command again.",
        });
      }
      if ("problem" in step) {
        sum.skipped.push({ file: step.file, problem: step.problem });
        continue;
      }
      const isOurs = owner.meet("known" in step ? step.known.repository : step.repository);
      if ("known" in step) batch.addKnown(step.file);
      else batch.add(step, isOurs);
      sum.files += 1;
      if (sum.files % 20 === 0) progress.update(`Reading ${dir}: ${sum.files} of ${backup.files} files`);
    }
    batch.keep();
    owner.end();
    endFirst(store.syncState, "backup");
    sum.notices.push(...owner.notices());
    if (isTorn(store.syncState))
      sum.notices.push(
        "an earlier first sync from GitHub was cut off, and no backup can end it: run npx sprintcast sync without --backup, or read the backup into a new database with --db",
      );
    return sum;
  } finally {
    progress.stop();
  }
}

/** Whose backup it is: the first file that says it names the repository; other names are counted. */
function ownerIn(store: Store, dir: string, repository: string | null) {
  let named = false;
  const strangers = new Map<string, number>();
  const name = (found: string) => {
    if (repository !== null && found.toLowerCase() !== repository.toLowerCase())
      throw new ContentError(
        "backup-other-repository",
        dir,
        `holds the history of ${found}, not of ${repository}`,
        {
          hint: "Name the right folder with --backup, or the right repository with --repo or in content/settings.yml.",
        },
      );
    if (store.repository() === null) beginFirst(store.syncState, "backup");
    store.setRepository(found);
    named = true;
  };
  return {
    /** Takes the name that a file gives; false where it is another repository's. */
    meet(found: string | null): boolean {
      if (found === null) return true;
      if (!named) name(found);
      if (found.toLowerCase() === store.repository()?.toLowerCase()) return true;
      strangers.set(found, (strangers.get(found) ?? 0) + 1);
      return false;
    },
    /** Where no file said it, the name that was asked for. */
    end(): void {
      if (!named && repository !== null) name(repository);
    },
    notices: (): string[] =>
      [...strangers].map(
        ([other, files]) =>
          `files of this backup that name ${other} instead of ${store.repository()}: ${files}. Right where the repository was renamed; else take them out and sync into a new database`,
      ),
  };
}

/** owner/name of the repository that a backup's files name first; null where none does. */
export function repositoryIn(dir: string): string | null {
  for (const step of openBackup(dir).steps())
    if ("repository" in step && step.repository !== null) return step.repository;
  return null;
}
