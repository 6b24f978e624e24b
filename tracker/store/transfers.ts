import { keyAt, numberOf, placeOf, type Repositories } from "../core/model/repositories.ts";
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
  const found: Step[] = [];
  for (const [place, store] of stores.entries())
    for (const { issue, to, at, ledAt = at } of store?.goneIssues() ?? []) {
      const key = to === undefined ? null : keyOfReference(to, repositories);
      const there = key === null ? null : stores[placeOf(key)];
      if (key !== null && there?.issue(numberOf(key)) != null)
        found.push({ from: keyAt(place, issue), to: key, at: ledAt });
    }
  const steps = new Map<number, number>();
  // The newest first: a step that would close a ring is of before the issue came back, and it is there again.
  for (const { from, to } of found.sort((a, b) => b.at - a.at || b.from - a.from))
    if (lastOf(to, steps) !== from) steps.set(from, to);
  return new Map([...steps.keys()].map((key) => [key, lastOf(key, steps)]));
}

/** That an issue left one place for another, as it was last found at `at`, epoch ms. */
interface Step {
  from: number;
  to: number;
  at: number;
}

/** Where a chain of transfers without a ring ends. */
function lastOf(first: number, steps: ReadonlyMap<number, number>): number {
  let key = first;
  for (let next = steps.get(key); next !== undefined; next = steps.get(key)) key = next;
  return key;
}

/** The key of `owner/name#12`; null where it is none of these repositories' issues. */
export function keyOfReference(to: string, { keyOf }: Pick<Repositories, "keyOf">): number | null {
  const [, repository = "", number = ""] = /^(.+)#(\d+)$/.exec(to) ?? [];
  return keyOf(repository, Number(number));
}

/** The same repositories, where an issue that was transferred is found under its old name, too. `nowAt`: its present key. */
export const following = (repositories: Repositories, nowAt: (key: number) => number): Repositories => ({
  ...repositories,
  keyOf(repository, number) {
    const key = repositories.keyOf(repository, number);
    return key === null ? null : nowAt(key);
  },
});
