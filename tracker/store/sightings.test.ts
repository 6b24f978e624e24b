import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Sighting } from "../core/model/page.ts";
import { memoryTables } from "../testing/memory-tables.ts";
import { sightingMigrations, sightings } from "./sightings.ts";

const { db } = memoryTables(...sightingMigrations);
const table = sightings(db);
function emptied() {
  db.exec("DELETE FROM sighting");
  return table;
}
const seen = (at: number, found: Sighting["found"], more: Partial<Sighting> = {}): Sighting => ({
  issue: 1,
  at,
  since: at - 1,
  found,
  ...more,
});

describe("what was found of an issue", () => {
  test("that it is there is no news of one that was never missed", () => {
    const kept = emptied();
    expect(kept.add(seen(5, "there"))).toBe(false);
    expect([kept.ofIssue(1), kept.gone(1), [...kept.issues()]]).toEqual([[], null, []]);
  });

  test("that it is gone is news once, and how it went is kept as it was first found", () => {
    const kept = emptied();
    expect(kept.add(seen(5, "transferred", { to: "c/d#9" }))).toBe(true);
    expect(kept.add(seen(6, "deleted"))).toBe(false);
    expect(kept.add(seen(7, "transferred"))).toBe(false);
    expect(kept.gone(1)).toEqual(seen(5, "transferred", { to: "c/d#9" }));
  });

  test("that it was transferred further is news: where it is now, and still when it left", () => {
    const kept = emptied();
    kept.add(seen(5, "transferred", { to: "c/d#9", since: 2 }));
    expect(kept.add(seen(6, "transferred", { to: "c/d#9" }))).toBe(false);
    expect(kept.add(seen(7, "transferred", { to: "e/f#1" }))).toBe(true);
    expect(kept.gone(1)).toEqual(seen(5, "transferred", { to: "e/f#1", since: 2, ledAt: 7 }));
    // What is known of its way is not forgotten where GitHub will no longer tell.
    expect(kept.add(seen(8, "transferred"))).toBe(false);
    expect(kept.add(seen(8, "there"))).toBe(true);
    expect(kept.gone(1)).toBe(null);
  });

  test("when it left is told of its last absence, however often it was transferred in that and before", () => {
    const kept = emptied();
    for (const [at, found, to] of [
      [5, "transferred", "c/d#9"],
      [6, "transferred", "e/f#1"],
      [8, "there", undefined],
      [20, "transferred", undefined],
      [30, "transferred", "c/d#9"],
      [40, "transferred", "e/f#1"],
    ] as const)
      kept.add(seen(at, found, to === undefined ? {} : { to }));
    expect(kept.gone(1)).toEqual(seen(20, "transferred", { to: "e/f#1", ledAt: 40 }));
  });

  test("one that was deleted, as far as could be seen, went nowhere by a later look", () => {
    const kept = emptied();
    kept.add(seen(5, "deleted"));
    expect(kept.add(seen(6, "transferred", { to: "c/d#9" }))).toBe(false);
  });

  test("where it went to is not told where nobody knows", () => {
    const kept = emptied();
    kept.add(seen(5, "deleted"));
    expect(kept.gone(1)).toEqual(seen(5, "deleted"));
    expect(Object.keys(kept.gone(1) ?? {})).not.toContain("to");
  });

  test("what comes back is there, and may go again", () => {
    const kept = emptied();
    for (const [at, found] of [
      [5, "deleted"],
      [8, "there"],
      [9, "transferred"],
    ] as const)
      expect(kept.add(seen(at, found))).toBe(true);
    expect(kept.ofIssue(1).map(({ at, found }) => [at, found])).toEqual([
      [5, "deleted"],
      [8, "there"],
      [9, "transferred"],
    ]);
    expect(kept.gone(1)?.at).toBe(9);
  });

  test("a look from before what is known, or of the same instant, changes nothing", () => {
    const kept = emptied();
    kept.add(seen(5, "deleted"));
    expect([4, 5].map((at) => kept.add(seen(at, "there")))).toEqual([false, false]);
    expect(kept.gone(1)?.at).toBe(5);
  });

  test("is told of each issue by itself", () => {
    const kept = emptied();
    kept.add(seen(5, "deleted", { issue: 2 }));
    expect([kept.gone(1), kept.gone(2)?.issue, [...kept.issues()]]).toEqual([null, 2, [2]]);
  });

  test("turns by turns, gone and there, in rising time, whatever looks arrive in whatever order", () => {
    const look = fc.tuple(
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom("there", "transferred", "deleted"),
    );
    fc.assert(
      fc.property(fc.array(look, { maxLength: 15 }), (looks) => {
        const kept = emptied();
        const news = looks.filter(([at, found]) => kept.add(seen(at, found as Sighting["found"])));
        const told = kept.ofIssue(1);
        expect(told).toHaveLength(news.length);
        for (const [index, { at, found }] of told.entries()) {
          expect(found === "there").toBe(index % 2 === 1);
          expect(at).toBeGreaterThan(told[index - 1]?.at ?? 0);
        }
        expect(kept.gone(1)).toEqual(told.length % 2 === 1 ? told.at(-1) : null);
      }),
      { seed: 9, numRuns: 100 },
    );
  });
});
