/** Visits every one of `all` once in `roundMs`, a few at a time, whoever comes or goes meanwhile. */
export function createRounds<Visited>(all: ReadonlySet<Visited>, roundMs: number) {
  let rest = all.values();

  /** Begins anew where the round is over; null where there is nobody. */
  function next(): Visited | null {
    let found = rest.next();
    if (found.done) {
      rest = all.values();
      found = rest.next();
    }
    return found.done ? null : found.value;
  }

  return {
    /** Visits those who are due when `ms` have passed since the last call; nobody twice. */
    pass(ms: number, visit: (one: Visited) => void): void {
      const due = Math.ceil(all.size * Math.min(1, ms / roundMs));
      for (let visited = 0; visited < due; visited += 1) {
        const one = next();
        if (one === null) return;
        visit(one);
      }
    },
  };
}
