import { z } from "zod";
import { type Cursors, loadCursor } from "./ask.ts";

const missingKey = "github.issues.missing";
const numbers = z.array(z.number());

export const loadMissing = (memory: Cursors): number[] => loadCursor(memory, missingKey, numbers) ?? [];

/** Remembers issues to ask for, also where this sync is cut off before it does. */
export function noteMissing(memory: Cursors, missing: Iterable<number>): void {
  const all = new Set([...loadMissing(memory), ...missing]);
  if (all.size > 0) memory.set(missingKey, JSON.stringify([...all]));
}

export function forgetMissing(memory: Cursors, number: number): void {
  const rest = loadMissing(memory).filter((one) => one !== number);
  if (rest.length === 0) memory.delete(missingKey);
  else memory.set(missingKey, JSON.stringify(rest));
}
