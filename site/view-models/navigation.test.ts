import fc from "fast-check";
import { expect, it } from "vitest";
import { neighbours } from "./navigation.ts";

it("walking by neighbours visits the list in its order, forth and back, and ends at its ends", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), (list) => {
      const walk = (from: number | undefined, way: "next" | "previous") => {
        const seen: number[] = [];
        for (let at = from; at !== undefined; at = neighbours(list, (one) => one === at)[way]) seen.push(at);
        return seen;
      };
      expect(walk(list[0], "next")).toEqual(list);
      expect(walk(list.at(-1), "previous")).toEqual([...list].reverse());
    }),
  );
});

it("what is not in the list has no neighbours, and nobody has any in an empty one", () => {
  expect(neighbours([1, 2], (one) => one === 3)).toEqual({});
  expect(neighbours([], () => true)).toEqual({});
});
