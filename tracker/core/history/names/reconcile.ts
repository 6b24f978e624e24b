import { diceCoefficient } from "dice-coefficient";
import { forever } from "../../model/interval.ts";
import { present } from "../../model/present.ts";
import { aliasesOf, type KindPeriods, namesNow } from "./aliases.ts";
import type { Evidence, ReconcileInput, Use } from "./evidence.ts";
import { heldIn, holdsOf } from "./held.ts";
import type { NameKind, NamePeriod, Names } from "./resolver.ts";
import { unresolvedKey } from "./resolver.ts";
import { cutIntoSegments, type Hold, type Point, type Segment } from "./segments.ts";
import { weaken } from "./weaken.ts";

/**
 * Finds who bore which name when, so that the replayed end of every issue meets what GitHub shows with as few
 * renames, deletions and missing events as can be. A name belongs to one bearer at a time, and a bearer has one
 * name at a time; readings that break this are dropped.
 */
export function reconcile(given: ReconcileInput): Names {
  const input = { ...given, now: namesNow(given) };
  const banned = new Set<string>();
  for (let round = 0; ; round++) {
    const solved = solve(input, banned);
    const periods = periodsOf(input, solved);
    const clash = round < 20 ? findClash(input, periods, solved) : null;
    if (clash === null) {
      weaken(input, periods);
      return { periods: [...periods.values()].flat(), aliases: aliasesOf(input, periods) };
    }
    banned.add(clash);
  }
}

/** `now`: what each key is called now. */
type Known = ReconcileInput & { now: ReadonlyMap<string, string> };

type Solved = Map<string, Segment[]>;

interface PlacedUse {
  at: number;
  evidence: Evidence;
  /** Set where the issue took on and put off one thing under two names: the other end. `sure`: no other fits. */
  link: { name: string; at: number; sure: boolean } | null;
}

function solve(input: Known, banned: ReadonlySet<string>): Solved {
  const placed = placeUses(input);
  // A name that GitHub showed is told by that, where no issue is left that tells of it.
  for (const { name } of input.sightings) if (!placed.has(name)) placed.set(name, []);
  const holds = holdsOf(input);
  let solved: Solved = new Map();
  // Each name is judged by what the others explain; a few rounds settle chains and swaps.
  for (let round = 0; round < 4; round++) {
    const next: Solved = new Map();
    for (const [name, uses] of placed) {
      const points = [...uses.map((use) => pointOf(input, solved, name, use)), ...sighted(input, name)].sort(
        (a, b) => a.at - b.at,
      );
      const targets = targetsOf(input, solved, name, uses).filter((key) => !banned.has(`${name}\0${key}`));
      next.set(name, cutIntoSegments(points, targets, input.holders.get(name), holds.get(name) ?? []));
    }
    solved = next;
  }
  return solved;
}

function placeUses({ evidence }: ReconcileInput): Map<string, PlacedUse[]> {
  const placed = new Map<string, PlacedUse[]>();
  const place = (name: string, use: PlacedUse) => {
    const uses = placed.get(name);
    if (uses === undefined) placed.set(name, [use]);
    else uses.push(use);
  };
  for (const entry of evidence) {
    const used = new Set<string>();
    for (const { candidates, name: off, at: offAt } of entry.loose) {
      const open = candidates.filter(({ name }) => !used.has(name) && !entry.shown.includes(name));
      const on = mostAlike(off, open);
      if (on === null) continue;
      used.add(on.name);
      const sure = open.length === 1;
      place(on.name, { at: on.at, evidence: entry, link: { name: off, at: offAt, sure } });
      place(off, { at: offAt, evidence: entry, link: { ...on, sure } });
    }
    for (const { name, at } of entry.open) {
      if (!used.has(name)) place(name, { at, evidence: entry, link: null });
    }
  }
  return placed;
}

