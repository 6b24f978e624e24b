import { expect, it } from "vitest";
import { reading } from "../testing/start-eater.ts";
import { createBell } from "./bell.ts";
import type { Chunk } from "./fleet-source.ts";
import { emptyJournal } from "./journal-state.ts";
import { createOutbox } from "./outbox.ts";
import { produce } from "./production.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Produces chunks of so many readings each, with a journal that notes what it was given. */
function start(chunks: readonly number[], { outboxLimit = 1000, maxBatch = 3, nextBatch = 7 } = {}) {
  const told: string[] = [];
  const outbox = createOutbox();
  const changed = createBell();
  const stop = new AbortController();
  const journal = {
    state: { ...emptyJournal("f"), nextBatch },
    async write(record: object) {
      await settled();
      const ids = "put" in record && Array.isArray(record.put) ? record.put.map(({ id }) => id) : [];
      told.push(`journal ${ids.join(" ")}, outbox ${outbox.entries().length}`);
      if (ids.includes("f:13")) throw new Error("the disk is full");
    },
    async close() {},
  };
  async function* source(): AsyncGenerator<Chunk> {
    for (const [index, count] of chunks.entries()) {
      told.push(`chunk ${index + 1}`);
      const emissions = Array.from({ length: count }, (_, seq) => ({
        reading: reading("a", seq),
        delayMs: 0,
      }));
      yield { emissions, cursor: index + 1 };
    }
  }
  const done = produce(source, { journal, outbox, changed }, { maxBatch, outboxLimit }, () => 0, stop.signal);
  return { told, outbox, changed, stop, done };
}

it("writes each batch down before it may be sent, under names that go on from the last life", async () => {
  const { told, outbox, done } = start([2, 4]);
  await done;
  expect(told).toEqual(["chunk 1", "journal f:7, outbox 0", "chunk 2", "journal f:8 f:9, outbox 1"]);
  expect(outbox.entries().map(({ id, readings }) => [id, readings])).toEqual([
    ["f:7", 2],
    ["f:8", 3],
    ["f:9", 1],
  ]);
});

it("sends nothing that could not be written down, and takes no more from the source", async () => {
  const { told, outbox, done } = start([1, 1, 1], { nextBatch: 12 });
  await expect(done).rejects.toThrow("the disk is full");
  expect([outbox.entries().map(({ id }) => id), told.includes("chunk 3")]).toEqual([["f:12"], false]);
});

it("lets the source wait while the outbox is full, until what was acknowledged makes room", async () => {
  const { told, outbox, changed, done } = start([3, 2, 1], { outboxLimit: 5 });
  const wait = async () => {
    for (let turn = 0; turn < 10; turn += 1) await settled();
  };
  await wait();
  expect(told).not.toContain("chunk 3");
  changed.ring();
  await wait();
  expect(told).not.toContain("chunk 3");
  outbox.remove("f:8");
  changed.ring();
  await done;
  expect(told).toContain("chunk 3");
});

it("does not wait for room once the feeder is to stop", async () => {
  const { outbox, changed, stop, done } = start([3, 1], { outboxLimit: 1 });
  while (outbox.readings() === 0) await settled();
  stop.abort();
  changed.ring();
  await done;
  expect(outbox.readings()).toBe(4);
});
