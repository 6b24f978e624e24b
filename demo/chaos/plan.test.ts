import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planKills, VICTIMS, victimsOf } from "./plan.ts";

describe("who may be killed", () => {
  it.each([
    [{ viewers: 0, isShared: false }, ["feeder", "eater", "nats-server"]],
    [{ viewers: 3, isShared: false }, ["feeder", "eater", "live", "nats-server"]],
    [{ viewers: 0, isShared: true }, ["feeder", "eater", "second eater", "nats-server", "postgres"]],
    [{ viewers: 1, isShared: true }, ["feeder", "eater", "second eater", "live", "nats-server", "postgres"]],
  ])("is who runs: %j", (place, victims) => {
    expect(victimsOf(place)).toEqual(victims);
  });
});

describe("a plan", () => {
  it("kills each as often as asked, leaves time between, and is another with another seed", () => {
    const some = fc.subarray([...VICTIMS], { minLength: 1 });
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 30 }), some, (seed, times, victims) => {
        const plan = planKills(seed, times, victims);
        const counts = Map.groupBy(plan, ({ victim }) => victim);
        expect([...counts].map(([victim, kills]) => [victim, kills.length]).sort()).toEqual(
          victims.map((victim) => [victim, times]).sort(),
        );
        for (const { afterMs, deadMs } of plan) {
          expect(afterMs).toBeGreaterThanOrEqual(100);
          expect(afterMs).toBeLessThan(600);
          expect(deadMs).toBeGreaterThanOrEqual(0);
          expect(deadMs).toBeLessThan(400);
        }
        expect(planKills(seed, times, victims)).toEqual(plan);
      }),
    );
  });

  it("mixes its victims, and does not kill one of them in a row", () => {
    const orders = Array.from({ length: 20 }, (_, seed) =>
      planKills(seed, 10, VICTIMS).map(({ victim }) => victim),
    );
    expect(new Set(orders.map((order) => order.join())).size).toBe(20);
    for (const order of orders) {
      const changes = order.filter((victim, index) => index > 0 && victim !== order[index - 1]).length;
      expect(changes).toBeGreaterThan(30);
    }
  });

  it("of nobody, or of no times, kills nobody", () => {
    expect([planKills(1, 5, []), planKills(1, 0, VICTIMS)]).toEqual([[], []]);
  });
});
