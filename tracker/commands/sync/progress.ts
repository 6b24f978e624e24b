import { counted } from "../../core/model/counted.ts";
import type { RawPage } from "../../core/model/page.ts";

/** What is read: a listing, or the events of issues that arrived, one after the other. */
type Kind = RawPage["kind"] | "arrivals";
type Place = { page: number; of: number } | null;

/**
 * Tells after each page how long the rest of its listing will take, in milliseconds, from the pace so far; null
 * where GitHub does not say how many pages there are, or nothing was timed yet.
 */
export function timePages(now: () => number): (kind: Kind, place: Place) => number | null {
  const begun = new Map<Kind, { at: number; page: number }>();
  return (kind, place) => {
    if (place === null) return null;
    const first = begun.get(kind);
    if (first === undefined) begun.set(kind, { at: now(), page: place.page });
    if (first === undefined || place.page <= first.page) return null;
    return ((now() - first.at) / (place.page - first.page)) * (place.of - place.page);
  };
}

/** How much came; issues and pull requests apart. */
export interface Came {
  issues: number;
  pulls: number;
  events: number;
  comments: number;
}

/** "12 issues, 3 pull requests, 80 events, 1 comment": pull requests only where there are any. */
export const describeCame = ({ issues, pulls, events, comments }: Came): string =>
  [
    counted(issues, "issue"),
    ...(pulls === 0 ? [] : [counted(pulls, "pull request")]),
    counted(events, "event"),
    counted(comments, "comment"),
  ].join(", ");

/** One line about a pull under way: what came, where it is, how long the listing will still take. */
export function describePull(sum: Came, kind: Kind, place: Place, left: number | null): string {
  const isArrivals = kind === "arrivals";
  const unit = isArrivals ? "" : "page ";
  const where = place === null ? "" : `, ${unit}${place.page} of ${place.of}`;
  const what = isArrivals ? "events of issues that arrived" : kind;
  return `${describeCame(sum)}: reading ${what}${where}${left === null ? "" : `, ${describeSpan(left)} left`}`;
}

function describeSpan(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 90 ? `about ${seconds} s` : `about ${Math.round(seconds / 60)} min`;
}
