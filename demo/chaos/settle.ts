import { setTimeout as sleep } from "node:timers/promises";

/** How far something is: `reached` is compared, so a number or a text. */
export interface Progress {
  isDone: boolean;
  reached: number | string;
}

/** How long nothing may move before it counts as stuck, ms. */
const STUCK_MS = 30_000;
const LOOK_MS = 100;

/**
 * Waits while something moves: true once it is done, false when it has stood still for `stuckMs`. A slow machine takes
 * as long as it takes, so the time from the beginning says nothing.
 */
export async function settle(look: () => Progress, stuckMs = STUCK_MS, lookMs = LOOK_MS): Promise<boolean> {
  let { isDone, reached } = look();
  let movedAt = performance.now();
  while (!isDone) {
    if (performance.now() - movedAt >= stuckMs) return false;
    await sleep(lookMs);
    const now = look();
    if (now.reached !== reached) movedAt = performance.now();
    ({ isDone, reached } = now);
  }
  return true;
}
