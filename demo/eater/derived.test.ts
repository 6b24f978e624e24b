import fc from "fast-check";
import { expect, it } from "vitest";
import type { Reading } from "../protocol.ts";
import { unpackSnapshot } from "../snapshot/snapshot.ts";
import { latestOf } from "../testing/arbitraries.ts";
import { onEachStore } from "../testing/each-store.ts";
import { NOW, reading } from "../testing/start-eater.ts";

onEachStore("what an eater derives on", (on) => {
  it("derives rollups, latest values and anomalies, whatever comes late, across lives", async () => {
    const points = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 200_000 }), value: fc.integer({ min: -50, max: 50 }) }),
      { minLength: 1, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(points, fc.integer({ min: 1, max: 20 }), async (all, cut) => {
        await on.useNewPlace();
        await on.start({ deriveChunk: cut });
        const readings = all.map((point, seq): Reading => ({ source: "a", seq, metric: "t", ...point }));
        const half = Math.ceil(readings.length / 2);
        await on.eater.ingest(readings.slice(0, half));
        await on.close();
        await on.start({ deriveChunk: cut });
        if (half < readings.length) await on.eater.ingest(readings.slice(half));
        await on.eater.derive();
        for (const [step, ms] of [
          ["second", 1000],
          ["minute", 60_000],
        ] as const) {
          const expected = [...Map.groupBy(all, ({ at }) => at - (at % ms))]
            .sort(([a], [b]) => a - b)
            .map(([bucket, group]) => {
              const values = group.map(({ value }) => value);
              const mean = values.reduce((a, b) => a + b, 0) / values.length;
              const bounds = { min: Math.min(...values), max: Math.max(...values) };
              return { source: "a", metric: "t", bucket, n: values.length, mean, ...bounds };
            });
          const asked = { step, from: 0, to: NOW, limit: 5000 };
          expect((await on.eater.questions.rollups(asked)).rollups).toEqual(expected);
        }
        const { epoch, offset, state } = unpackSnapshot(await on.eater.questions.snapshot());
        expect([epoch, offset, state]).toEqual([on.eater.epoch(), readings.length, latestOf(readings)]);
        await on.close();
      }),
      { numRuns: 2 },
    );
  });

  it("flags a spike after the usual values of an earlier life", async () => {
    await on.start();
    const usual = Array.from({ length: 30 }, (_, index) =>
      reading("a", index, { value: 20 + (index % 5) / 10 }),
    );
    await on.eater.ingest(usual);
    await on.eater.derive();
    await on.close();
    await on.start();
    await on.eater.ingest([reading("a", 50, { value: 80 })]);
    await on.eater.derive();
    expect(await on.eater.questions.anomalies(0, 10)).toMatchObject([
      { offset: 31, source: "a", metric: "temperature", value: 80 },
    ]);
    expect(await on.eater.questions.anomalies(31, 10)).toEqual([]);
  });

  it("pages rollups in order and once, however they are filtered", async () => {
    await on.start();
    const readings = Array.from({ length: 400 }, (_, index) =>
      reading(`s-${index % 80}`, index, { at: index * 700, metric: index % 2 === 0 ? "even" : "odd" }),
    );
    await on.eater.ingest(readings);
    await on.eater.derive();
    for (const step of ["second", "minute"] as const) {
      const whole = { step, from: 0, to: NOW, limit: 5000 };
      const { rollups: all } = await on.eater.questions.rollups(whole);
      for (const filter of [{}, { source: "s-3" }, { metric: "odd" }, { source: "s-4", metric: "even" }]) {
        const seen: unknown[] = [];
        for (let next: string | null = ""; next !== null; ) {
          const cursor: { after?: string } = next === "" ? {} : { after: next };
          const page = await on.eater.questions.rollups({ ...whole, ...filter, ...cursor, limit: 7 });
          expect(page.rollups.length).toBeLessThanOrEqual(7);
          seen.push(...page.rollups);
          next = page.next;
        }
        const isWanted = (rollup: { source: string; metric: string }) =>
          Object.entries(filter).every(([key, value]) => Reflect.get(rollup, key) === value);
        expect(seen).toEqual(all.filter(isWanted));
      }
    }
  });
});
