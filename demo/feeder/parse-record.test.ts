import { describe, expect, it } from "vitest";
import { toReading } from "./parse-record.ts";

const at = Date.parse("2026-01-05T09:00:00Z");
const record = (more: object = {}) => ({ source: "a", at: String(at), metric: "t", value: "20.5", ...more });
const read = (more: object = {}, next = new Map<string, number>(), first = 1) =>
  toReading(record(more), next, first);

describe("a record of a file", () => {
  it("is the same in text, as of CSV, and in numbers, as of NDJSON", () => {
    const reading = { source: "a", seq: 4, at, metric: "t", value: 20.5 };
    expect(read({ seq: "4" })).toEqual(reading);
    expect(read({ seq: 4, at, value: 20.5 })).toEqual(reading);
  });

  it.each([
    ["2026-01-05T09:00:00Z"],
    ["2026-01-05T10:00:00+01:00"],
    [" 2026-01-05T09:00:00.000Z "],
    [` ${at} `],
  ])("has its instant written as %j", (text) => {
    expect(read({ at: text }).at).toBe(at);
  });

  it.each(["2026-01-05", "2026-01-05T09:00:00", "5 January 2026", "12.5", "yesterday", "", "-5"])(
    "is refused with the instant %j, which depends on a machine's zone or is none",
    (text) => {
      expect(() => read({ at: text })).toThrow(expect.objectContaining({ code: "bad-shape" }));
    },
  );

  it.each([
    ["value", "", "bad-shape"],
    ["value", "warm", "not-finite"],
    ["value", "0x1F", "not-finite"],
    ["value", " 0b11", "not-finite"],
    ["value", "0o7", "not-finite"],
    ["value", "1,5", "not-finite"],
    ["value", "1_000", "not-finite"],
    ["value", "21.5 °C", "not-finite"],
    ["value", "Infinity", "not-finite"],
    ["seq", "0x10", "not-finite"],
    ["value", "1e300", "value-range"],
    ["value", null, "bad-shape"],
    ["value", true, "bad-shape"],
    ["seq", "-1", "seq-range"],
    ["seq", "1.5", "seq-range"],
    ["source", "", "bad-shape"],
    ["source", 7, "bad-shape"],
    ["metric", "constructor", "bad-shape"],
  ])("is refused where %s is %j", (field, value, code) => {
    expect(() => read({ [field]: value })).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ["0", 0],
    ["-0.5", -0.5],
    ["+7", 7],
    ["007", 7],
    [".5", 0.5],
    ["5.", 5],
    [" 1e3 ", 1000],
    ["1E-2", 0.01],
  ])("has its value written as %j", (text, value) => {
    expect(read({ value: text }).value).toBe(value);
  });

  it.each([[undefined], [null], [""]])("without a number (%j) has the next of its source", (seq) => {
    const next = new Map<string, number>();
    const numbers = ["a", "a", "b", "a"].map((source) => read({ source, seq }, next, 10).seq);
    expect(numbers).toEqual([10, 11, 10, 12]);
  });

  it("goes on behind the highest number that was written, also where a lower one follows", () => {
    const next = new Map<string, number>();
    const numbers = [7, undefined, 3, undefined].map((seq) => read({ seq }, next).seq);
    expect(numbers).toEqual([7, 8, 3, 9]);
  });

  it("that is refused moves no number on", () => {
    const next = new Map<string, number>();
    expect(() => read({ value: "warm" }, next)).toThrow();
    expect(next.size).toBe(0);
    expect(read({}, next).seq).toBe(1);
  });
});
