import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { createMemorySnapshots } from "../snapshot/memory.ts";
import { packSnapshot } from "../testing/pack-snapshot.ts";
import { createCatchUp } from "./catch-up.ts";
import { createEaterMetrics } from "./metrics.ts";
import type { Writer } from "./writer.ts";

/** A writer that is never idle: whenever it derives, `arriving` readings are committed as well. */
function busy(committed: number, arriving: number, until: number) {
  let derived = 0;
  const limits: number[] = [];
  const writer = {
    async ask({ limit }: { limit: number }) {
      limits.push(limit);
      if (limits.length < until) committed += arriving;
      derived = Math.min(committed, derived + limit);
      return { derived: { upTo: derived, anomalies: 0, behind: derived < committed } };
    },
  } as unknown as Writer;
  const catchUp = createCatchUp({
    writer,
    questions: { snapshot: async () => packSnapshot({ epoch: "e", offset: derived, state: {} }) },
    epoch: () => "e",
    snapshots: createMemorySnapshots(),
    metrics: createEaterMetrics(new Registry()),
    chunk: 100,
    maxLag: 5000,
    committed: () => committed,
    isBusy: () => true,
    leads: () => true,
    warn: () => {},
  });
  return { catchUp, limits, lag: () => committed - derived };
}

it("derives one chunk while commits wait, so that they do not wait for it", async () => {
  const { catchUp, limits } = busy(4000, 50, 1000);
  await catchUp.run();
  expect(limits).toEqual([100]);
});

it("goes at the pace of the commits once it is too far behind, and is never further", async () => {
  const { catchUp, limits, lag } = busy(8000, 900, 40);
  await catchUp.run();
  expect(limits.slice(1, 10).every((limit) => limit === 900)).toBe(true);
  expect(lag()).toBeLessThanOrEqual(5000);
});
