import type { Interval } from "../model/interval.ts";

/** What an interval (or a doubt about one) is of. */
export type Named = Pick<Interval, "attribute" | "key" | "value">;

/** What a doubt is of that names no value: whatever it was. No test of names knows it. */
export const nameless = { key: "", value: "" } as const;

export type IntervalTest = (named: Named) => boolean;

/** Tests issue types against names in any case. */
export function typeTest(names: readonly string[]): IntervalTest {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return ({ attribute, value }) => attribute === "type" && known.has(value.toLowerCase());
}

/** Tests names in any case; a trailing * matches any ending, unless `wildcards` is false. */
export function nameTest(names: readonly string[], { wildcards = true } = {}): (name: string) => boolean {
  const isPattern = (name: string): boolean => wildcards && name.endsWith("*");
  const exact = new Set(names.filter((name) => !isPattern(name)).map((name) => name.toLowerCase()));
  const starts = names.filter(isPattern).map((name) => name.slice(0, -1).toLowerCase());
  const known = new Map<string, boolean>();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) {
      const lower = name.toLowerCase();
      found = exact.has(lower) || starts.some((start) => lower.startsWith(start));
      known.set(name, found);
    }
    return found;
  };
}

/** As {@link nameTest}, for labels by their name of the time or their present one. */
export function labelTest(names: readonly string[], options: { wildcards?: boolean } = {}): IntervalTest {
  const test = nameTest(names, options);
  return (i) => i.attribute === "label" && (test(i.value) || (i.key !== i.value && test(i.key)));
}
