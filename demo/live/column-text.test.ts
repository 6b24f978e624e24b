import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBatch, encodeBatch } from "../bus/encode.ts";
import { type Columns, columnsOf, type Reading } from "../protocol.ts";
import { anyReading } from "../testing/arbitraries.ts";
import { encodePart, type Part, joinParts as piecesOf } from "./column-text.ts";

/** Names made of what the joints themselves are made of. */
const trickyName = fc
  .array(
    fc.constantFrom('],"seq":[', '],"at":[', '],"metric":[', '],"value":[', '"', "\\", "]}", "[", ",", "é"),
  )
  .map((pieces) => pieces.join(""));
const trickyReading = fc
  .tuple(anyReading, trickyName, trickyName)
  .map(([reading, source, metric]): Reading => ({ ...reading, source, metric }));
const runs = fc.array(fc.array(trickyReading, { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 5,
});

const joinParts = (parts: readonly Part[]) => Buffer.concat(piecesOf(parts));
const rowsOf = (json: Buffer) => JSON.parse(json.toString()) as Columns;

describe("the parts of a frame", () => {
  it("are the JSON of all of their readings once joined, byte for byte, whatever the names hold", () => {
    fc.assert(
      fc.property(runs, (parts) => {
        const joined = joinParts(parts.map(encodePart));
        expect(joined.equals(encodePart(parts.flat()).json)).toBe(true);
      }),
    );
  });

  it("are joined as they came over a server", () => {
    const batchOf = (from: number): Part => {
      const readings = Array.from({ length: 20 }, (_, row) => ({
        ...{ source: `s"${row}`, seq: from, at: from + row, metric: "m]", value: row / 8 },
      }));
      const { encoded } = decodeBatch(
        Buffer.from(encodeBatch({ epoch: "e", from, to: from + 19, readings })),
      );
      if (!encoded) throw new Error("a batch of 20 readings is written as columns");
      return encoded;
    };
    const parts = [batchOf(1), batchOf(21), batchOf(41)];
    const { seq, value } = rowsOf(joinParts(parts));
    expect(seq).toEqual(parts.flatMap(({ cols }) => cols.seq));
    expect(value).toEqual(parts.flatMap(({ cols }) => cols.value));
  });

  const cols = columnsOf([{ source: "a", seq: 1, at: 2, metric: "m", value: 3 }]);
  const { source, seq, at, metric, value } = cols;
  it.each<[string, object, number?]>([
    ["in another order", { seq, source, at, metric, value }],
    ["with the values before the metrics", { source, seq, at, value, metric }],
    ["with something more at the end", { ...cols, unit: ["°C"] }],
    ["with something more before the values", { source, seq, at, metric, unit: ["°C"], value }],
    ["with something more before the instants", { source, seq, unit: [[1]], at, metric, value }],
    ["with white space", cols, 2],
  ])("are encoded anew where one is written otherwise: %s", (_, written, space) => {
    const json = Buffer.from(JSON.stringify(written, null, space));
    const odd = { cols: rowsOf(json), json };
    const ours = encodePart([{ source: "b", seq: 7, at: 8, metric: "n", value: 9 }]);
    for (const parts of [
      [odd, ours],
      [ours, odd],
    ])
      expect(joinParts(parts)).toEqual(
        Buffer.from(
          JSON.stringify({
            source: parts.flatMap((part) => part.cols.source),
            seq: parts.flatMap((part) => part.cols.seq),
            at: parts.flatMap((part) => part.cols.at),
            metric: parts.flatMap((part) => part.cols.metric),
            value: parts.flatMap((part) => part.cols.value),
          }),
        ),
      );
  });

  it("is passed on as it is where there is one", () => {
    const part = encodePart([{ source: "a", seq: 1, at: 2, metric: "m", value: 3 }]);
    const [piece, ...others] = piecesOf([part]);
    expect(piece).toBe(part.json);
    expect(others).toEqual([]);
  });
});
