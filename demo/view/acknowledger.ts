/** How much may come in before an acknowledgement goes out: bytes, half of what a viewer may owe. */
const ACK_BYTES = 131_072;
/** Half of that where it comes faster than in so many ms: as much again may be under way before the word of it arrives. */
const HASTE_MS = 100;
/** How long one waits where fewer come: first, and once all has gone well for long. Below a heartbeat, whose place it takes. */
const FIRST_MS = 400;
const LONGEST_MS = 10_000;

/**
 * Acknowledges after so many bytes, or so much time, whichever comes first. A server that sends less than a viewer may
 * owe waits for no word of it: each time nothing was held back, the next wait is four times as long. `now` in epoch ms.
 */
export function createAcknowledger(acknowledge: () => void) {
  let unacked = 0;
  let ackedAt = 0;
  let waitMs = FIRST_MS;

  function isDue(sinceMs: number, isAwaited: boolean): boolean {
    const isHasty = isAwaited || sinceMs < HASTE_MS;
    return unacked >= (isHasty ? ACK_BYTES / 2 : ACK_BYTES) || (unacked > 0 && sinceMs >= waitMs);
  }

  function tick(now: number, isAwaited = false): void {
    if (!isDue(now - ackedAt, isAwaited)) return;
    acknowledge();
    unacked = 0;
    ackedAt = now;
    waitMs = Math.min(LONGEST_MS, waitMs * 4);
  }

  return {
    /** The passing of time. */
    tick: (now: number) => tick(now),
    /** The server greets anew: it may hand over what was missed, at the pace of acknowledgements. */
    greeted(): void {
      waitMs = FIRST_MS;
    },
    /** A snapshot brought all there is: the server hands over what follows as it comes. */
    caughtUp(now: number): void {
      unacked = 0;
      ackedAt = now;
      waitMs = LONGEST_MS;
    },
    /** @param isConflated the server holds readings back until it is told that those before have come */
    received(bytes: number, now: number, isConflated = false): void {
      unacked += bytes;
      if (isConflated) waitMs = FIRST_MS;
      tick(now, isConflated);
    },
  };
}
