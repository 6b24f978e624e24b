import type { BackupStep, FilePrint } from "../../backup/read-backup.ts";
import { type MappedPage, mapPage } from "../../github/map-page.ts";
import type { BackupFileMark } from "../../store/backup-files.ts";
import type { Store } from "../../store/store.ts";
import { addTo, type SyncSummary } from "./summary.ts";

/** Issues, events and comments in one transaction. More would take more memory and save few writes. */
const batchRows = 1000;

/**
 * Names what is read of a file. Change it where more is read, or something else: then files that are known are read
 * once more. A test says when.
 */
export const reader = "1";

type ParsedFile = Extract<BackupStep, { pages: unknown }>;

/** Files of a backup on their way into the store, some at a time. */
export interface BackupBatch {
  /** What is known of a file, where reading it again would tell nothing new; else null. */
  find(file: string, print: FilePrint): BackupFileMark | null;
  /** `isOurs`: it names no other repository. */
  add(step: ParsedFile, isOurs: boolean): void;
  addKnown(file: string): void;
  /** Keeps what is waiting, in one transaction. */
  keep(): void;
}

export function backupBatch(store: Store, observedAt: number, sum: SyncSummary): BackupBatch {
  let waiting: (() => void)[] = [];
  let rows = 0;
  /** Of files that wait: what was known of them may be so no more. */
  let issues = new Set<number>();

  const push = (work: () => void, count: number) => {
    waiting.push(work);
    rows += count;
    if (rows >= batchRows) keep();
  };
  function keep(): void {
    const works = waiting;
    [waiting, rows, issues] = [[], 0, new Set()];
    if (works.length > 0)
      store.transaction(() => {
        for (const work of works) work();
      });
  }
  return {
    keep,
    find(file, { size, digest }) {
      const mark = store.backupFiles.find(file);
      if (mark === null || mark.size !== size || mark.digest !== digest || mark.reader !== reader)
        return null;
      // What was updated while its backup was written is evidence as of a later time now.
      const isSame = mark.asOf === Math.min(mark.updatedAt, observedAt) && !issues.has(mark.issue);
      return isSame ? mark : null;
    },
    add({ file, pages: raws, repository, read }, isOurs) {
      const pages = raws.map(mapPage);
      if (read !== undefined) issues.add(read.issue);
      const isWhole = isOurs && pages.every(({ problems }) => problems.length === 0);
      const [issue] = pages.flatMap(({ page }) => page.issues);
      push(
        () => {
          for (const mapped of pages) keepPage(store, mapped, sum);
          if (read !== undefined && issue !== undefined && isWhole)
            store.backupFiles.note({ file, repository, reader, ...read }, issue);
        },
        raws.reduce((count, { items }) => count + items.length, 0),
      );
    },
    addKnown: (file) => push(() => store.backupFiles.seeAgain(file, observedAt), 1),
  };
}

function keepPage(store: Store, mapped: MappedPage, sum: SyncSummary): void {
  addTo(sum, store.append(mapped.page), mapped.page);
  sum.problems.push(...mapped.problems);
}
