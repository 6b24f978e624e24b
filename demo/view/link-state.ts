/** How patient the link is; ms. */
export interface LinkLimits {
  /** An attempt that has not opened by then is given up. */
  openWithinMs: number;
  /** Silence after which an open connection counts as broken; the server pings more often. */
  silenceMs: number;
  firstDelayMs: number;
  maxDelayMs: number;
}

export const linkLimits: LinkLimits = {
  openWithinMs: 5000,
  silenceMs: 40_000,
  firstDelayMs: 500,
  maxDelayMs: 30_000,
};

export type Channel = "websocket" | "events";

/** A viewer's connection. `since`: when the phase began; `lostAt`: when it was last open, null if never. */
export interface Link {
  phase: "idle" | "opening" | "open" | "waiting";
  since: number;
  heardAt: number;
  /** Attempts in a row that brought nothing. */
  failures: number;
  nextAt: number;
  everOpen: boolean;
  lostAt: number | null;
}

export const idleLink: Link = {
  phase: "idle",
  since: 0,
  heardAt: 0,
  failures: 0,
  nextAt: 0,
  everOpen: false,
  lostAt: null,
};

export function opening(link: Link, now: number): Link {
  return { ...link, phase: "opening", since: now };
}

/** A message came; the first one makes the link open. */
export function heardLink(link: Link, now: number): Link {
  if (link.phase === "open") return { ...link, heardAt: now };
  return { ...link, phase: "open", since: now, heardAt: now, failures: 0, everOpen: true, lostAt: null };
}

/** No server makes a viewer wait for longer than this, ms: what it says may be nonsense, and it may be back. */
const LONGEST_ASKED = 300_000;

/**
 * The connection ended, or never began.
 * @param random from 0 to 1: the delay is drawn evenly up to a bound that doubles (full jitter), so that viewers of
 * a server that comes back do not all come at once
 * @param retryAfter what the server asked for, ms
 */
export function lost(link: Link, limits: LinkLimits, now: number, random: number, retryAfter = 0): Link {
  const bound = Math.min(limits.maxDelayMs, limits.firstDelayMs * 2 ** link.failures);
  return {
    ...link,
    phase: "waiting",
    since: now,
    failures: link.failures + 1,
    nextAt: now + Math.min(LONGEST_ASKED, Math.max(0, retryAfter)) + bound * random,
    lostAt: link.phase === "open" ? now : link.lostAt,
  };
}

/** A clock is set by as much now and then without a word being wrong for it, ms. */
const SLIGHTLY = 2000;

/**
 * What is due now. A clock that was set back is not waited for until it comes to where it was; and what the server said
 * of its own time held for the old one, so that an open link begins anew.
 */
export function linkDue(link: Link, limits: LinkLimits, now: number): "nothing" | "open" | "give-up" {
  const isBack = (since: number) => now < since - SLIGHTLY;
  const { phase, since, heardAt, nextAt } = link;
  if (phase === "waiting") return now >= nextAt || isBack(since) ? "open" : "nothing";
  if (phase === "opening") return now - since > limits.openWithinMs || isBack(since) ? "give-up" : "nothing";
  if (phase === "open") return now - heardAt > limits.silenceMs || isBack(heardAt) ? "give-up" : "nothing";
  return "nothing";
}

/** Websocket first; where it was refused twice, something between may not let it through, and the two take turns. */
export function channelFor({ failures }: Link): Channel {
  return failures >= 2 && failures % 2 === 0 ? "events" : "websocket";
}
