/** Wakes whoever waits. To be waited for in the same turn in which the condition was found wanting. */
export function createBell() {
  const listeners = new Set<() => void>();
  return {
    ring(): void {
      for (const listener of [...listeners]) listener();
    },
    /** @param ms wakes by itself after so long */
    wait(ms?: number): Promise<void> {
      return new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        const wake = () => {
          clearTimeout(timer);
          listeners.delete(wake);
          resolve();
        };
        listeners.add(wake);
        if (ms !== undefined) timer = setTimeout(wake, ms);
      });
    },
  };
}

export type Bell = ReturnType<typeof createBell>;
