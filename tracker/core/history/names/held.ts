import type { ReconcileInput } from "./evidence.ts";
import type { Hold } from "./segments.ts";

/** Holds of each name in order of their start. */
export function holdsOf({ evidence }: ReconcileInput): Map<string, Hold[]> {
  const held = evidence.flatMap((entry) => entry.held).sort((a, b) => a.at - b.at);
  const byName = Map.groupBy(held, ({ name }) => name);
  return new Map([...byName].map(([name, list]) => [name, list.map(({ at, to }) => ({ from: at, to }))]));
}

/**
 * Spans in which one thing surely bore a name that nothing bears any more. Where the name was made again, before or
 * since (`wasMadeAgain`), that it was used twice proves nothing; only that it was taken on and put off, and what
 * overlaps with that.
 */
export function heldIn(
  input: ReconcileInput,
  name: string,
  { from, to }: Hold,
  holds: ReadonlyMap<string, readonly Hold[]>,
  wasMadeAgain = false,
): Hold[] {
  const inside = ({ at }: { at: number }) => from <= at && at < to;
  const isMadeAgain =
    wasMadeAgain ||
    input.holders.has(name) ||
    input.evidence.some(({ again }) => again.some((use) => use.name === name && inside(use)));
  if (isMadeAgain) return joined((holds.get(name) ?? []).filter((hold) => hold.from >= from && hold.to < to));
  const uses = input.uses(name).filter((at) => inside({ at }));
  const [first, last] = [uses[0], uses.at(-1)];
  return first === undefined || last === undefined ? [] : [{ from: first, to: last }];
}

/** Holds in order of their start, those that overlap as one. */
function joined(holds: readonly Hold[]): Hold[] {
  const spans: Hold[] = [];
  for (const hold of holds) {
    const last = spans.at(-1);
    if (last !== undefined && hold.from < last.to) last.to = Math.max(last.to, hold.to);
    else spans.push({ ...hold });
  }
  return spans;
}
