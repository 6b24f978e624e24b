import { type KindPeriods, namesNow, turnsOf } from "./aliases.ts";
import { contradicted } from "./contradicted.ts";
import type { ReconcileInput } from "./evidence.ts";
import { exchanged, weakenExchanged } from "./exchanged.ts";
import type { NamePeriod } from "./resolver.ts";

/**
 * Marks as weak what is read of names that may have meant something else, and notes what: names that several things bore
 * which are there, for when they changed hands is reasoned out; those of a key that would have had one name, another, and
 * the first again, for some of that was another's; and those that what some issue tells contradicts.
 */
export function weaken(input: ReconcileInput, periods: KindPeriods): void {
  const groups = doubtfulGroups(input, periods);
  for (const name of groups.flat()) for (const one of periods.get(name) ?? []) one.weak = true;
  weakenReturned(input, periods);
  // Of milestones an issue has one at a time, so what it may have been instead needs no telling.
  if (input.kind === "milestone") return;
  noteOthers(input, periods, groups);
  weakenExchanged(periods, exchanged(input, periods));
}

function doubtfulGroups(input: ReconcileInput, periods: KindPeriods): string[][] {
  const groups = input.kind === "milestone" ? [] : contradicted(input, periods);
  for (const [name, list] of periods)
    if (new Set(list.flatMap(({ gone, key }) => (gone ? [] : [key]))).size > 1) groups.push([name]);
  return groups;
}

/** Of a name with several periods, only those of a key that came back to a former name may be another's. */
function weakenReturned(input: ReconcileInput, periods: KindPeriods): void {
  const now = namesNow(input);
  const living = [...periods.values()].flat().filter(({ gone }) => !gone);
  for (const [key, borne] of Map.groupBy(living, (one) => one.key)) {
    if (borne.length < 2) continue;
    const turns = turnsOf(input, borne, now.get(key));
    if (new Set(turns.map(({ name }) => name)).size < turns.length) for (const one of borne) one.weak = true;
  }
}

/** Names that are tied to each other, by what they are read as or by an issue, may each have meant what another is read as. */
function noteOthers(input: ReconcileInput, periods: KindPeriods, groups: readonly string[][]): void {
  const all = [...periods.values()].flat();
  if (!all.some(({ weak }) => weak)) return;
  const tied = new Map<string, Set<string>>();
  const tie = (names: readonly string[]) => {
    const together = new Set(names.flatMap((name) => [name, ...(tied.get(name) ?? [])]));
    for (const name of together) tied.set(name, together);
  };
  for (const group of groups) tie(group);
  const now = namesNow(input);
  for (const { name, key, gone } of all) if (!gone) tie([name, now.get(key) ?? key]);
  for (const one of all) {
    if (!one.weak) continue;
    one.others = othersOf(one, tied.get(one.name));
    // What bore the name may have been two things, so that it was used twice proves nothing.
    one.held = [];
  }
}

const othersOf = ({ name, key }: NamePeriod, together: ReadonlySet<string> = new Set()): string[] =>
  [...together].filter((other) => other !== name && other !== key).sort();
