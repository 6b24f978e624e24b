import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Batch } from "../protocol.ts";
import { batch } from "../testing/start-live.ts";
import { createMemoryBus } from "./memory.ts";

type Step =
  | { do: "publish"; back: number; count: number }
  | { do: "subscribe"; back: number }
  | { do: "leave" }
  | { do: "begin" };

const anySteps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant("publish" as const),
        back: fc.nat(6),
        count: fc.integer({ min: 1, max: 8 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("subscribe" as const), back: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("leave" as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("begin" as const) }) },
  ) as fc.Arbitrary<Step>,
  { maxLength: 40 },
);

interface Follower {
  /** Where it stood when it came. */
  from: { epoch: string; offset: number };
  seen: Batch[];
  close(): Promise<void>;
}

/** Every reading that came, as `epoch:offset`. */
const placesIn = (batches: readonly Batch[]) =>
  batches.flatMap(({ epoch, from, to }) =>
    Array.from({ length: to - from + 1 }, (_, n) => `${epoch}:${from + n}`),
  );

describe("the bus within one process", () => {
  it("brings each reading once and in order to all who are there, from where they stood or from what is kept", async () => {
    await fc.assert(
      fc.asyncProperty(anySteps, fc.integer({ min: 1, max: 12 }), async (steps, keepReadings) => {
        const bus = createMemoryBus({ keepReadings });
        let epoch = 1;
        let head = 0;
        const followers: Follower[] = [];
        for (const step of steps) {
          if (step.do === "begin") {
            epoch += 1;
            head = 0;
          } else if (step.do === "publish") {
            // What was published before may come again, as after a crash.
            const from = Math.max(1, head + 1 - step.back);
            await bus.publish(batch(from, step.count, { epoch: `e${epoch}` }));
            head = Math.max(head, from + step.count - 1);
          } else if (step.do === "subscribe") {
            const from = { epoch: `e${epoch}`, offset: Math.max(0, head - step.back) };
            const seen: Batch[] = [];
            const subscription = await bus.subscribe(from, (one) => seen.push(one));
            followers.push({ from, seen, close: subscription.close });
          } else await followers.shift()?.close();
        }
        const latest = await bus.latest();
        if (head > 0) expect(latest).toEqual({ epoch: `e${epoch}`, offset: head });
        for (const { from, seen } of followers) {
          for (const one of seen)
            expect(one.readings).toEqual(batch(one.from, one.to - one.from + 1).readings);
          const places = placesIn(seen);
          expect(new Set(places).size).toBe(places.length);
          const own = seen.filter((one) => one.epoch === from.epoch);
          for (const [index, one] of own.entries())
            if (index > 0) expect(one.from).toBe((own[index - 1]?.to ?? 0) + 1);
          for (const one of own) expect(one.from).toBeGreaterThan(from.offset);
          // Who was there as the newest was published has it.
          if (head > 0) expect(places.at(-1) ?? `e${epoch}:${head}`).toBe(`e${epoch}:${head}`);
        }
        await bus.close();
      }),
    );
  });

  it("keeps as many readings as it was told for who comes later, and no batch more than that takes", async () => {
    for (const keepReadings of [1, 5, 9, 10, 11]) {
      const bus = createMemoryBus({ keepReadings });
      for (let from = 1; from <= 41; from += 5) await bus.publish(batch(from, 5));
      const seen: Batch[] = [];
      await bus.subscribe(null, (one) => seen.push(one));
      const kept = placesIn(seen);
      expect(kept).toEqual(Array.from({ length: kept.length }, (_, n) => `e1:${45 - kept.length + n + 1}`));
      expect(kept.length).toBe(Math.ceil(keepReadings / 5) * 5);
    }
  });

  it("goes on for the others where one leaves, or comes, while it hands out", async () => {
    const bus = createMemoryBus({ keepReadings: 100 });
    const told: string[] = [];
    const leaving = await bus.subscribe(null, () => {
      told.push("leaving");
      void leaving.close();
      void bus.subscribe(null, ({ from }) => told.push(`new ${from}`));
    });
    await bus.subscribe(null, ({ from }) => told.push(`other ${from}`));
    await bus.publish(batch(1, 1));
    await bus.publish(batch(2, 1));
    expect(told.filter((one) => one === "leaving")).toHaveLength(1);
    expect(told.filter((one) => one.startsWith("other"))).toEqual(["other 1", "other 2"]);
    expect(told.filter((one) => one.startsWith("new"))).toEqual(["new 1", "new 2"]);
  });
});
