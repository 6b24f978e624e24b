/**
 * Several repositories in one history: an issue's key is its number plus a span for each repository listed before its
 * own, so that the same number in two of them is never one issue. Of a single repository keys are numbers.
 */
export interface Repositories {
  /** owner/name, in the order of the settings. */
  names: readonly string[];
  /** Key of an issue; null where the repository (owner/name in any case, or its short name) is none of these. */
  keyOf(repository: string, number: number): number | null;
  /** What people call an issue: `#12`, and where there are several repositories `web#12`. */
  issueName(key: number): string;
  /** The same; undefined where the number alone says it. */
  refOf(key: number): string | undefined;
  /** owner/name of the repository that an issue is in. */
  repositoryOf(key: number): string;
}

/** GitHub's numbers stay far below it. */
export const repositorySpan = 1_000_000_000;

/** An issue's number in its own repository. */
export const numberOf = (key: number): number => key % repositorySpan;

/** Place of an issue's or a milestone's repository among all, from 0 on. */
export const placeOf = (key: number): number => Math.floor(key / repositorySpan);

/** The key of `number` in the repository at `place`. */
export const keyAt = (place: number, number: number): number => place * repositorySpan + number;

/** `names`: owner/name, the first one's issues keep their numbers. `formerNames`: what each was called before. */
export function repositoriesOf(
  names: readonly string[],
  formerNames: readonly (readonly string[])[] = [],
): Repositories {
  const shorts = shortNames(names);
  const places = new Map<string, number>();
  const learn = (name: string, place: number) => {
    if (!places.has(name.toLowerCase())) places.set(name.toLowerCase(), place);
  };
  for (const [place, name] of names.entries()) learn(name, place);
  for (const [place, name] of shorts.entries()) learn(name, place);
  for (const [place, former] of formerNames.entries()) for (const name of former) learn(name, place);
  const refOf = (key: number): string | undefined =>
    names.length < 2 ? undefined : `${shorts[placeOf(key)] ?? "?"}#${numberOf(key)}`;
  return {
    names,
    keyOf(repository, number) {
      const place = places.get(repository.toLowerCase());
      return place === undefined ? null : keyAt(place, number);
    },
    refOf,
    issueName: (key) => refOf(key) ?? `#${numberOf(key)}`,
    repositoryOf: (key) => names[placeOf(key)] ?? names[0] ?? "",
  };
}

/** Without the owner, where that tells the repositories apart. */
function shortNames(names: readonly string[]): string[] {
  const bare = (name: string) => name.slice(name.indexOf("/") + 1);
  const counts = new Map<string, number>();
  for (const name of names.map((one) => bare(one).toLowerCase()))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name) => (counts.get(bare(name).toLowerCase()) === 1 ? bare(name) : name));
}
