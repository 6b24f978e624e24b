/** How often what goes on is said, ms. */
const EVERY_MS = 10_000;
/** Things said that are remembered; past that the memory begins anew. */
const MOST_THINGS = 1000;

type Say = (fields: object, message: string) => void;

/**
 * Makes a `say` for what may happen again and again, such as each batch while a disk is full: the same is said once,
 * and while it goes on, every ten seconds with how many times it happened meanwhile (`times`).
 */
export function createSeldom(say: Say): { say: Say; end(): void } {
  const untold = new Map<string, { fields: object; message: string; times: number }>();
  let timer: NodeJS.Timeout | null = null;

  /** Tells what was held back, and forgets what has not happened again. */
  function tell(): void {
    for (const [key, thing] of untold) {
      const { fields, message, times } = thing;
      if (times === 0) untold.delete(key);
      else say({ ...fields, times }, message);
      thing.times = 0;
    }
    if (untold.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  }

  function sayOnce(fields: object, message: string): void {
    const key = `${message} ${causeOf(fields)}`;
    const known = untold.get(key);
    if (known) {
      known.fields = fields;
      known.times += 1;
      return;
    }
    if (untold.size >= MOST_THINGS) {
      tell();
      untold.clear();
    }
    say(fields, message);
    untold.set(key, { fields, message, times: 0 });
    timer ??= setInterval(tell, EVERY_MS).unref();
  }

  return {
    say: sayOnce,
    /** Tells what was held back; nothing is to be said after it. */
    end() {
      tell();
      if (timer) clearInterval(timer);
    },
  };
}

function causeOf(fields: object): string {
  const cause: unknown = Reflect.get(fields, "err");
  return cause instanceof Error ? cause.message : String(cause);
}