function lookUp(input: Known, solved: Solved, name: string, at: number): string | null {
  const found = solved.get(name)?.find((segment) => at < segment.until);
  return found === undefined ? (input.holders.get(name) ?? null) : found.target;
}

/** More than any other reading costs: the bearer came into being only later. */
const unborn = 20;

function pointOf(input: Known, solved: Solved, name: string, use: PlacedUse): Point {
  const { at, cost } = fitOf(input, solved, name, use);
  const isBorn = (target: string) => at >= (input.born.get(target) ?? at);
  return { at, cost: (target) => (target === null || isBorn(target) ? cost(target) : unborn) };
}

function fitOf(input: Known, solved: Solved, name: string, use: PlacedUse): Point {
  const { evidence, link, at } = use;
  if (link !== null) {
    const meant = lookUp(input, solved, link.name, link.at);
    // Otherwise two events would be missing, not one; but several candidates make the link a guess.
    const miss = link.sure ? 2 : 0.8;
    return { at, cost: (target) => (target === meant || meant === null ? 0 : miss) };
  }
  const shown = new Set(evidence.shown);
  const explained = new Set(
    evidence.open
      .filter((other) => other.name !== name)
      .map((other) => lookUp(input, solved, other.name, other.at)),
  );
  const residual = evidence.shown.filter((key) => !explained.has(key));
  const holder = input.holders.get(name);
  return {
    at,
    cost(target) {
      if (target === null) {
        if (holder !== undefined && residual.includes(holder)) return 1;
        return residual.length > 0 ? 0.6 : 0.2;
      }
      if (!shown.has(target)) return residual.length > 0 ? 1.6 : 1;
      if (!residual.includes(target)) return 0.3;
      // Only where nothing else decides between several does likeness of the names.
      return target === holder ? 0 : 0.05 * (1 - likeness(name, nameOf(input, target)));
    },
  };
}

function sighted({ sightings }: ReconcileInput, name: string): Point[] {
  return sightings
    .filter((sighting) => sighting.name === name)
    .map(({ at, key }) => ({ at, cost: (target) => (target === key ? 0 : 5) }));
}

function targetsOf(input: Known, solved: Solved, name: string, uses: PlacedUse[]): (string | null)[] {
  const targets = new Map<string | null, number>([[null, Number.POSITIVE_INFINITY]]);
  const count = (key: string) => targets.set(key, (targets.get(key) ?? 0) + 1);
  const holder = input.holders.get(name);
  if (holder !== undefined) targets.set(holder, Number.POSITIVE_INFINITY);
  for (const { evidence, link } of uses) {
    if (link === null) for (const key of evidence.shown) count(key);
    else {
      const meant = lookUp(input, solved, link.name, link.at);
      if (meant !== null) count(meant);
    }
  }
  for (const sighting of input.sightings) if (sighting.name === name) count(sighting.key);
  return [...targets]
    .sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(String(b[0])))
    .slice(0, 24)
    .map(([key]) => key);
}

function periodsOf(input: Known, solved: Solved): KindPeriods {
  const periods: KindPeriods = new Map();
  const holds = holdsOf(input);
  for (const [name, key] of input.holders)
    periods.set(name, [period(input.kind, name, -forever, forever, key)]);
  for (const [name, segments] of solved) {
    const list: NamePeriod[] = [];
    const holder = input.holders.get(name);
    const spans = holder === undefined || segments.at(-1)?.target === holder ? segments : [...segments, null];
    for (const [index, segment] of spans.entries()) {
      const from = list.at(-1)?.to ?? -forever;
      const next = spans[index + 1];
      const to = next === undefined ? forever : present(segment).until;
      const key = segment === null ? present(holder) : (segment.target ?? unresolvedKey(input.kind, name));
      const gone = segment !== null && segment.target === null;
      const weak = segment !== null && isWeak(input, name, segment);
      const held = gone ? heldIn(input, name, { from, to }, holds) : [];
      list.push({ ...period(input.kind, name, from, to, key), gone, held, weak });
    }
    if (list.length > 0) periods.set(name, list);
  }
  for (const [name, list] of periods) periods.set(name, cutAtBirths(input, list, holds));
  return periods;
}

