import { z } from "zod";
import { type Cursors, loadCursor, spanOf } from "./ask.ts";

const missingKey = "github.issues.missing";
const numbers = z.array(z.number());

export const loadMissing = (memory: Cursors): number[] => loadCursor(memory, missingKey, numbers) ?? [];

/** Remembers issues to ask for, also where this sync is cut off before it does. */
export function noteMissing(memory: Cursors, missing: Iterable<number>): void {
  const all = new Set([...loadMissing(memory), ...missing]);
  if (all.size > 0) memory.set(missingKey, JSON.stringify([...all]));
}

/** Under this name stands when the newest transfer was made that was followed, epoch milliseconds. */
const followedKey = "github.issues.followed";

/**
 * An issue arrived from another repository at `at`, epoch milliseconds. GitHub does not say where it came from, so those
 * that were transferred away (`away`) are asked for once more: one of them may have come on.
 */
export function noteArrival(memory: Cursors, at: number, away: () => readonly number[]): void {
  if (at <= Number(memory.get(followedKey) ?? 0)) return;
  noteMissing(memory, away());
  memory.set(followedKey, String(at));
}

/** Issues of a page of events that arrived from another repository, and when the newest did; null: none did. */
export function arrivalsIn(items: readonly unknown[]): { at: number; issues: number[] } | null {
  const arrivals = items.filter((item) => (item as { event?: unknown } | null)?.event === "transferred");
  const at = spanOf(arrivals, "created_at")?.newest;
  if (at === undefined) return null;
  const issues = arrivals.map((item) => (item as { issue?: { number?: unknown } | null }).issue?.number);
  return { at, issues: issues.filter((number) => Number.isSafeInteger(number)) as number[] };
}

export function forgetMissing(memory: Cursors, number: number): void {
  const rest = loadMissing(memory).filter((one) => one !== number);
  if (rest.length === 0) memory.delete(missingKey);
  else memory.set(missingKey, JSON.stringify(rest));
}
