import fc from "fast-check";
import { expect, it } from "vitest";
import { createMemoryBus } from "../bus/memory.ts";
import type { Batch, Reading } from "../protocol.ts";
import { unpackSnapshot } from "../snapshot/snapshot.ts";
import { numberedReading } from "../testing/arbitraries.ts";
import { onEachStore } from "../testing/each-store.ts";
import { NOW, reading } from "../testing/start-eater.ts";
import { RowOutcome } from "./columns.ts";

type Step = { do: "ingest"; readings: Reading[] } | { do: "derive" } | { do: "restart" };
const someSteps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.array(numberedReading, { minLength: 1, maxLength: 30 }).map(
        (readings): Step => ({
          do: "ingest",
          readings,
        }),
      ),
    },
    { weight: 2, arbitrary: fc.constant<Step>({ do: "derive" }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: "restart" }) },
  ),
  { minLength: 2, maxLength: 9 },
);

onEachStore("an eater on", (on) => {
  it("stores each (source, seq) once, first come, with gap-free offsets, across lives", async () => {
    await fc.assert(
      fc.asyncProperty(someSteps, async (steps) => {
        await on.useNewPlace();
        await on.start();
        const expected: string[] = [];
        for (const step of steps) {
          if (step.do === "derive") await on.eater.derive();
          else if (step.do === "restart") {
            await on.close();
            await on.start();
          } else {
            const { fates, offset } = await on.eater.ingest(step.readings);
            step.readings.forEach(({ source, seq }, index) => {
              const key = `${source} ${seq}`;
              expect(fates[index]).toBe(expected.includes(key) ? RowOutcome.duplicate : RowOutcome.stored);
              if (!expected.includes(key)) expected.push(key);
            });
            expect(offset).toBe(expected.length);
          }
        }
        const batch = await on.eater.batchAfter(0, 10_000);
        const stored = batch?.readings.map(({ source, seq }) => `${source} ${seq}`) ?? [];
        await on.close();
        expect(stored).toEqual(expected);
        expect(await on.place.offsets()).toEqual(expected.map((_, index) => index + 1));
      }),
      { numRuns: 3 },
    );
  });

  it("takes a group larger than one insert whole, and gives back what it was given", async () => {
    await on.start();
    const readings = Array.from({ length: 1234 }, (_, index) =>
      reading(`d-${index % 7}`, index, { value: index % 3 === 0 ? -(index + 1) / 7 : 1e100 / (index + 1) }),
    );
    await on.eater.ingest(readings);
    const batch = await on.eater.batchAfter(0, 5000);
    expect(batch).toEqual({ epoch: on.eater.epoch(), from: 1, to: 1234, readings });
    expect((await on.eater.batchAfter(1200, 10))?.readings).toEqual(readings.slice(1200, 1210));
    expect(await on.eater.batchAfter(1234, 10)).toBeNull();
  });

  it("leaves nothing behind of a group that failed", async () => {
    await on.start({ maxSeries: 3 });
    await on.eater.ingest([reading("a", 1)]);
    await on.place.break(true);
    const group = [reading("a", 2), reading("new", 1), reading("newer", 1)];
    await expect(on.eater.ingest(group)).rejects.toThrow("disk full");
    expect(on.eater.troubles()).toEqual([expect.stringContaining("cannot commit")]);
    await on.place.break(false);
    const { fates, offset } = await on.eater.ingest(group);
    expect([offset, ...fates]).toEqual([4, RowOutcome.stored, RowOutcome.stored, RowOutcome.stored]);
    expect(on.eater.troubles()).toEqual([]);
  });

  it("refuses what would be more series than it may hold, and nothing else", async () => {
    await on.start({ maxSeries: 2 });
    const { fates } = await on.eater.ingest(
      ["a", "b", "c", "a"].map((source, index) => reading(source, index)),
    );
    expect([...fates]).toEqual([RowOutcome.stored, RowOutcome.stored, RowOutcome.refused, RowOutcome.stored]);
    expect((await on.eater.ingest([reading("c", 2)])).fates[0]).toBe(RowOutcome.refused);
  });

  it("drops what is old, published and derived, with its series, and still knows its duplicates", async () => {
    let now = NOW;
    const hour = 3_600_000;
    await on.start({ retention: { readingsMs: hour, minutesMs: 3 * hour }, clock: () => now, maxSeries: 2 });
    const retained = async () => {
      await on.eater.retain();
      return on.place.offsets();
    };
    await on.eater.ingest([reading("a", 1), reading("b", 1)]);
    now += hour;
    await on.eater.ingest([reading("a", 2)]);
    now += hour / 2;
    await on.eater.retain();
    expect(await on.place.offsets()).toEqual([1, 2, 3]);
    await on.eater.derive();
    await expect.poll(retained).toEqual([3]);
    expect((await on.eater.ingest([reading("a", 1), reading("c", 1)])).fates).toEqual(
      Uint8Array.of(RowOutcome.duplicate, RowOutcome.stored),
    );
    expect((await on.eater.ingest([reading("b", 2)])).fates[0]).toBe(RowOutcome.refused);
    await on.eater.derive();
    now += 9 * hour;
    await expect.poll(retained).toEqual([]);
    const everything = { from: 0, to: now, limit: 10 };
    for (const step of ["second", "minute"] as const) {
      expect((await on.eater.questions.rollups({ step, ...everything })).rollups).toEqual([]);
    }
    expect(unpackSnapshot(await on.eater.questions.snapshot()).state).toEqual({});
    expect((await on.eater.ingest([reading("a", 9), reading("z", 1)])).offset).toBe(6);
    expect(await on.place.offsets()).toEqual([5, 6]);
  });

  it("publishes each offset once, in order, also what it committed while the bus was away", async () => {
    const inner = createMemoryBus({ keepReadings: 1000 });
    const batches: Batch[] = [];
    await inner.subscribe(null, (batch) => batches.push(batch));
    let isAway = true;
    const bus = {
      ...inner,
      publish: async (batch: Batch) => {
        if (isAway) throw new Error("the bus is away");
        await inner.publish(batch);
      },
      close: async () => {},
    };
    await on.start({ bus });
    await on.eater.ingest([reading("a", 1), reading("a", 2)]);
    const epoch = on.eater.epoch();
    await on.close();
    isAway = false;
    await on.start({ bus });
    await on.eater.ingest([reading("a", 3)]);
    await expect
      .poll(() => batches.flatMap(({ readings }) => readings.map(({ seq }) => seq)))
      .toEqual([1, 2, 3]);
    expect(new Set(batches.map((batch) => batch.epoch))).toEqual(new Set([epoch]));
  });

  it("begins a new epoch where the bus holds what the database never gave out", async () => {
    const bus = createMemoryBus({ keepReadings: 1000 });
    await on.start();
    await on.eater.ingest([reading("a", 1)]);
    const epoch = on.eater.epoch();
    await on.close();
    await bus.publish({ epoch, from: 1, to: 2, readings: [reading("a", 1), reading("lost", 1)] });
    await on.start({ bus });
    await expect.poll(() => on.eater.epoch()).not.toBe(epoch);
    expect((await on.eater.ingest([reading("a", 2)])).offset).toBe(2);
    await expect.poll(() => bus.latest()).toEqual({ epoch: on.eater.epoch(), offset: 2 });
  });
});