/** What bears a name, or bore it once, bore none before it was created: there the name means something deleted since. */
function cutAtBirths(
  input: Known,
  list: readonly NamePeriod[],
  holds: ReadonlyMap<string, readonly Hold[]>,
): NamePeriod[] {
  return list.flatMap((one, index): NamePeriod[] => {
    const { kind, name, key, from, to } = one;
    const before = list[index - 1];
    const born = input.born.get(key) ?? from;
    if (one.gone || born <= from || born >= to) return [one];
    const own = { ...one, from: born };
    if (before?.gone) {
      before.to = born;
      return [own];
    }
    if (!input.uses(name).some((at) => at >= from && at < born)) return [one];
    const held = heldIn(input, name, { from, to: born }, holds, true);
    return [{ ...period(kind, name, from, born, unresolvedKey(kind, name)), gone: true, held }, own];
  });
}

function period(kind: NameKind, name: string, from: number, to: number, key: string): NamePeriod {
  return { kind, name, from, to, key, gone: false, held: [], weak: false, others: [] };
}

/** A reading that a tenth of its issues contradict, or a rename that one issue alone tells of. */
function isWeak(input: Known, name: string, { target, points, misfit }: Segment): boolean {
  if (misfit > points * 0.1 + 0.5) return true;
  if (target === null || target === input.holders.get(name) || points > 1) return false;
  return likeness(name, nameOf(input, target)) < 0.3;
}

/** A bearer that would have had two names at once: the reading with fewer points behind it is the wrong one. */
function findClash(input: Known, periods: KindPeriods, solved: Solved): string | null {
  for (const [name, segments] of solved) {
    for (const segment of segments) {
      if (segment.target === null || segment.target === input.holders.get(name)) continue;
      const current = nameOf(input, segment.target);
      if (current === name) continue;
      const own = (solved.get(current) ?? []).filter(({ target }) => target === segment.target);
      const early = own.filter(({ first }) => first < segment.last);
      const overlap = early.reduce((sum, { points }) => sum + points, 0);
      if (overlap > 0 && early.some(({ last }) => last > segment.first) && periods.has(name)) {
        const interleaved = countInterleaved(input, name, current, segment);
        if (interleaved * 3 > segment.points) return `${name}\0${segment.target}`;
      }
    }
  }
  return null;
}

/** How many issues took on the current name before the last time the former name was used for the same bearer. */
function countInterleaved(
  { evidence }: ReconcileInput,
  name: string,
  current: string,
  segment: Segment,
): number {
  let early = 0;
  let late = 0;
  let firstCurrent = Number.POSITIVE_INFINITY;
  const former: number[] = [];
  for (const { open, shown } of evidence) {
    const taken = open.find((use) => use.name === current);
    const had = open.find((use) => use.name === name);
    if (taken !== undefined && had === undefined && shown.includes(present(segment.target))) {
      if (taken.at < segment.last) early++;
      firstCurrent = Math.min(firstCurrent, taken.at);
    }
    if (had !== undefined && had.at >= segment.first && had.at <= segment.last) former.push(had.at);
  }
  late = former.filter((at) => at > firstCurrent).length;
  return Math.min(early, late);
}

const nameOf = ({ now }: Known, key: string): string => now.get(key) ?? key;

function mostAlike(name: string, others: readonly Use[]): Use | null {
  return others.reduce<Use | null>(
    (best, other) => (best === null || likeness(name, other.name) > likeness(name, best.name) ? other : best),
    null,
  );
}

/** Share of letter pairs in common, 0..1, without case. The blanks count where words begin and end. */
const likeness = (a: string, b: string): number => diceCoefficient(` ${a} `, ` ${b} `);
