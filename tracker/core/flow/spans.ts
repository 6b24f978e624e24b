import type { Span } from "./work-clock.ts";

/** What lies in both. Each list in order, without overlaps. */
export function inBoth(some: readonly Span[], others: readonly Span[]): Span[] {
  return some.flatMap((one) =>
    others.flatMap((other) => {
      const span = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
      return span.from < span.to ? [span] : [];
    }),
  );
}

/** What lies in the first and not in the others. Each list in order, without overlaps. */
export function without(some: readonly Span[], others: readonly Span[]): Span[] {
  return some.flatMap((one) => {
    const rest: Span[] = [];
    let { from } = one;
    for (const other of others) {
      if (other.to <= from || other.from >= one.to) continue;
      if (other.from > from) rest.push({ from, to: other.from });
      from = Math.max(from, other.to);
    }
    return from < one.to ? [...rest, { from, to: one.to }] : rest;
  });
}
