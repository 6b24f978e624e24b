import { describe, expect, it } from "vitest";
import { rowOf } from "./soak.ts";

const MIB = 2 ** 20;
const samples = (valueAt: (share: number) => number) =>
  Array.from({ length: 400 }, (_, index) => valueAt(index / 400));

describe("what a soak says of memory, database and what is kept", () => {
  it.each([
    ["steady", () => 200],
    ["up and down", (share: number) => 200 + 40 * Math.sin(share * 300)],
    ["grown up in the first half", (share: number) => 50 + 300 * Math.min(share, 0.5)],
    ["shrinking", (share: number) => 300 - 100 * share],
    ["with one peak", (share: number) => (share > 0.9 && share < 0.91 ? 2000 : 200)],
  ])("is flat: %s", (_, valueAt) => {
    expect(
      rowOf(
        "memory",
        samples((share) => valueAt(share) * MIB),
      ),
    ).toMatchObject({ isFlat: true, unit: "bytes" });
  });

  it.each([
    ["all the time", (share: number) => 100 + 200 * share],
    ["ever faster", (share: number) => 100 + 200 * share ** 4],
    ["in the last quarter", (share: number) => (share > 0.8 ? 300 : 200)],
  ])("is not flat where it grows %s", (_, valueAt) => {
    expect(
      rowOf(
        "memory",
        samples((share) => valueAt(share) * MIB),
      ).isFlat,
    ).toBe(false);
  });

  it("tells the halves, and the quarters of the second against each other", () => {
    const row = rowOf(
      "readings kept",
      samples((share) => (share < 0.5 ? 10_000 : share < 0.75 ? 20_000 : 25_000)),
    );
    expect(row).toEqual({
      name: "readings kept",
      unit: "readings",
      firstHalf: 10_000,
      secondHalf: 22_500,
      ratio: 1.25,
      isFlat: false,
    });
  });
});
