import type { UnexpectedCard } from "../model/report.ts";
import type { Item } from "./scope.ts";

/** How and when an issue became part of the final scope after S. */
export interface Entry {
  how: NonNullable<UnexpectedCard["entered"]>;
  at: number;
  eventId: number | null;
}

/**
 * The entry of an added issue. What was settled at S was reopened or came out of the freezebox, whether the sprint's
 * mark was on it before or put on after; it entered when both held for the first time since.
 */
export function entryOf({ atStart, atEnd, revival, absence }: Item): Entry | null {
  const member = atEnd?.member ?? null;
  if (member === null) return null;
  const how: Entry["how"] = revival?.how ?? (atStart === null ? "new" : "moved in");
  const marked: Entry = { how, at: member.from, eventId: member.startEvent };
  const entries: Entry[] = [
    ...(revival === null ? [] : [{ how, at: revival.at, eventId: revival.eventId }]),
    // Its mark may be older than its return from another repository.
    ...(absence === null ? [] : [{ how, at: absence.to, eventId: absence.endEvent }]),
  ];
  return entries.reduce((last, entry) => (entry.at > last.at ? entry : last), marked);
}
