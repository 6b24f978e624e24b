import type { Attribute, Interval, IssueTimeline } from "../model/interval.ts";
import { placeOf } from "../model/repositories.ts";
import type { Mark, Sprint } from "../model/sprint.ts";
import { labelTest, type Named, nameless } from "./label-test.ts";

/** A milestone's number and every title it ever had. */
export interface MilestoneTitles {
  number: number;
  titles: readonly string[];
  /** Its title now, where that is known. */
  current?: string;
  /** Titles that it may have borne, though they are read as another's. */
  perhaps?: readonly FormerTitle[];
}

/** A title that a milestone may have borne where intervals of it begin in [from, until), epoch ms. */
export interface FormerTitle {
  title: string;
  from: number;
  until: number;
}

/** Whether an interval means membership in the sprint with this mark. */
export type MarkTest = (interval: Named) => boolean;

const marksSprints: ReadonlySet<Attribute> = new Set<Mark["by"]>([
  "milestone",
  "label",
  "status",
  "iteration",
]);

/** Whether what is in doubt may have put an issue into the sprint. Where it names no value, any mark may have been on it. */
export const mayPlace = (named: Named, isMember: MarkTest): boolean =>
  named.key === nameless.key ? marksSprints.has(named.attribute) : isMember(named);

/** Which milestones a mark means, and by what. */
export interface MilestonesMeant {
  by: "title" | "former title" | "number";
  numbers: number[];
}

type MilestoneMark = Extract<Mark, { by: "milestone" }>;

/**
 * Those that bear the mark's title now, else those that ever did, else the one of its number: a number in a sprint's
 * file is a title first. null: there is none. `milestones` of one repository.
 */
export function milestonesMeant(
  { title, number }: MilestoneMark,
  milestones: readonly MilestoneTitles[],
): MilestonesMeant | null {
  const numbersOf = (found: readonly MilestoneTitles[]) => found.map((one) => one.number);
  const bearers = milestones.filter((one) => one.current === title);
  if (bearers.length > 0) return { by: "title", numbers: numbersOf(bearers) };
  const once = milestones.filter((one) => one.titles.includes(title));
  if (once.length > 0) return { by: "former title", numbers: numbersOf(once) };
  return number === null ? null : { by: "number", numbers: [number] };
}

/**
 * The same in the repository at `place`, of the milestones of all: a title in one of them says nothing of another. A
 * number is one of the first.
 */
export function milestonesMeantAt(
  place: number,
  mark: MilestoneMark,
  milestones: readonly MilestoneTitles[],
): MilestonesMeant | null {
  const own = milestones.filter(({ number }) => placeOf(number) === place);
  return milestonesMeant(place === 0 ? mark : { ...mark, number: null }, own);
}

/** Place of the repository whose milestone a key means: its number's, or the one before a title known by itself. */
const placeOfKey = (key: string): number =>
  /^\d+$/.test(key) ? placeOf(Number(key)) : Number(/^(\d+)\/title:/.exec(key)?.[1] ?? 0);

/** Milestones match by what the mark means, labels by their present name or that of the time. */
export function markTest(mark: Mark, milestones: readonly MilestoneTitles[]): MarkTest {
  if (mark.by === "label") return labelTest([mark.name], { wildcards: false });
  if (mark.by === "status") return (i) => i.attribute === "status" && i.value === mark.value;
  if (mark.by === "iteration") return (i) => i.attribute === "iteration" && i.value === mark.title;
  const known = new Set(milestones.map(({ number }) => String(number)));
  const meant = new Map<number, MilestonesMeant | null>();
  const meantAt = (place: number): MilestonesMeant | null => {
    let found = meant.get(place);
    if (found === undefined) {
      found = milestonesMeantAt(place, mark, milestones);
      meant.set(place, found);
    }
    return found;
  };
  return (i) => {
    if (i.attribute !== "milestone") return false;
    const found = meantAt(placeOfKey(i.key));
    // One that was deleted is no longer among them, and another may bear its title now.
    const isByTitle = found === null || (found.by !== "number" && !known.has(i.key));
    return isByTitle ? i.value === mark.title : found.numbers.includes(Number(i.key));
  };
}

/** Whether an interval may mean membership all the same; null: none may. */
export type Perhaps = ((interval: Pick<Interval, "attribute" | "key" | "value" | "from">) => boolean) | null;

/**
 * Whether an interval may mean membership in the sprint though it is read as another milestone's: the sprint's own may
 * have been called so then. null: that cannot be of any.
 */
export function perhapsTest(mark: Mark, milestones: readonly MilestoneTitles[]): Perhaps {
  const titles = titlesPerhaps(mark, milestones);
  if (titles.length === 0) return null;
  return ({ attribute, key, value, from }) =>
    attribute === "milestone" &&
    titles.some(
      (one) => one.title === value && one.from <= from && from < one.until && one.place === placeOfKey(key),
    );
}

/** Titles that the milestones which a mark means may have borne, each with the place of its repository. */
export function titlesPerhaps(
  mark: Mark,
  milestones: readonly MilestoneTitles[],
): (FormerTitle & { place: number })[] {
  if (mark.by !== "milestone" || milestones.every(({ perhaps }) => perhaps === undefined)) return [];
  const places = [...new Set(milestones.map(({ number }) => placeOf(number)))];
  const meant = new Set(places.flatMap((place) => milestonesMeantAt(place, mark, milestones)?.numbers ?? []));
  return milestones.flatMap(({ number, perhaps = [] }) =>
    meant.has(number) ? perhaps.map((title) => ({ ...title, place: placeOf(number) })) : [],
  );
}

/** A sprint with its test, made once for all issues. */
export interface SprintTest {
  sprint: Sprint;
  test: MarkTest;
}

/** Whether an issue was transferred or deleted by `from` and not back before `to`: its marks say nothing any more. */
const isGone = ({ intervals }: IssueTimeline, from: number, to: number): boolean =>
  intervals.some((i) => i.attribute === "gone" && i.from <= from && to <= i.to);

export function memberAt(timeline: IssueTimeline, t: number, test: MarkTest): Interval | null {
  for (const i of timeline.intervals)
    if (i.from <= t && t < i.to && test(i)) return isGone(timeline, t, t + 1) ? null : i;
  return null;
}

/** Whether the issue was in the sprint at any moment of [from, to). */
export function everMember(timeline: IssueTimeline, from: number, to: number, test: MarkTest): boolean {
  return timeline.intervals.some(
    (i) =>
      i.from < to && from < i.to && test(i) && !isGone(timeline, Math.max(i.from, from), Math.min(i.to, to)),
  );
}

/** How many sprints that began before `sprint` the issue was already in. */
export function depthOf(timeline: IssueTimeline, sprint: Sprint, earlier: readonly SprintTest[]): number {
  return earlier.filter(
    (e) => e.sprint.start < sprint.start && everMember(timeline, e.sprint.start, e.sprint.end, e.test),
  ).length;
}
