import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { present } from "../../testing/present.ts";
import type { Chunk } from "../fleet-source.ts";
import { BrokerError, type BrokerEvents, type Handed, type MqttAccess } from "./connection.ts";
import { parseMapping } from "./mapping.ts";
import { type MqttSourceSettings, mqttSource } from "./source.ts";

/** The broker, as far as the source sees it. */
const broker = vi.hoisted(() => ({ events: null as BrokerEvents | null, closed: 0 }));
vi.mock("./connection.ts", async (original) => ({
  ...(await original<typeof import("./connection.ts")>()),
  openBroker: async (_: MqttAccess, events: BrokerEvents) => {
    broker.events = events;
    return {
      close: async () => {
        broker.closed += 1;
      },
    };
  },
}));

let acknowledged: string[];
let refused: string[];
let stop: AbortController;
beforeEach(() => {
  acknowledged = [];
  refused = [];
  stop = new AbortController();
  broker.events = null;
  broker.closed = 0;
});
afterEach(() => {
  stop.abort();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A source that has been asked for its first chunk, and has its broker. */
async function start(changes: Partial<MqttSourceSettings> = {}) {
  const source = mqttSource(
    {
      access: {} as MqttAccess,
      map: parseMapping("source=topic[0] metric='m' value=payload"),
      maxBatch: 3,
      nextSeq: new Map(),
      firstSeq: 1,
      handed: [],
      clock: () => 5000,
      refused: (topic, error) => refused.push(`${topic}: ${error.message}`),
      warn: () => {},
      ...changes,
    },
    stop.signal,
  )[Symbol.asyncIterator]();
  const first = source.next();
  await turn();
  return { source, first, events: present(broker.events) };
}

const message = (topic: string, text: string, changes: Partial<Handed> = {}): Handed => ({
  topic,
  payload: Buffer.from(text),
  id: 1,
  isRepeated: false,
  acknowledge: () => acknowledged.push(`${topic} ${text}`),
  ...changes,
});

/** What a chunk holds: source, number and value of each reading. */
const readingsIn = (chunk: IteratorResult<Chunk>) =>
  ((chunk.value as Chunk | undefined)?.emissions ?? []).map(({ reading }) => [
    reading.source,
    reading.seq,
    reading.value,
  ]);

describe("a message of the broker", () => {
  it("is acknowledged once its reading has been taken over, and not before", async () => {
    const { source, first, events } = await start();
    events.handed(message("a", "1"));
    events.handed(message("a", "2", { id: 2 }));
    expect([readingsIn(await first), acknowledged]).toEqual([
      [
        ["a", 1, 1],
        ["a", 2, 2],
      ],
      [],
    ]);
    const second = source.next();
    await turn();
    expect(acknowledged).toEqual(["a 1", "a 2"]);
    events.handed(message("b", "3", { id: 3 }));
    expect(readingsIn(await second)).toEqual([["b", 1, 3]]);
    await source.return?.(undefined);
    expect(acknowledged).toEqual(["a 1", "a 2"]);
  });

  it("comes with no more others than a batch may hold, in the order in which they came", async () => {
    const { source, first, events } = await start();
    for (let id = 1; id <= 7; id += 1) events.handed(message("a", `${id}`, { id }));
    const chunks = [await first, await source.next(), await source.next()].map(readingsIn);
    expect(chunks.map((chunk) => chunk.map(([, , value]) => value))).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });

  it("that holds no reading is told, acknowledged with the others, and costs none of them", async () => {
    const { source, first, events } = await start();
    events.handed(message("a", "nonsense"));
    events.handed(message("__proto__", "1", { id: 2 }));
    events.handed(message("a", "5", { id: 3 }));
    expect(readingsIn(await first)).toEqual([["a", 1, 5]]);
    void source.next();
    await turn();
    expect(acknowledged).toHaveLength(3);
    expect(refused).toEqual([
      expect.stringMatching(/^a: .*JSON/),
      expect.stringMatching(/^__proto__: source/),
    ]);
  });
});

describe("a message that comes again", () => {
  /** What a life before has noted of these messages. */
  async function marksOf(...messages: Handed[]): Promise<string[]> {
    const { first, events, source } = await start();
    for (const one of messages) events.handed(one);
    const marks = (await first).value as Chunk;
    await source.return?.(undefined);
    acknowledged = [];
    return [...present(marks.handed)];
  }

  it("is known by its number and what it holds, is acknowledged, and makes no reading", async () => {
    const handed = await marksOf(message("a", "1", { id: 9 }));
    const { first, events, source } = await start({ handed });
    events.handed(message("a", "1", { id: 9, isRepeated: true }));
    expect(readingsIn(await first)).toEqual([]);
    const next = source.next();
    await turn();
    expect(acknowledged).toEqual(["a 1"]);
    // Once: the same again is another message, whose number the broker has given again.
    events.handed(message("a", "1", { id: 9, isRepeated: true }));
    expect(readingsIn(await next)).toEqual([["a", 1, 1]]);
  });

  it.each([
    ["with another number", { id: 10, isRepeated: true }, "a", "1"],
    ["of another topic", { id: 9, isRepeated: true }, "b", "1"],
    ["with other content", { id: 9, isRepeated: true }, "a", "2"],
    ["that the broker has never handed over before", { id: 9, isRepeated: false }, "a", "1"],
    ["of no number, which comes once", { id: null, isRepeated: false }, "a", "1"],
  ])("is none of those %s", async (_, changes, topic, text) => {
    const handed = await marksOf(message("a", "1", { id: 9 }));
    const { first, events } = await start({ handed });
    events.handed(message(topic, text, changes));
    expect(readingsIn(await first)).toEqual([[topic, 1, Number(text)]]);
  });

  it("is told apart from one whose topic ends where its content begins", async () => {
    const [one] = await marksOf(message("ab", "1", { id: 9 }));
    const [other] = await marksOf(message("a", "b1", { id: 9 }));
    expect(one).not.toBe(other);
  });
});

describe("a broker", () => {
  it("whose messages of QoS 0 are not taken loses them past ten thousand, one told for each, and none of QoS 1", async () => {
    const { first, events } = await start({ maxBatch: 100_000 });
    for (let count = 0; count < 10_005; count += 1) events.handed(message("a", "1", { id: null }));
    events.handed(message("b", "2", { id: 7 }));
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatch(/^a: too many/);
    const readings = readingsIn(await first);
    expect([readings.length, readings.at(-1)]).toEqual([10_001, ["b", 1, 2]]);
  });

  it("that refuses us ends the source with its word, and is left", async () => {
    const { first, events } = await start();
    events.ended(new BrokerError("not authorized"));
    await expect(first).rejects.toMatchObject({ code: "BROKER_REFUSED" });
    expect(broker.closed).toBe(1);
  });

  it("is left once the source is to stop, though nothing comes, and nothing more is acknowledged", async () => {
    const { first, source, events } = await start();
    events.handed(message("a", "1"));
    await first;
    stop.abort();
    const last = await source.next();
    expect([last.done, broker.closed]).toEqual([true, 1]);
    // It has been taken over by then.
    expect(acknowledged).toEqual(["a 1"]);
    const idle = new AbortController();
    stop = idle;
    const waiting = await start();
    idle.abort();
    expect((await waiting.first).done).toBe(true);
  });
});
