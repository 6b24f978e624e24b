import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../options/options.ts";
import { billOf } from "./bill.ts";
import { costs, type Measured } from "./measured.ts";
import { parsePrices } from "./prices.ts";
import { MONTH_SECONDS, MOST_FRAMES, type Plan, sizesOf } from "./sizes.ts";

const made: Measured = {
  on: "a made-up machine",
  ...{ cpuBase: 0.05, cpuPerReading: 0.0001, cpuPerFrame: 0.00001, cpuPerReadingSeen: 0.000001 },
  ...{ bytesPerFrame: 100, bytesPerReadingSeen: 40 },
  ...{ memoryBase: 200e6, memoryPerViewer: 50e3, memoryPerSeries: 10e3 },
  ...{ diskPerReading: 30, diskPerSecond: 50, diskPerMinute: 80 },
};
const plan: Plan = {
  readings: 1000,
  viewers: 500,
  series: 200,
  keepMs: 172_800_000,
  keepRollupsMs: 7_776_000_000,
};

describe("sizes", () => {
  it("are what one reading, frame, viewer and series take, as often as there are some", () => {
    const { processors, memoryBytes, diskBytes, trafficBytes, framesPerViewer } = sizesOf(plan, made);
    expect(processors).toBeCloseTo(0.05 + 0.1 + 500 * (MOST_FRAMES * 0.00001 + 1000 * 0.000001), 10);
    expect(memoryBytes).toBe(200e6 + 500 * 50e3 + 200 * 10e3);
    expect(diskBytes).toBeCloseTo(172_800 * (1000 * 30 + 200 * 50) + (7_776_000 * 200 * 80) / 60, 3);
    expect(trafficBytes).toBeCloseTo(500 * (MOST_FRAMES * 100 + 1000 * 40) * MONTH_SECONDS, 3);
    expect(framesPerViewer).toBe(MOST_FRAMES);
    // Fewer readings than frames could be: each is a frame of its own, and a rollup.
    const few = sizesOf({ ...plan, readings: 2, series: 500 }, made);
    expect(few.framesPerViewer).toBe(2);
    expect(few.diskBytes).toBeCloseTo(172_800 * (2 * 30 + 2 * 50) + (7_776_000 * 120 * 80) / 60, 3);
  });

  it("never shrink where more is asked for", () => {
    const some = fc.record({
      readings: fc.double({ min: 0.01, max: 1e5, noNaN: true }),
      viewers: fc.nat(100_000),
      series: fc.integer({ min: 1, max: 100_000 }),
      keepMs: fc.nat(1e9),
      keepRollupsMs: fc.nat(1e9),
    });
    fc.assert(
      fc.property(
        some,
        fc.constantFrom("readings", "viewers", "series", "keepMs", "keepRollupsMs"),
        (asked, key) => {
          const less = sizesOf(asked, costs);
          const more = sizesOf({ ...asked, [key]: asked[key] * 2 }, costs);
          for (const size of ["processors", "memoryBytes", "diskBytes", "trafficBytes"] as const) {
            expect(more[size]).toBeGreaterThanOrEqual(less[size]);
            expect(Number.isFinite(less[size])).toBe(true);
          }
        },
      ),
    );
  });

  it("count with what was measured: of everything something, and little", () => {
    const { on, ...amounts } = costs;
    expect(on).toMatch(/^\d{4}-\d\d-\d\d, node v\d+/);
    for (const [what, amount] of Object.entries(amounts)) {
      expect([what, amount >= 0]).toEqual([what, true]);
      if (what.startsWith("cpu")) expect([what, amount < 1]).toEqual([what, true]);
    }
    expect(costs.cpuPerReading).toBeGreaterThan(0);
    expect(costs.cpuPerFrame + costs.cpuPerReadingSeen).toBeGreaterThan(0);
  });
});

