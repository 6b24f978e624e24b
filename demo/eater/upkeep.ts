/** What an eater does beside taking readings, and what of it fails at the moment. */
export function createUpkeep(warn: (error: unknown, message: string) => void) {
  const failures = new Map<string, string>();
  return {
    /** The work, and what is to be told when it fails, as `repeat` takes them. */
    job(
      name: string,
      work: () => Promise<void>,
    ): [work: () => Promise<void>, failed: (error: unknown) => void] {
      return [
        async () => {
          await work();
          failures.delete(name);
        },
        (error) => {
          failures.set(name, `${name} fails (${error instanceof Error ? error.message : error})`);
          warn(error, `${name} failed and is tried again`);
        },
      ];
    },
    failing: () => [...failures.values()],
  };
}
