import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forever } from "../../model/interval.ts";
import { cutIntoSegments, type Hold, type Point } from "./segments.ts";

/** A point at which only `target` fits; any other reading costs `misfit`. */
const fits = (at: number, target: string | null, misfit = 1): Point => ({
  at,
  cost: (one) => (one === target ? 0 : misfit),
});

const cut = (points: Point[], now: string | undefined, holds: Hold[] = [], targets = ["a", "b"]) =>
  cutIntoSegments(points, targets, now, holds);

const bearers = (...of: Parameters<typeof cut>) => cut(...of).map(({ target }) => target);

describe("a name cut into the spans of its bearers", () => {
  it("is in no piece where it was never used", () => {
    expect(cut([], "a")).toEqual([]);
  });

  it("is whole where all fits whoever bears it today", () => {
    expect(cut([fits(10, "a"), fits(20, "a")], "a")).toEqual([
      { target: "a", first: 10, last: 20, points: 2, until: forever, misfit: 0 },
    ]);
  });

  it("is whole where one or two odd issues speak against it: missing events are the better reading", () => {
    const [odd, ...others] = cut([fits(10, "b"), fits(20, "b"), fits(30, "a")], "a");
    expect(odd).toMatchObject({ target: "a", points: 3, misfit: 2 });
    expect(others).toEqual([]);
  });

  it("changed hands where more speak for it, right after the last sign of the former bearer", () => {
    const points = [...[10, 20, 30].map((at) => fits(at, "b")), fits(40, "a"), fits(50, "a")];
    expect(cut(points, "a")).toEqual([
      { target: "b", first: 10, last: 30, points: 3, until: 31, misfit: 0 },
      { target: "a", first: 40, last: 50, points: 2, until: forever, misfit: 0 },
    ]);
  });

  it("changed hands in no span in which somebody held it", () => {
    const points = [...[10, 20, 30].map((at) => fits(at, "b")), ...[40, 50, 60].map((at) => fits(at, "a"))];
    const [first] = cut(points, "a", [{ from: 25, to: 35 }]);
    expect(first?.until).toBe(36);
    const chained = [
      { from: 25, to: 33 },
      { from: 33, to: 37 },
    ];
    expect(cut(points, "a", chained)[0]?.until).toBe(38);
    // What is taken on in the instant of the change is the next bearer's.
    expect(cut(points, "a", [{ from: 31, to: 35 }])[0]?.until).toBe(31);
  });

  it("needs more signs for a change that contradicts a hold", () => {
    const held = [{ from: 1, to: 100 }];
    const points = (count: number) => [
      ...Array.from({ length: count }, (_, index) => fits(10 + index, "b")),
      ...Array.from({ length: 9 }, (_, index) => fits(40 + index, "a")),
    ];
    expect(bearers(points(4), "a")).toEqual(["b", "a"]);
    expect(bearers(points(4), "a", held)).toEqual(["a"]);
    expect(bearers(points(5), "a", held)).toEqual(["b", "a"]);
  });

  it("ends with its last sign where somebody else bears it today, and as it likes where nobody does", () => {
    const points = [10, 20, 30].map((at) => fits(at, "b"));
    expect(cut(points, "a")).toEqual([{ target: "b", first: 10, last: 30, points: 3, until: 31, misfit: 0 }]);
    expect(cut(points, undefined)[0]?.until).toBe(forever);
    expect(cut(points, "a", [{ from: 25, to: 44 }])[0]?.until).toBe(45);
  });

  it("may have been something since deleted", () => {
    const points = [...[1, 2, 3].map((at) => fits(at, null)), ...[4, 5, 6].map((at) => fits(at, "a"))];
    expect(cutIntoSegments(points, ["a", null], "a", []).map(({ target }) => target)).toEqual([null, "a"]);
  });

  it("comes back to a former bearer where enough speaks for it", () => {
    const three = (from: number, target: string) => [0, 1, 2].map((n) => fits(from + n, target, 2));
    expect(bearers([...three(1, "a"), ...three(11, "b"), ...three(21, "a")], "a")).toEqual(["a", "b", "a"]);
  });
});

describe("any points", () => {
  const targets = ["a", "b", "c"];
  const readings = fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 6 });

  /** The least that any reading costs, by trying all of them. */
  function leastCost(costs: readonly number[][], now: number): number {
    const all = costs.reduce<number[][]>(
      (found) => found.flatMap((one) => [0, 1, 2].map((t) => [...one, t])),
      [[]],
    );
    return Math.min(
      ...all.map((reading) =>
        reading.reduce(
          (sum, target, index) => {
            const isChange = index > 0 && reading[index - 1] !== target;
            return sum + (costs[index]?.[target] ?? 0) + (isChange ? 2.5 : 0);
          },
          reading.at(-1) === now ? 0 : 2.5,
        ),
      ),
    );
  }

  it("are each in one segment, and cut at the least cost of all readings", () => {
    fc.assert(
      fc.property(readings, (costs) => {
        const points = costs.map((of, index) => ({
          at: 10 * (index + 1),
          cost: (target: string | null) => of[targets.indexOf(target ?? "")] ?? 0,
        }));
        const segments = cutIntoSegments(points, targets, "a", []);
        const misfit = segments.reduce((sum, segment) => sum + segment.misfit, 0);
        const changes = segments.length - (segments.at(-1)?.target === "a" ? 1 : 0);
        expect(misfit + 2.5 * changes).toBe(leastCost(costs, 0));
        expect(segments.reduce((sum, segment) => sum + segment.points, 0)).toBe(points.length);
        for (const [index, { last, until }] of segments.entries()) {
          const next = segments[index + 1]?.first ?? forever;
          expect(last < until && until <= next).toBe(true);
        }
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});