const file = "prices.yml";
const prices = parsePrices(
  `of: nobody
date: 2026-11-28
currency: EUR
machines:
  - { name: small, processors: 2, memoryGb: 2, month: 5 }
  - { name: large, processors: 16, memoryGb: 64, month: 30 }
diskGbMonth: 0.1
trafficGb: 0.01
trafficFreeGb: 100
extras: [{ name: domain, month: 1 }]`,
  file,
);

describe("a bill", () => {
  const sizes = { processors: 1, memoryBytes: 1e9, diskBytes: 7e9, trafficBytes: 300e9, framesPerViewer: 50 };

  it("adds up, with room left on machine and disk, and what is free left out", () => {
    const bill = billOf(sizes, prices);
    expect(bill.lines.map(({ what, count, month }) => [what, count, month])).toEqual([
      ["small", 1, 5],
      ["disk", 10, 1],
      ["traffic", 200, 2],
      ["domain", 1, 1],
    ]);
    expect([bill.month, bill.machines]).toEqual([9, 1]);
  });

  it("takes the machines that come cheapest, as many as it takes", () => {
    expect(billOf({ ...sizes, processors: 2.4 }, prices)).toMatchObject({
      machines: 2,
      lines: [{ what: "small" }, {}, { count: 100 }, {}],
    });
    expect(billOf({ ...sizes, processors: 9 }, prices).lines[0]).toMatchObject({ what: "large", count: 1 });
    expect(billOf({ ...sizes, memoryBytes: 40e9 }, prices).lines[0]).toMatchObject({
      what: "large",
      count: 1,
    });
  });
});

describe("a bill where traffic is free with each machine", () => {
  const dear = { ...prices, trafficGb: 1, extras: [] };
  const sizes = { processors: 8, memoryBytes: 1e9, diskBytes: 0, trafficBytes: 700e9, framesPerViewer: 50 };

  it("is of many small machines, where one large one costs less and its traffic more than that", () => {
    // Seven small ones have 700 GB free for 35; a large one has 100 for 30, and 600 more to be paid.
    expect(billOf(sizes, dear)).toMatchObject({ machines: 7, month: 35 });
    expect(billOf({ ...sizes, trafficBytes: 100e9 }, dear)).toMatchObject({ machines: 1, month: 30 });
  });

  it("is never dearer than with machines of one kind alone", () => {
    const some = fc.record({
      ...{ processors: fc.double({ min: 0, max: 100, noNaN: true }), memoryBytes: fc.nat(1e12) },
      ...{ diskBytes: fc.nat(1e12), trafficBytes: fc.nat(1e13), framesPerViewer: fc.constant(50) },
    });
    fc.assert(
      fc.property(some, fc.double({ min: 0, max: 2, noNaN: true }), (asked, trafficGb) => {
        const all = billOf(asked, { ...dear, trafficGb });
        for (const machine of dear.machines)
          expect(all.month).toBeLessThanOrEqual(
            billOf(asked, { ...dear, trafficGb, machines: [machine] }).month,
          );
      }),
    );
  });
});

describe("a file of prices", () => {
  it("has an example, which is one", async () => {
    const text = await readFile(new URL("./prices.example.yml", import.meta.url), "utf8");
    expect(parsePrices(text, file)).toMatchObject({
      of: expect.stringContaining("example"),
      currency: "EUR",
    });
  });

  it.each([
    ["", "no list of prices"],
    ["machines: [", "no YAML"],
    ["of: a\ndate: 2026-11-28\ncurrency: EUR\nmachines: []\ndiskGbMonth: 0\ntrafficGb: 0", "machines"],
    ["of: a\ndate: yesterday\ncurrency: EUR", "date"],
    ["of: a\ndate: 2026-11-28\ncurrency: euros", "currency"],
    ["of: a\ndate: 2026-11-28\ncurrency: EUR\ndiskGb: 1", "diskGb"],
  ])("%j is refused: %s", (text, why) => {
    expect(() => parsePrices(text, file)).toThrow(OptionError);
    expect(() => parsePrices(text, file)).toThrow(why);
  });
});
