/** Runs `work` every `ms`, never twice at once. Returns what stops it and waits for a run under way. */
export function repeat(ms: number, work: () => Promise<unknown>, failed: (error: unknown) => void) {
  let running: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    running ??= work()
      .catch(failed)
      .finally(() => {
        running = null;
      });
  }, ms);
  timer.unref();
  return async (): Promise<void> => {
    clearInterval(timer);
    await running;
  };
}
