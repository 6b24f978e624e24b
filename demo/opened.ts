/** What was opened on the way to something larger, to be given back where a later step fails, and at its end. */
export interface Opened {
  /** `end` gives back what has just been opened. */
  add(end: () => unknown): void;
  /** Gives all back, the newest first, and the rest too where one fails. @throws the first failure */
  close(): Promise<void>;
}

export function createOpened(): Opened {
  const ends: (() => unknown)[] = [];
  return {
    add: (end) => void ends.push(end),
    async close() {
      const failures: unknown[] = [];
      for (const end of ends.splice(0).reverse()) {
        try {
          await end();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** Does the steps of an opening; where one fails, what the earlier ones opened is given back. @throws what failed */
export async function openAll<T>(steps: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = createOpened();
  try {
    return await steps(opened);
  } catch (error) {
    // What failed is told, and not what its undoing came to.
    await opened.close().catch(() => {});
    throw error;
  }
}

/** Does what follows on an opening; where it fails, what was opened is closed. @throws what failed */
export function orClose<T extends { close(): unknown }, R>(opened: T, rest: (opened: T) => R): R {
  try {
    return rest(opened);
  } catch (error) {
    opened.close();
    throw error;
  }
}
