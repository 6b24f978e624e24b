import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Bus } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory.ts";
import type { Batch } from "../protocol.ts";
import { ndjson, reading, startEater } from "../testing/start-eater.ts";

let file: string;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "publisher-"));
  file = join(folder, "eater.db");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function recorded(bus: Bus): Promise<{ batches: Batch[]; offsets(): number[] }> {
  const batches: Batch[] = [];
  await bus.subscribe(null, (batch) => batches.push(batch));
  const offsets = () =>
    batches.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
  return { batches, offsets };
}

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);
/** A bus that remembers, behind a connection that can be cut. */
function cuttable(inner: Bus) {
  let isCut = false;
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isCut) throw new Error("the bus is away");
    return work();
  };
  const bus: Bus = {
    publish: (batch) => guard(() => inner.publish(batch)),
    latest: () => guard(() => inner.latest()),
    subscribe: inner.subscribe,
    connected: () => !isCut,
    close: async () => {},
  };
  return {
    bus,
    cut(cut: boolean) {
      isCut = cut;
    },
  };
}

describe("publishing", () => {
  it("says at once that the bus is gone, before a batch has failed on it", async () => {
    const { bus, cut } = cuttable(createMemoryBus({ keepReadings: 1000 }));
    const { eater, close } = await startEater({ file, bus });
    await expect.poll(() => eater.degraded()).toEqual([]);
    cut(true);
    expect(eater.degraded()).toEqual(["the bus does not answer"]);
    cut(false);
    expect(eater.degraded()).toEqual([]);
    await close();
  });

  it("goes on after a crash between commit and publish, each offset once", async () => {
    const inner = createMemoryBus({ keepReadings: 1000 });
    const { bus, cut } = cuttable(inner);
    const seen = await recorded(inner);
    const first = await startEater({ file, bus });
    await first.post(ndjson([reading("a", 1), reading("a", 2)]));
    await expect.poll(seen.offsets).toEqual([1, 2]);
    cut(true);
    // Acknowledged, committed, and not on the bus when the eater ends.
    expect((await first.post(ndjson([reading("a", 3)]))).json()).toMatchObject({ stored: 1 });
    const epoch = first.eater.epoch();
    await first.close();
    expect(seen.offsets()).toEqual([1, 2]);

    cut(false);
    const second = await startEater({ file, bus });
    expect(second.eater.epoch()).toBe(epoch);
    await second.post(ndjson([reading("a", 4)]));
    await expect.poll(seen.offsets).toEqual([1, 2, 3, 4]);
    expect(seen.batches.flatMap(({ readings }) => readings)).toEqual(
      [1, 2, 3, 4].map((seq) => reading("a", seq)),
    );
    await second.close();
  });

  it("catches up from the database with what memory could not hold, in pieces", async () => {
    const inner = createMemoryBus({ keepReadings: 1000 });
    const { bus, cut } = cuttable(inner);
    const failures: unknown[] = [];
    const test = await startEater({ bus, maxQueued: 5, chunk: 4, warn: (error) => failures.push(error) });
    const seen = await recorded(inner);
    cut(true);
    for (let n = 0; n < 6; n += 1) {
      await test.post(ndjson([1, 2, 3, 4, 5].map((step) => reading("a", n * 5 + step))));
    }
    await expect.poll(() => failures.length).toBeGreaterThan(0);
    expect(test.eater.degraded()).toEqual(["the bus does not answer"]);
    expect(test.eater.troubles()).toEqual([]);
    cut(false);
    await expect.poll(seen.offsets).toEqual(upTo(30));
    expect(Math.max(...seen.batches.map(({ readings }) => readings.length))).toBeLessThanOrEqual(4);
    expect(test.eater.troubles()).toEqual([]);
    await test.close();
  });

  it("gives an empty bus the newest readings, so that viewers can resume over a restart", async () => {
    const first = await startEater({ file });
    await first.post(ndjson(upTo(50).map((seq) => reading("a", seq))));
    await first.close();
    const bus = createMemoryBus({ keepReadings: 1000 });
    const seen = await recorded(bus);
    const second = await startEater({ file, bus, replay: 20 });
    await expect.poll(() => seen.offsets().at(-1)).toBe(50);
    expect(seen.offsets()).toEqual(upTo(50).slice(30));
    await second.close();
  });

  it("begins a new epoch when the bus is ahead of a database that was put back", async () => {
    const bus = createMemoryBus({ keepReadings: 1000 });
    const test = await startEater({ file, bus: createMemoryBus({ keepReadings: 1000 }) });
    await test.post(ndjson([reading("a", 1)]));
    const epoch = test.eater.epoch();
    await test.close();
    await bus.publish({ epoch, from: 1, to: 2, readings: [reading("a", 1), reading("a", 2)] });
    const seen = await recorded(bus);
    const again = await startEater({ file, bus });
    await expect.poll(() => seen.batches.at(-1)?.epoch).not.toBe(epoch);
    expect(seen.batches.at(-1)).toEqual({
      epoch: again.eater.epoch(),
      from: 1,
      to: 1,
      readings: [reading("a", 1)],
    });
    await again.close();
  });
});
