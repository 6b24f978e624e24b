import { whenNpmEnds } from "./npm-parent.ts";

/** A second signal within this time is the first one again, ms: npm passes on what a terminal has sent to all. */
const SAME_SIGNAL_MS = 1000;
/** Readings may be unsent. */
const AT_ONCE = 5;

/**
 * Resolves when the process is asked to end: by SIGTERM, by SIGINT, or by the end of the npm it was started by. A
 * second signal ends it at once. To be called before anything else, while the parent is likely to be there.
 */
export function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | null = null;
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      // Not once: signal-exit, which write-file-atomic brings, ends a process in which it finds no other listener.
      process.on(signal, () => {
        const now = performance.now();
        if (askedAt !== null && now - askedAt > SAME_SIGNAL_MS) process.exit(AT_ONCE);
        askedAt ??= now;
        resolve();
      });
    }
    whenNpmEnds(resolve);
  });
}
