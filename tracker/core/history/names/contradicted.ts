import { isSameName, type KindPeriods, namesNow } from "./aliases.ts";
import type { Evidence, ReconcileInput, Use } from "./evidence.ts";
import { unresolvedKey } from "./resolver.ts";

/** What a name meant, by the reading that was reasoned out. */
type Reading = (use: Use) => { key: string; gone: boolean };

/**
 * Names of which the reading does not explain what some issue tells: it took on one thing and shows another, it put off
 * what it had not, or two names of one thing were on at once. Those of one issue stand together, for each may have meant
 * what another is read as.
 */
export function contradicted(input: ReconcileInput, periods: KindPeriods): string[][] {
  const now = namesNow(input);
  const reading: Reading = ({ name, at }) =>
    periods.get(name)?.find(({ to }) => at < to) ?? { key: unresolvedKey(input.kind, name), gone: true };
  return input.evidence
    .flatMap((entry) => [
      ...unmet(entry, reading, (key) => now.get(key) ?? key),
      ...putOffUnknown(entry, reading),
    ])
    .filter((names) => names.length > 0);
}

/** What an issue took on and does not show, beside something that it shows and never took on. */
function unmet(
  { open, again, shown }: Evidence,
  reading: Reading,
  nameOf: (key: string) => string,
): string[][] {
  const meant = open.map((use) => ({ name: use.name, ...reading(use) }));
  const known = new Set(meant.flatMap(({ key, gone }) => (gone ? [] : [key])));
  const unexplained = shown.filter((key) => !known.has(key)).map(nameOf);
  const missing = meant.filter(({ key, gone }) => gone || !shown.includes(key));
  const twice = [...Map.groupBy(meant, ({ key }) => key).values()].filter(({ length }) => length > 1);
  const repeated = again.map((use) => ({ name: use.name, ...reading(use) }));
  const odd = [...missing, ...repeated, ...twice.flat()];
  return [
    ...twice.map((same) => same.flatMap(({ name, key }) => [name, nameOf(key)])),
    ...[...missing, ...repeated]
      .filter(({ name, key }) => !isSameName(name, nameOf(key)))
      .map(({ name, key }) => [name, nameOf(key)]),
    ...(unexplained.length > 0 && odd.length > 0 ? [[...odd.map(({ name }) => name), ...unexplained]] : []),
  ];
}

/** What was put off without having been on, where something else was on that is told of no more. */
function putOffUnknown({ loose, shown }: Evidence, reading: Reading): string[][] {
  return loose.map((off) => {
    const { key } = reading(off);
    if (off.candidates.some((use) => reading(use).key === key)) return [];
    const unexplained = off.candidates.filter((use) => !shown.includes(reading(use).key));
    return unexplained.length === 0 ? [] : [off.name, ...unexplained.map(({ name }) => name)];
  });
}
