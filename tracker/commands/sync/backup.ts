import { setImmediate as lookUp } from "node:timers/promises";
import { openBackup } from "../../backup/read-backup.ts";
import { ContentError, InterruptedError } from "../../errors.ts";
import { type MappedPage, mapPage } from "../../github/map-page.ts";
import type { Io } from "../../io.ts";
import { startProgress } from "../../progress.ts";
import type { Store } from "../../store/store.ts";
import { addTo, nothingYet, type SyncSummary } from "./summary.ts";

export interface BackupSummary extends SyncSummary {
  files: number;
  /** Files that do not parse, with what is wrong: named and left out. */
  skipped: { file: string; problem: string }[];
}

/** Issues, events and comments in one transaction. More would take more memory and save few writes. */
const batchRows = 1000;

/**
 * Reads a metadata backup into the store, many files in one transaction. A file that does not parse is left out and
 * named; everything else is kept. Errors: ContentError (no backup, or one of another repository), InterruptedError.
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
    store.setRepository(found);
    named = true;
  };
  let batch: MappedPage[] = [];
  let rows = 0;
  const keep = () => {
    store.transaction(() => {
      for (const mapped of batch) keepPage(store, mapped, sum);
    });
    batch = [];
    rows = 0;
  };
  const isStranger = (found: string) => found.toLowerCase() !== store.repository()?.toLowerCase();
  try {
    for (const step of backup.steps()) {
      // A signal arrives only while nothing else runs.
      await lookUp();
      if (io.signal.aborted) {
        keep();
        throw new InterruptedError("the import was interrupted", {
          hint: "What was read is kept; run the same command again.",
        });
      }
      if ("problem" in step) {
        sum.skipped.push({ file: step.file, problem: step.problem });
        continue;
      }
      if (!named && step.repository !== null) name(step.repository);
      if (step.repository !== null && isStranger(step.repository))
        strangers.set(step.repository, (strangers.get(step.repository) ?? 0) + 1);
      for (const raw of step.pages) {
        batch.push(mapPage(raw));
        rows += raw.items.length;
      }
      if (rows >= batchRows) keep();
      sum.files += 1;
      if (sum.files % 20 === 0) progress.update(`Reading ${dir}: ${sum.files} of ${backup.files} files`);
    }
    keep();
    if (!named && repository !== null) store.setRepository(repository);
    for (const [other, files] of strangers)
      sum.notices.push(
        `files of this backup that name ${other} instead of ${store.repository()}: ${files}. Right where the repository was renamed; else take them out and sync into a new database`,
      );
    return sum;
  } finally {
    progress.stop();
  }
}

function keepPage(store: Store, mapped: MappedPage, sum: BackupSummary): void {
  const added = store.append(mapped.page);
  addTo(sum, added, mapped.page);
  sum.problems.push(...mapped.problems);
}
