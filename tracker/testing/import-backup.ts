import { openBackup } from "../backup/read-backup.ts";
import { mapPage } from "../github/map-page.ts";
import type { Store } from "../store/open.ts";

/** Loads a backup folder into a store, as `sync --backup` does, and returns what could not be read. */
export function importBackup(store: Store, folder: string): string[] {
  const problems: string[] = [];
  for (const step of openBackup(folder).steps()) {
    if ("problem" in step) {
      problems.push(`${step.file}: ${step.problem}`);
      continue;
    }
    for (const raw of step.pages) {
      const mapped = mapPage(raw);
      problems.push(...mapped.problems);
      store.append(mapped.page);
    }
  }
  store.refresh();
  return problems;
}
