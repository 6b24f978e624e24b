import { present } from "../../model/present.ts";
import { isSameName, type KindPeriods, namesNow } from "./aliases.ts";
import type { ReconcileInput, Use } from "./evidence.ts";

/** One issue took on what bore `name`, read as `key`, and shows it. */
interface Taken extends Use {
  key: string;
  shown: ReadonlySet<string>;
  /** Whether what it is read as bears another name now. GitHub compares names without case: no two bear them at a time. */
  isRenamed: boolean;
}

/**
 * Two names that one issue took on and that may have been each other's: one of them is read as something that bears
 * another name now, and no issue took on either of them without the other by then.
 */
export interface Exchange {
  uses: [Use, Use];
}

export function exchanged(input: ReconcileInput, periods: KindPeriods): Exchange[] {
  const now = namesNow(input);
  const isRenamed = (name: string, key: string) => !isSameName(now.get(key) ?? key, name);
  const taken = input.evidence.map(({ open, shown }): Taken[] => {
    const keys = new Set(shown);
    return open.flatMap((use) => {
      const meant = periods.get(use.name)?.find(({ to }) => use.at < to);
      return meant === undefined || meant.gone || !keys.has(meant.key)
        ? []
        : [{ ...use, key: meant.key, shown: keys, isRenamed: isRenamed(use.name, meant.key) }];
    });
  });
  const firstWithout = firstWithoutOf(taken.flat());
  return taken.flatMap((all) =>
    pairsOf(all)
      .filter(([a, b]) => a.key !== b.key && (a.isRenamed || b.isRenamed))
      .filter(([a, b]) => a.at < firstWithout(a, b.key) && b.at < firstWithout(b, a.key))
      .map(([a, b]) => ({ uses: [a, b] })),
  );
}

/** When an issue first showed what a name is read as, by that name, and not another key; Infinity: never. */
function firstWithoutOf(taken: readonly Taken[]) {
  const byName = Map.groupBy(taken, ({ name, key }) => `${name}\0${key}`);
  const known = new Map<string, number>();
  return ({ name, key }: Taken, other: string): number => {
    const question = `${name}\0${key}\0${other}`;
    const found =
      known.get(question) ??
      (byName.get(`${name}\0${key}`) ?? []).reduce(
        (first, { at, shown }) => (at < first && !shown.has(other) ? at : first),
        Number.POSITIVE_INFINITY,
      );
    known.set(question, found);
    return found;
  };
}

const pairsOf = <T>(all: readonly T[]): [T, T][] =>
  all.flatMap((one, index) => all.slice(index + 1).map((other): [T, T] => [one, other]));

/** Marks what these names are read as as weak, up to the last time that they may have been each other's. */
export function weakenExchanged(periods: KindPeriods, exchanges: readonly Exchange[]): void {
  const partners = new Map<string, { last: number; names: Set<string> }>();
  for (const { uses } of exchanges)
    for (const [{ name, at }, other] of [uses, uses.toReversed()] as [Use, Use][]) {
      const { last, names } = partners.get(name) ?? { last: at, names: new Set() };
      partners.set(name, { last: Math.max(at, last), names: names.add(other.name) });
    }
  for (const [name, { last, names }] of partners) {
    const list = present(periods.get(name));
    const cut = list.findIndex(({ to }) => last < to);
    const found = present(list[cut]);
    if (last + 1 < found.to && !found.weak) {
      list.splice(cut, 1, { ...found, to: last + 1 }, { ...found, from: last + 1 });
    }
    for (const one of list.slice(0, cut + 1)) {
      one.weak = true;
      one.others = [...new Set([...one.others, ...names])].sort();
    }
  }
}
