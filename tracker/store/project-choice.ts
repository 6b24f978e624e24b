import type { ProjectChoice } from "../core/model/project.ts";
import type { SyncState } from "./sync-state.ts";
import type { Tables } from "./tables.ts";

const key = "project";

export function chosenProject(syncState: SyncState): ProjectChoice | null {
  const text = syncState.get(key);
  return text === null ? null : (JSON.parse(text) as ProjectChoice);
}

/** Everything seen of projects stays; which of it counts is folded anew. */
export function chooseProject(tables: Tables, choice: ProjectChoice | null): void {
  const { syncState, observations, stale } = tables;
  if (chosenProject(syncState) === choice) return;
  tables.transaction(() => {
    if (choice === null) syncState.delete(key);
    else syncState.set(key, JSON.stringify(choice));
    stale.add(observations.newest("placement").map(({ number }) => number));
  });
}
