import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { present } from "../testing/present.ts";
import { reading } from "../testing/start-eater.ts";
import { createFold, type JournalRecord, recordsOf, replayJournal } from "./journal-state.ts";
import { createOutbox, type OutboxEntry, pack, readingsOf, split } from "./outbox.ts";

const entry = (id: string, notBefore = 0, count = 1): OutboxEntry =>
  present(
    pack(
      Array.from({ length: count }, (_, index) => ({ reading: reading(id, index + 1), delayMs: 0 })),
      notBefore,
      1000,
      () => id,
    )[0],
  );

const someCommands = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("add" as const),
      notBefore: fc.nat(20),
      count: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({ do: fc.constant("send" as const), now: fc.nat(25) }),
    fc.record({ do: fc.constant("split" as const), now: fc.nat(25) }),
  ),
  { maxLength: 60 },
);

describe("the outbox", () => {
  it("loses nothing that was not removed, changes nothing, and sends the oldest that is due", () => {
    fc.assert(
      fc.property(someCommands, (commands) => {
        const outbox = createOutbox();
        const records: JournalRecord[] = [];
        let model: OutboxEntry[] = [];
        commands.forEach((command, index) => {
          if (command.do === "add") {
            const added = entry(`e${index}`, command.notBefore, command.count);
            outbox.add(added);
            model.push(added);
            records.push({ put: [added], cursor: index, nextBatch: index + 1 });
            return;
          }
          const next = outbox.next(command.now);
          expect(next).toEqual(model.find(({ notBefore }) => notBefore <= command.now) ?? null);
          if (!next) return;
          const parts = command.do === "split" ? split(next) : null;
          if (parts) {
            outbox.replace(next.id, parts);
            model = model.flatMap((held) => (held.id === next.id ? parts : [held]));
            records.push({ split: next.id, parts });
          } else {
            outbox.remove(next.id);
            model = model.filter(({ id }) => id !== next.id);
            records.push({ ack: next.id });
          }
        });
        expect(outbox.entries()).toEqual(model);
        expect(outbox.readings()).toBe(model.reduce((sum, { readings }) => sum + readings, 0));
        expect(outbox.due()).toBe(
          model.length > 0 ? Math.min(...model.map(({ notBefore }) => notBefore)) : null,
        );
        // The journal tells the same, wherever in its last line the process was killed, and compacting changes nothing.
        const text = records.map((record) => `${JSON.stringify(record)}\n`).join("");
        const replayed = replayJournal(`${text}{"put":[{"id"`, "f").state();
        expect(replayed.entries).toEqual(model);
        const compacted = createFold("other");
        recordsOf(replayed).forEach(compacted.apply);
        expect(compacted.state()).toEqual(replayed);
      }),
    );
  });

  it("waits for none that a clock dated which was then set back, and in their order for all others", () => {
    const day = 86_400_000;
    const outbox = createOutbox([
      entry("soon", 10_000),
      entry("a day ahead", day),
      entry("year 2100", 4.1e12),
    ]);
    expect(outbox.next(0)?.id).toBe("a day ahead");
    outbox.remove("a day ahead");
    expect(outbox.next(0)?.id).toBe("year 2100");
    outbox.remove("year 2100");
    expect(outbox.next(9999)).toBeNull();
    expect(outbox.next(10_000)?.id).toBe("soon");
  });

  it("refuses an id twice", () => {
    expect(() => createOutbox([entry("a")]).add(entry("a"))).toThrow(TypeError);
  });
});

describe("packing", () => {
  it("keeps every reading and the order of those equally prompt, in entries that are not too large", () => {
    const some = fc.array(fc.record({ delayMs: fc.constantFrom(0, 0, 0, 1000, 5000) }), { maxLength: 50 });
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 12 }), (delays, maxBatch) => {
        const emissions = delays.map(({ delayMs }, seq) => ({ reading: reading("a", seq), delayMs }));
        let count = 0;
        const entries = pack(emissions, 100, maxBatch, () => `id${count++}`);
        expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
        for (const packed of entries) {
          expect(packed.readings).toBe(readingsOf(packed).length);
          expect(packed.readings).toBeLessThanOrEqual(maxBatch);
        }
        const sorted = [...emissions].sort((a, b) => a.delayMs - b.delayMs).map(({ reading }) => reading);
        expect(entries.flatMap(readingsOf)).toEqual(sorted);
      }),
    );
  });

  it("splits into halves that together are the whole", () => {
    const whole = entry("w", 5, 7);
    const [first, second] = present(split(whole));
    expect([...readingsOf(first), ...readingsOf(second)]).toEqual(readingsOf(whole));
    expect(new Set([whole.id, first.id, second.id]).size).toBe(3);
    expect(split(entry("single"))).toBeNull();
  });
});
