import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyReading } from "../testing/arbitraries.ts";
import { NOW, ndjson, reading } from "../testing/start-eater.ts";
import { fromColumns, toColumns, transferables } from "./columns.ts";
import { parseBody } from "./parse-body.ts";

describe("readings turned sideways", () => {
  it("are the same readings again, in the same order, however they were grouped", () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyReading, { maxLength: 9 }), { maxLength: 5 }), (groups) => {
        const columns = toColumns(groups);
        expect(fromColumns(columns)).toEqual(groups.flat());
        expect(new Set(columns.sources).size).toBe(columns.sources.length);
        expect(columns.sources.toSorted()).toEqual(
          [...new Set(groups.flat().map((one) => one.source))].sort(),
        );
      }),
      { seed: 81 },
    );
  });

  it("keep the largest numbers that are taken", () => {
    const one = { source: "a", seq: 2 ** 53 - 1, at: 2 ** 52, metric: "t", value: -1e100 };
    expect(fromColumns(toColumns([[one]]))).toEqual([one]);
  });

  it("are handed over whole", () => {
    const columns = toColumns([[reading("a", 1)]]);
    const copy = structuredClone(columns, { transfer: transferables(columns) });
    expect(fromColumns(copy)).toEqual([reading("a", 1)]);
    expect(columns.seq).toHaveLength(0);
  });
});

describe("a body", () => {
  const limits = { latest: NOW, maxRejected: 100 };
  const parse = (body: string, changes = {}) => parseBody(body, { ...limits, ...changes });
  const good = (seq: number) => JSON.stringify(reading("a", seq));

  it("counts its lines as an editor does, blank ones and the last without an end, too", () => {
    const { lines, readings, rejected } = parse(`${good(1)}\n\n\r\n${good(2)}\r\nno\n${good(3)}`);
    expect(lines).toEqual([1, 4, 6]);
    expect(readings.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(rejected).toMatchObject([{ line: 5, code: "bad-json" }]);
  });

  it("may begin with a byte order mark, and may not hold one elsewhere", () => {
    expect(parse(`\uFEFF${good(1)}`).lines).toEqual([1]);
    expect(parse(`${good(1)}\n\uFEFF${good(2)}`).rejected).toMatchObject([{ line: 2, code: "bad-json" }]);
    expect(parse("\uFEFF")).toEqual({ readings: [], lines: [], rejected: [], isStopped: false });
  });

  it("says of each bad line what is wrong with it", () => {
    const bad = ["{", "[]", "null", "3", '"x"', "{}", `{"source":"\uFFFD"}`, good(1).replace('"a"', '"a b"')];
    const codes = parse(bad.join("\n")).rejected.map(({ code }) => code);
    expect(codes).toHaveLength(bad.length);
    expect([codes[0], codes[6]]).toEqual(["bad-json", "bad-utf8"]);
    expect(new Set(codes.slice(1, 6))).not.toContain("bad-utf8");
  });

  it("is left at the first bad line past the limit, and what came before it stands", () => {
    const body = `${good(1)}\nno\nno\n${good(2)}\nno\n${good(3)}`;
    const stopped = parse(body, { maxRejected: 2 });
    expect(stopped).toMatchObject({ lines: [1, 4], isStopped: true });
    expect(stopped.rejected.map(({ line }) => line)).toEqual([2, 3]);
    expect(parse(body, { maxRejected: 3 })).toMatchObject({ lines: [1, 4, 6], isStopped: false });
    expect(parse("no", { maxRejected: 0 })).toMatchObject({ rejected: [], isStopped: true });
    expect(parse(ndjson([reading("a", 1)]), { maxRejected: 0 })).toMatchObject({
      lines: [1],
      isStopped: false,
    });
  });
});
