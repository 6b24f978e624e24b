import type { Span } from "./work-clock.ts";

/** The same time as spans in order that do not touch. */
export function merged(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    if (from >= to) continue;
    const last = found.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else found.push({ from, to });
  }
  return found;
}

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
