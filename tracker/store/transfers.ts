import { keyAt, placeOf, type Repositories } from "../core/model/repositories.ts";
import type { Store } from "./store.ts";

/**
 * Issues that were transferred from one repository to another of the same history, by key, each with its present key.
 * GitHub lets an issue take its events, comments and creation time along, so that it is known twice and counts where it is
 * now. One that has not been seen there yet is none of these. `stores` in the places of `repositories`; no `refresh` needed.
 */
export function transfersAmong(
  stores: readonly (Store | null)[],
  repositories: Repositories,
): ReadonlyMap<number, number> {
  const steps = new Map<number, number>();
  for (const [place, store] of stores.entries())
    for (const { issue, to } of store?.goneIssues() ?? []) {
      const [, repository = "", number = ""] = /^(.+)#(\d+)$/.exec(to ?? "") ?? [];
      const key = repositories.keyOf(repository, Number(number));
      const there = key === null ? null : stores[placeOf(key)];
      if (key !== null && there?.issue(Number(number)) != null) steps.set(keyAt(place, issue), key);
    }
  return new Map([...steps.keys()].map((key) => [key, lastOf(key, steps)]));
}

/** Where a chain of transfers ends. What came back to where it began is there. */
function lastOf(first: number, steps: ReadonlyMap<number, number>): number {
  const passed = new Set<number>();
  let key = first;
  for (let next = steps.get(key); next !== undefined && !passed.has(next); next = steps.get(key)) {
    passed.add(next);
    key = next;
  }
  return key;
}

/** The same repositories, where an issue that was transferred is found under its old name, too. `nowAt`: its present key. */
export const following = (repositories: Repositories, nowAt: (key: number) => number): Repositories => ({
  ...repositories,
  keyOf(repository, number) {
    const key = repositories.keyOf(repository, number);
    return key === null ? null : nowAt(key);
  },
});
