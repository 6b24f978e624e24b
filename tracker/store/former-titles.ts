import type { NamePeriod } from "../core/history/names/resolver.ts";
import { forever } from "../core/model/interval.ts";
import { keyAt } from "../core/model/repositories.ts";
import type { FormerTitle } from "../core/report/membership.ts";
import { verbsOf } from "./resolve-names.ts";
import type { History } from "./store.ts";
import type { Tables } from "./tables.ts";
import { newestMilestones } from "./things.ts";

type Sources = Pick<Tables, "observations" | "kept" | "names" | "events" | "intervals">;

/**
 * Titles in events that milestones may have borne, though they are read as another's, by the milestone's number. Nothing
 * bears such a title now, or whose it was is a guess; and the milestone was there, by no name of its own known yet. A
 * milestone that was renamed after its last issue left it looks as if it had been deleted.
 */
export function formerTitles(tables: Sources): Map<number, FormerTitle[]> {
  const { events, intervals, names, observations } = tables;
  const isMilestone = ({ kind, gone }: NamePeriod) => kind === "milestone" && !gone;
  const unborne = intervals.keysOf("milestone").filter((key) => key.startsWith("title:"));
  const periods = names.read().periods.filter(isMilestone);
  const weak = periods.filter((period) => period.weak);
  if (unborne.length + weak.length === 0) return new Map();
  const verbs = verbsOf("milestone");
  const doubtful = new Set([
    ...unborne.map((key) => key.slice("title:".length)),
    ...weak.map(({ name }) => name),
  ]);
  const uses = new Map([...doubtful].map((title) => [title, events.usesOf(verbs, title)]));
  const ownOf = Map.groupBy(periods, ({ key }) => key);
  const firstKnown = (number: number): number => {
    const seen = observations.history("milestone", number).map(({ firstSeenAt }) => firstSeenAt);
    const sure = (ownOf.get(String(number)) ?? []).filter((period) => !period.weak);
    const named = sure.flatMap(
      ({ name, from, to }) => events.usesOf(verbs, name).find((at) => from <= at && at < to) ?? [],
    );
    return Math.min(...seen, ...named, forever);
  };
  const found = newestMilestones(tables).map(({ number, createdAt }): [number, FormerTitle[]] => {
    const own = (ownOf.get(String(number)) ?? []).filter((period) => period.weak);
    const shared = own.map(({ name }) => ({ title: name, from: -forever, until: forever }));
    const [from, until] = [createdAt ?? -forever, firstKnown(number)];
    // Most milestones are known by their own name from their first day on.
    const perhaps = [...uses].filter(([, at]) => at.some((use) => from <= use && use < until));
    return [number, [...shared, ...perhaps.map(([title]) => ({ title, from, until }))]];
  });
  return new Map(found.filter(([, titles]) => titles.length > 0));
}

/** The same of several repositories, by the milestone's key. */
export const formerTitlesOfAll = (
  members: readonly { place: number; store: Pick<History, "formerTitles"> }[],
): ReadonlyMap<number, readonly FormerTitle[]> =>
  new Map(
    members.flatMap(({ place, store }) =>
      [...store.formerTitles()].map(([number, titles]) => [keyAt(place, number), titles] as const),
    ),
  );
