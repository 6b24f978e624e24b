import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf } from "../protocol.ts";
import { anyReading } from "../testing/arbitraries.ts";
import { batch } from "../testing/start-live.ts";
import { decodeBatch, encodeBatch } from "./encode.ts";

const encoded = (text: string) => Buffer.from(text);

describe("a batch on its way", () => {
  it("is the same behind it, be it small or large, whatever its epoch is called", () => {
    const epochs = fc.oneof(
      fc.constantFrom('","cols":', '{"cols":[]}', "e\\"),
      fc.string({ unit: "grapheme" }),
    );
    const sizes = { small: 0, large: 0 };
    fc.assert(
      fc.property(
        epochs,
        fc.array(anyReading, { minLength: 1, maxLength: 40, size: "max" }),
        fc.nat(2 ** 40),
        (epoch, readings, start) => {
          const one = { epoch, from: start + 1, to: start + readings.length, readings };
          const came = decodeBatch(encoded(encodeBatch(one)));
          const { from, to } = came;
          expect({ epoch: came.epoch, from, to, readings: came.readings }).toEqual(one);
          sizes[came.encoded ? "large" : "small"] += 1;
          if (!came.encoded) return;
          expect(came.encoded.cols).toEqual(columnsOf(readings));
          expect(came.encoded.json.toString()).toBe(JSON.stringify(columnsOf(readings)));
          expect(encodeBatch(came)).toBe(encodeBatch(one));
        },
      ),
      { seed: 18, numRuns: 300 },
    );
    expect(Math.min(...Object.values(sizes))).toBeGreaterThan(10);
  });

  it("is read where it begins within a larger buffer, as a network's pieces do", () => {
    const text = encodeBatch(batch(1, 30));
    const buffer = encoded(`xx${text}yy`);
    const came = decodeBatch(new Uint8Array(buffer.buffer, buffer.byteOffset + 2, text.length));
    expect(came.readings).toEqual(batch(1, 30).readings);
  });

  it("of an eater that writes readings one by one is read, too", () => {
    const one = batch(1, 100);
    expect(decodeBatch(encoded(JSON.stringify(one)))).toEqual(one);
  });

  const whole = encodeBatch(batch(1, 30));
  it.each([
    ["cut off", whole.slice(0, -10)],
    ["no JSON", "x"],
    ["one reading short", whole.replace('"to":30', '"to":31')],
    ["without a column", whole.replace('"seq":', '"row":')],
    ["with a column that is shorter", whole.replace('"seq":[0,', '"seq":[')],
    ["null", "null"],
    ["no object", "5"],
    ["nobody's", "{}"],
    ["of no epoch", whole.replace('"epoch":"e1"', '"epoch":1')],
    ["empty", '{"epoch":"e1","from":5,"to":4,"readings":[]}'],
    ["from before the first offset", whole.replace('"from":1,"to":30', '"from":0,"to":29')],
    ["of rows without readings", '{"epoch":"e1","from":1,"to":2}'],
    ["of rows that are fewer", JSON.stringify({ ...batch(1, 2), to: 3 })],
    ["of rows one of which is no reading", JSON.stringify({ ...batch(1, 2), readings: [batch(1, 1), null] })],
    ["of a row without its number", JSON.stringify(batch(1, 2)).replace('"seq":0', '"seq":null')],
  ])("is refused where it is %s", (_, text) => {
    expect(text).not.toBe(whole);
    expect(() => decodeBatch(encoded(text))).toThrow();
  });
});
