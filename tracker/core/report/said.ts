import { startOfDay } from "../model/calendar.ts";
import { counted } from "../model/counted.ts";
import type { Deletion, EffortText } from "../model/event.ts";
import type { Rules } from "../model/rules.ts";
import { parseSpend, type Spend, type UnreadSpend } from "./spend.ts";

/** Effort that one line says, with when it counts. */
export interface Said {
  /** Of its text: below 0 where that is the issue's own. */
  id: number;
  days: number;
  /** From when it counts, epoch milliseconds. */
  at: number;
  /** When it was written or last edited; later than `at` where it was said afterwards. */
  knownAt: number;
  /** Its comment was deleted, and counts no more from then on; null: it is there. */
  deleted: Deletion | null;
}

const hour = 3_600_000;

/** The instant that a line counts from: noon of the day it names, else when it was written. */
const countsFrom = (spend: Spend, writtenAt: number, timeZone: string): number =>
  spend.day === null ? writtenAt : Math.min(startOfDay(spend.day, timeZone) + 12 * hour, writtenAt);

/** A day far after it was written was mistyped; one day ahead, it may be tomorrow elsewhere. */
const isAhead = (spend: Spend, text: EffortText, timeZone: string): boolean =>
  spend.day !== null && startOfDay(spend.day, timeZone) > text.updatedAt + 24 * hour;

/** What one text says of effort, and what in it looks like effort and cannot be read. */
export function readEffort(text: EffortText, rules: Rules): { said: Said[]; unread: UnreadSpend[] } {
  const { id, at, updatedAt, body, deleted = null } = text;
  const { spends, unread } = parseSpend(body, rules);
  // A line of an issue's own text was written when that text first had it.
  const earlier = (text.earlier ?? []).map((version) => ({
    at: version.at,
    lines: parseSpend(version.body, rules).spends.map(lineKey),
  }));
  const writtenAt = (spend: Spend): number => {
    const version = earlier.find(({ lines }) => lines.includes(lineKey(spend)));
    if (version === undefined) return at;
    version.lines.splice(version.lines.indexOf(lineKey(spend)), 1);
    return version.at;
  };
  const ahead = spends.filter((spend) => isAhead(spend, text, rules.timeZone));
  return {
    said: spends
      .filter((spend) => !ahead.includes(spend))
      .map((spend) => ({
        id,
        days: spend.days,
        at: countsFrom(spend, writtenAt(spend), rules.timeZone),
        knownAt: updatedAt,
        deleted,
      })),
    // What is no longer there cannot be mended.
    unread:
      deleted !== null
        ? []
        : [
            ...unread,
            ...ahead.map((spend) => ({ line: `/spend … ${spend.day}`, why: "that day was still to come" })),
          ],
  };
}

const lineKey = ({ days, day }: Spend): string => `${days} ${day}`;

/** Everything said, by `issue:` or `issue:pull`. */
export type SaidByIssue = ReadonlyMap<string, readonly Said[]>;

/** Reads each text once. */
export function saidIn(texts: Iterable<EffortText>, rules: Rules): SaidByIssue {
  const found = new Map<string, Said[]>();
  const seen = new Set<string>();
  for (const text of texts) {
    const key = `${text.issue}:${text.pull ?? ""}`;
    if (seen.has(`${key}:${text.id}`)) continue;
    seen.add(`${key}:${text.id}`);
    const { said } = readEffort(text, rules);
    if (said.length > 0) found.set(key, [...(found.get(key) ?? []), ...said]);
  }
  return found;
}

/** "by a comment", "by 2 comments and its text", "by the text of #12". `pull`: what its pull request is called. */
export function sourceOf(found: readonly Said[], pull: string | null): string {
  const comments = new Set(found.filter(({ id }) => id >= 0).map(({ id }) => id)).size;
  const words = [
    ...(comments === 0 ? [] : [comments === 1 ? "a comment" : counted(comments, "comment")]),
    ...(found.some(({ id }) => id < 0) ? [pull === null ? "its text" : "the text"] : []),
  ].join(" and ");
  return pull === null ? `by ${words}` : `by ${words} of ${pull}`;
}
