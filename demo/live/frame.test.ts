import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, parseServerMessage } from "../protocol.ts";
import { anyReading } from "../testing/arbitraries.ts";
import { encodeDelta, encodeFrame } from "./frame.ts";

/** Reads one unmasked websocket frame by the letter of RFC 6455, 5.2. */
function readFrame(wire: Buffer) {
  const [first = 0, second = 0] = wire;
  const short = second & 0x7f;
  const head = short === 127 ? 10 : short === 126 ? 4 : 2;
  const size = short === 127 ? Number(wire.readBigUInt64BE(2)) : short === 126 ? wire.readUInt16BE(2) : short;
  return {
    isFinal: (first & 0x80) !== 0,
    reserved: first & 0x70,
    opcode: first & 0x0f,
    isMasked: (second & 0x80) !== 0,
    text: wire.toString("utf8", head, head + size),
    rest: wire.length - head - size,
  };
}

describe("a frame", () => {
  const bye = (code: string) => ({ t: "bye" as const, code, retryAfter: null });
  const bare = JSON.stringify(bye("")).length;

  // The length takes one byte up to 125, two up to 65,535 and eight past that.
  it.each([bare, 125, 126, 65_535, 65_536, 70_000])(
    "of %i bytes is one whole unmasked text frame",
    (length) => {
      const message = bye("x".repeat(length - bare));
      const { wire, payload } = encodeFrame(message);
      const text = JSON.stringify(message);
      expect(text).toHaveLength(length);
      expect(readFrame(wire)).toEqual({
        isFinal: true,
        reserved: 0,
        opcode: 1,
        isMasked: false,
        text,
        rest: 0,
      });
      expect(payload.toString()).toBe(text);
    },
  );

  it("counts its length in bytes, not in letters", () => {
    const { wire, payload } = encodeFrame({ t: "bye", code: "ü€😀".repeat(20), retryAfter: 1 });
    expect(readFrame(wire)).toMatchObject({ text: payload.toString(), rest: 0 });
  });

  it("holds its bytes once: the payload is a view of what goes over the wire", () => {
    const { wire, payload } = encodeFrame({ t: "ping" });
    expect(payload.buffer).toBe(wire.buffer);
    expect(payload.byteOffset + payload.length).toBe(wire.byteOffset + wire.length);
  });
});

describe("a frame of readings", () => {
  it("says what it holds, and is read back as it was", () => {
    fc.assert(
      fc.property(
        fc.array(anyReading, { minLength: 1, maxLength: 20 }),
        fc.nat(1e9),
        fc.boolean(),
        (readings, before, isConflated) => {
          const [from, to] = [before + 1, before + readings.length];
          const cols = columnsOf(readings);
          const frame = encodeDelta(from, to, cols, isConflated);
          expect(frame).toMatchObject({ from, to });
          expect(parseServerMessage(frame.payload.toString())).toEqual({
            ...{ t: "delta", from, to, cols },
            ...(isConflated ? { conflated: true } : {}),
          });
        },
      ),
    );
  });
});
