import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReading } from "../reading.ts";
import {
  type Emission,
  type FleetSettings,
  type FleetState,
  fleetAt,
  METRICS,
  measure,
  stepFleet,
} from "./fleet.ts";

const START = Date.UTC(2026, 2, 1, 12);
const settings: FleetSettings = {
  seed: 7,
  devices: 8,
  rate: 50,
  late: 0.05,
  duplicates: 0.05,
  dropOuts: 0.1,
  faults: 0.05,
};

function runFleet(changes: Partial<FleetSettings>, instants: readonly number[]): [FleetState, Emission[]] {
  let state = fleetAt(START, 0, new Map());
  const emissions: Emission[] = [];
  for (const instant of instants) {
    const step = stepFleet({ ...settings, ...changes }, state, START + instant);
    state = step.state;
    emissions.push(...step.emissions);
  }
  return [state, emissions];
}

const tenMinutes = Array.from({ length: 600 }, (_, index) => index * 1000);

describe("the fleet", () => {
  it("measures the same however the time is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 60 }), (cuts) => {
        const ends = [...Array.from({ length: 16 }, (_, index) => index * 4000), 60_000];
        const whole = runFleet({}, ends)[1];
        const cut = runFleet(
          {},
          [...cuts, ...ends].sort((a, b) => a - b),
        )[1];
        expect(cut).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it("numbers each source from 1 without a hole, and only valid readings come of it", () => {
    const [state, emissions] = runFleet({}, tenMinutes);
    const firsts = new Map<string, number[]>();
    for (const { reading } of emissions) {
      expect(parseReading(reading, START + 600_000)).toEqual(reading);
      const seqs = firsts.get(reading.source) ?? [];
      if (!seqs.includes(reading.seq)) seqs.push(reading.seq);
      firsts.set(reading.source, seqs);
    }
    for (const [source, seqs] of firsts) {
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
      expect(state.nextSeq.get(source)).toBe(seqs.length + 1);
    }
    expect(firsts.size).toBe(8);
  });

  it("is late, doubled and silent about as often as it is told, and never when told so", () => {
    const count = (changes: Partial<FleetSettings>) => {
      const emissions = runFleet(changes, tenMinutes)[1];
      const keys = new Set(emissions.map(({ reading }) => `${reading.source} ${reading.seq}`));
      const late = emissions.filter(({ delayMs }) => delayMs >= 1000 && delayMs < 11_000).length;
      return { readings: keys.size, doubled: emissions.length - keys.size, late };
    };
    const none = count({ late: 0, duplicates: 0, dropOuts: 0 });
    expect(none).toEqual({ readings: 599 * 50 + 1, doubled: 0, late: 0 });
    const some = count({});
    expect(some.doubled / some.readings).toBeCloseTo(0.05, 1);
    expect(some.readings / none.readings).toBeGreaterThan(0.7);
    expect(some.readings).toBeLessThan(none.readings);
    expect(some.late).toBeGreaterThan(0);
  });

  it("goes on with the numbers and the tick of an earlier life, and measures nothing while it slept", () => {
    const [before] = runFleet({ dropOuts: 0 }, [2000]);
    const later = START + 3_600_000;
    const step = stepFleet({ ...settings, dropOuts: 0 }, before, later);
    expect(step.emissions.every(({ reading }) => reading.at >= later)).toBe(true);
    expect(step.state.tick).toBe(before.tick + 1);
    for (const { reading } of step.emissions) expect(reading.seq).toBe(before.nextSeq.get(reading.source));
  });

  it("goes on at once where the clock is set back by a day, with numbers that rise and none left out", () => {
    const [before] = runFleet({ dropOuts: 0 }, [2000]);
    const earlier = START - 86_400_000;
    const first = stepFleet({ ...settings, dropOuts: 0 }, before, earlier);
    const second = stepFleet({ ...settings, dropOuts: 0 }, first.state, earlier + 1000);
    const seen = new Map(before.nextSeq);
    const fresh = [...first.emissions, ...second.emissions].filter(
      ({ reading }) => reading.seq >= (seen.get(reading.source) ?? 1),
    );
    expect(first.state.tick).toBe(before.tick + 1);
    expect(second.state.tick - first.state.tick).toBe(settings.rate);
    for (const { reading } of fresh) {
      expect(reading.at).toBeGreaterThanOrEqual(earlier);
      expect(reading.at).toBeLessThanOrEqual(earlier + 1000);
    }
    const numbers = Map.groupBy(fresh, ({ reading }) => reading.source);
    for (const [source, emissions] of numbers) {
      const distinct = [...new Set(emissions.map(({ reading }) => reading.seq))];
      const start = seen.get(source) ?? 1;
      expect(distinct).toEqual(distinct.map((_, index) => start + index));
    }
  });

  it("waits for a clock that was set back by a little, and for the next turn of a slow fleet", () => {
    const [before] = runFleet({ dropOuts: 0 }, [2000]);
    const slightly = stepFleet({ ...settings, dropOuts: 0 }, before, START + 2000 - 4000);
    expect([slightly.emissions, slightly.state.tick]).toEqual([[], before.tick]);
    const slow = { ...settings, dropOuts: 0, rate: 0.01 };
    const first = stepFleet(slow, fleetAt(START, 0, new Map()), START);
    expect(stepFleet(slow, first.state, START + 1000).state).toEqual(first.state);
    expect(stepFleet(slow, first.state, START + 100_000).state.tick).toBe(2);
  });

  it("differs by seed", () => {
    expect(runFleet({}, [5000])[1]).not.toEqual(runFleet({ seed: 8 }, [5000])[1]);
  });
});

describe("a device", () => {
  it("stays within what its metrics can be", () => {
    const limits = {
      temperature: { least: -20, most: 60 },
      humidity: { least: 0, most: 103 },
      power: { least: 0, most: 400 },
      battery: { least: 10, most: 102 },
    };
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(5000),
        fc.integer({ min: START, max: START + 3e10 }),
        (seed, device, at) => {
          for (const metric of METRICS) {
            const value = measure(seed, device, metric, at, 0.2);
            expect(value).toBeGreaterThanOrEqual(limits[metric].least);
            expect(value).toBeLessThanOrEqual(limits[metric].most);
          }
        },
      ),
    );
  });

  it("is warmer at three in the afternoon than at three in the night", () => {
    const day = Date.UTC(2026, 5, 1);
    for (let device = 0; device < 20; device += 1) {
      const at = (hour: number) => measure(1, device, "temperature", day + hour * 3_600_000, 0);
      expect(at(15)).toBeGreaterThan(at(3) + 3);
    }
  });
});
