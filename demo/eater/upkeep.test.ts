import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { repeat } from "./repeat.ts";
import { createRetainer } from "./retainer.ts";
import type { Dropped, RetentionPass } from "./retention.ts";
import { createUpkeep } from "./upkeep.ts";

describe("what is done time and again", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is never done twice at once, however long it takes, and is done again after a failure", async () => {
    const runs: PromiseWithResolvers<void>[] = [];
    const failures: unknown[] = [];
    const stop = repeat(
      100,
      () => {
        runs.push(Promise.withResolvers());
        return runs.at(-1)?.promise ?? Promise.reject();
      },
      (error) => failures.push(error),
    );
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toHaveLength(1);
    runs[0]?.reject(new Error("failed"));
    await vi.advanceTimersByTimeAsync(100);
    expect([runs.length, failures]).toEqual([2, [new Error("failed")]]);
    runs[1]?.resolve();
    const stopped = stop();
    await vi.advanceTimersByTimeAsync(1000);
    await stopped;
    expect(runs).toHaveLength(2);
  });

  it("is waited for where it is under way as it is to stop", async () => {
    const run = Promise.withResolvers<void>();
    const stop = repeat(
      100,
      () => run.promise,
      () => {},
    );
    await vi.advanceTimersByTimeAsync(100);
    let isStopped = false;
    const stopped = stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect(isStopped).toBe(false);
    run.resolve();
    await stopped;
  });
});

describe("what fails beside taking readings", () => {
  it("is named while it fails, each job once, and no longer once it works", async () => {
    const told: string[] = [];
    const upkeep = createUpkeep((error, message) => told.push(`${message}: ${error}`));
    let isBroken = true;
    const [derive, deriveFailed] = upkeep.job("deriving", async () => {
      if (isBroken) throw new Error("disk");
    });
    const [, retainFailed] = upkeep.job("retention", async () => {});
    for (let times = 0; times < 3; times += 1) await derive().catch(deriveFailed);
    retainFailed("no error");
    expect(upkeep.failing()).toEqual(["deriving fails (disk)", "retention fails (no error)"]);
    expect(told).toHaveLength(4);
    expect(told[0]).toBe("deriving failed and is tried again: Error: disk");
    isBroken = false;
    await derive();
    expect(upkeep.failing()).toEqual(["retention fails (no error)"]);
  });
});

describe("dropping what is old", () => {
  /** A store that holds so many old rows, and is given `arriving` new readings in each pass. */
  function start(old: number, { arriving = 0, leads = true } = {}) {
    const passes: RetentionPass[] = [];
    let committed = 0;
    let left = old;
    const counted: number[] = [];
    const writer = {
      async ask({ limit, now, publishedTo }: RetentionPass): Promise<{ dropped: Dropped }> {
        passes.push({ limit, now, publishedTo });
        committed += arriving;
        const rows = Math.min(left, limit);
        left -= rows;
        if (passes.length === 3) retainer.stop();
        return { dropped: { rows, more: left > 0 } };
      },
    };
    const metrics = { dropped: { inc: (rows: number) => counted.push(rows) } };
    const parts = { writer, metrics, clock: () => 77, leads: () => leads };
    const retainer = createRetainer(
      parts as unknown as Parameters<typeof createRetainer>[0],
      () => committed,
      () => 55,
    );
    return { run: () => retainer.run(), passes, counted };
  }

  it("goes on pass by pass until nothing is left, and counts what went", async () => {
    const { run, passes, counted } = start(30_000);
    await run();
    expect(counted).toEqual([20_000, 10_000]);
    expect(passes).toEqual([
      { limit: 20_000, now: 77, publishedTo: 55 },
      { limit: 20_000, now: 77, publishedTo: 55 },
    ]);
  });

  it("drops twice what came in the pass before, so that no rate outruns it", async () => {
    const { run, passes } = start(300_000, { arriving: 50_000 });
    await run();
    expect(passes.map(({ limit }) => limit)).toEqual([20_000, 100_000, 100_000]);
  });

  it("ends with its pass where it is to stop, and is another eater's where that leads", async () => {
    const stopped = start(10_000_000);
    await stopped.run();
    expect(stopped.passes).toHaveLength(3);
    const other = start(10, { leads: false });
    await other.run();
    expect(other.passes).toEqual([]);
  });
});
