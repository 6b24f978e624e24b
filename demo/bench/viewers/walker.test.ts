import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../protocol.ts";
import { batchOf, messageOf } from "../fanout/batches.ts";
import { masked, mqttPublish } from "./packets.ts";
import { createWalker, emptyTally } from "./walker.ts";

/** What a viewer is counted to have been shown by this stream, which comes in pieces cut at these places. */
function tallyOf(stream: Buffer, cuts: readonly number[], last = 0) {
  const tally = emptyTally(last);
  let told = 0;
  const walk = createWalker(tally, (readings) => {
    told += readings;
  });
  const places = [...new Set(cuts.map((cut) => cut % stream.length))].sort((a, b) => a - b);
  let at = 0;
  for (const place of [...places, stream.length]) {
    walk(stream.subarray(at, place));
    at = place;
  }
  expect(told).toBe(tally.readings);
  return tally;
}

const wrap: Record<string, (message: string) => Buffer> = {
  bare: (message) => Buffer.from(message),
  websocket: masked,
  "socket.io": (message) => masked(`42["delta",${message},"0e"]`),
  nats: (message) => Buffer.from(`MSG readings 1 ${message.length}\r\n${message}\r\n`),
  mqtt: (message) => masked(mqttPublish("readings", message)),
};

describe("what a viewer is counted to have been shown", () => {
  const sizes = fc.array(fc.record({ size: fc.integer({ min: 1, max: 60 }), isLost: fc.boolean() }), {
    minLength: 2,
    maxLength: 12,
  });
  const cuts = fc.array(fc.nat(100_000), { maxLength: 30 });

  it.each(Object.keys(wrap))(
    "is each message once and each gap once, however it comes in pieces: %s",
    (name) => {
      fc.assert(
        fc.property(sizes, cuts, (parts, places) => {
          const pieces: Buffer[] = [];
          let [to, shown, last] = [0, 0, 0];
          for (const { size, isLost } of [...parts, { size: 3, isLost: false }]) {
            const message = messageOf(batchOf(to + 1, size));
            to += size;
            // Where a viewer began is no gap.
            if (isLost && last > 0) continue;
            pieces.push(wrap[name]?.(message) ?? Buffer.alloc(0));
            shown += size;
            last = to;
          }
          const stream = Buffer.concat(pieces);
          expect(tallyOf(stream, places)).toEqual({
            readings: shown,
            conflated: 0,
            missed: to - shown,
            last,
          });
        }),
        { numRuns: 60, seed: 500 },
      );
    },
  );

  it("leaves out what comes twice, and tells the latest values apart from readings", () => {
    const { cols } = JSON.parse(messageOf(batchOf(11, 2)));
    const conflated = encodeMessage({ t: "delta", from: 11, to: 30, conflated: true, cols });
    const stream = [batchOf(1, 10), batchOf(6, 5)].map(messageOf).concat(conflated).join("");
    expect(tallyOf(Buffer.from(stream), [])).toEqual({ readings: 10, conflated: 20, missed: 0, last: 30 });
  });
});
