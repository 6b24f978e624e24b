import { expect, test } from "vitest";
import { forever } from "../../model/interval.ts";
import type { KindPeriods } from "./aliases.ts";
import type { Evidence } from "./evidence.ts";
import { exchanged } from "./exchanged.ts";

/** Counts how often it is walked through. */
class Walked extends Map<string, string> {
  walks = 0;
  override [Symbol.iterator]() {
    this.walks += 1;
    return super[Symbol.iterator]();
  }
  override entries() {
    this.walks += 1;
    return super.entries();
  }
}

const names = ["first", "second", "third", "fourth"];
const periods: KindPeriods = new Map(
  names.map((name) => [
    name,
    [
      {
        ...{ kind: "label", name, from: -forever, to: forever, key: `now ${name}`, gone: false },
        ...{ held: [], weak: false, others: [] },
      },
    ],
  ]),
);

test.each([1, 50])(
  "who bears what is looked up once, not once for each pair of names of %d issues",
  (issues) => {
    const holders = new Walked(names.map((name) => [`now ${name}`, `now ${name}`]));
    holders.walks = 0;
    const evidence = Array.from({ length: issues }, (_, issue): Evidence => {
      const open = names.map((name, index) => ({ name, at: 10 * issue + index }));
      const shown = names.map((name) => `now ${name}`);
      return { issue, kind: "label", open, held: [], again: [], loose: [], shown };
    });
    const input = {
      kind: "label",
      evidence,
      holders,
      born: new Map(),
      sightings: [],
      uses: () => [],
    } as const;
    // Each may have been any other's: none was ever taken on without the rest.
    expect(exchanged(input, periods)).toHaveLength(6 * issues);
    expect(holders.walks).toBe(1);
  },
);
