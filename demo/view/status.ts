import type { Link } from "./link-state.ts";

export type Status = "connecting" | "live" | "lagging" | "reconnecting" | "offline" | "replay";

export interface StatusInput {
  link: Link;
  isReplaying: boolean;
  isOnline: boolean;
  /** When the element began to try, when the last readings arrived, when a conflated frame did; epoch ms. */
  startedAt: number;
  arrivedAt: number | null;
  conflatedAt: number | null;
  /** How old the newest reading is, ms; null while there is none. */
  ageMs: number | null;
}

/** Time without a reading after which live data are said to lag. */
const LAG_MS = 5000;
const OLD_MS = 10_000;
const CONFLATED_MS = 3000;
/** Time without a server after which a lost one counts as gone. */
const GONE_MS = 30_000;
/** How long a first connection is waited for before the recording plays. */
export const PATIENCE_MS = 2000;

/** What the badge says. Recorded data are never called anything but a replay. */
export function statusOf(input: StatusInput, now: number): Status {
  const { link, isOnline, startedAt } = input;
  if (input.isReplaying) return "replay";
  if (link.phase === "open") return isLagging(input, now) ? "lagging" : "live";
  if (!isOnline) return "offline";
  if (link.everOpen) return now - (link.lostAt ?? now) > GONE_MS ? "offline" : "reconnecting";
  return now - startedAt > PATIENCE_MS ? "offline" : "connecting";
}

function isLagging({ link, arrivedAt, conflatedAt, ageMs }: StatusInput, now: number): boolean {
  const since = Math.max(arrivedAt ?? 0, link.since);
  if (now - since > LAG_MS) return true;
  if (conflatedAt !== null && now - conflatedAt < CONFLATED_MS) return true;
  return ageMs !== null && ageMs > OLD_MS;
}
