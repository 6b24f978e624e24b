import type { Hub } from "./hub.ts";

/** How often the hub is told while there is a viewer whom time alone may bring something, and else. */
const TICK_MS = 100;
const CALM_TICK_MS = 1000;

/**
 * Tells the hub of the passing of time, each time once what the viewers have sent is read: a word that lies here in
 * time is not too late because this process was busy. A thousand viewers to whom nothing happens are no work.
 */
export function createTicker(heartbeatMs: number, clock: () => number) {
  const calmMs = Math.max(TICK_MS, Math.min(CALM_TICK_MS, heartbeatMs / 8));
  let hub: Pick<Hub, "tick" | "isCalm"> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let reading: NodeJS.Immediate | null = null;
  let tickedAt = clock();
  /** From the last tick to the next, if this process does not stand still. */
  let dueAfter = TICK_MS;

  function wait(ms: number): void {
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      reading = setImmediate(tick);
    }, ms);
    timer.unref();
  }

  function tick(): void {
    reading = null;
    if (!hub) return;
    const ms = dueAfter;
    tickedAt = clock();
    hub.tick(ms / 1000);
    dueAfter = hub.isCalm() ? calmMs : TICK_MS;
    wait(dueAfter);
  }

  return {
    start(told: Pick<Hub, "tick" | "isCalm">): void {
      hub = told;
      wait(dueAfter);
    },
    /** Time has begun to matter to a viewer. */
    wake(): void {
      if (!hub || reading || dueAfter <= TICK_MS) return;
      dueAfter = Math.min(dueAfter, Math.max(0, clock() - tickedAt)) + TICK_MS;
      wait(TICK_MS);
    },
    stop(): void {
      hub = null;
      if (timer) clearTimeout(timer);
      if (reading) clearImmediate(reading);
    },
  };
}
