import fc from "fast-check";
import { expect, test } from "vitest";
import { type Step, stepArea, stepPath } from "./steps.ts";

/** The corners of path data made of M, H, V and Z. */
function cornersOf(path: string): Step[] {
  let [x, y] = [0, 0];
  return [...path.matchAll(/([MHVZ])([-\d.]*),?([-\d.]*)/g)].flatMap(([, command, a, b]): Step[] => {
    if (command === "M") [x, y] = [Number(a), Number(b)];
    else if (command === "H") x = Number(a);
    else if (command === "V") y = Number(a);
    return command === "Z" ? [] : [[x, y]];
  });
}

/** What the line shows right after `x`: the last corner at or left of it. */
const levelAt = (corners: Step[], x: number) => corners.findLast(([at]) => at <= x)?.[1];

const points = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 100 })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((all) => all.map(([x, y]): Step => [x / 10, y / 10]).sort((a, b) => a[0] - b[0]));

test("shows every point's value from there on, and reaches as far as the last", () => {
  fc.assert(
    fc.property(points, (all) => {
      const corners = cornersOf(stepPath(all));
      for (const [x] of all) expect(levelAt(corners, x)).toBe(all.findLast(([at]) => at <= x)?.[1]);
      expect(corners.at(-1)?.[0]).toBe(all.at(-1)?.[0]);
      for (const [index, [x, y]] of corners.entries()) {
        const before = corners[index - 1];
        if (before) expect(x === before[0] || y === before[1]).toBe(true);
      }
    }),
  );
});

test("an area closes at its floor below the first point; nothing makes no path", () => {
  expect(
    stepArea(
      [
        [1, 5],
        [3, 5],
        [4, 2],
      ],
      9,
    ),
  ).toBe("M1,5H4V2V9H1Z");
  expect([stepPath([]), stepArea([], 9)]).toEqual(["", ""]);
});
