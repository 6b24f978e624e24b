import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatValue, nameOf, titleOf, unitOf } from "./units.ts";
import { viewWords } from "./words.ts";

const german = viewWords("de");
const anyValue = fc.double({ min: -1e100, max: 1e100, noNaN: true });

describe("a value", () => {
  it.each([
    [21.5, "21.5", "21,5"],
    [-3.14, "-3.1", "-3,1"],
    [0, "0.0", "0,0"],
    [-0, "0.0", "0,0"],
    [-0.04, "0.0", "0,0"],
    [-0.06, "-0.1", "-0,1"],
    [99.94, "99.9", "99,9"],
    [99.96, "100", "100"],
    [-99.96, "-100", "-100"],
    [100.4, "100", "100"],
    [12_345.6, "12346", "12346"],
    [999_999_999_999, "999999999999", "999999999999"],
    [1e12, "1.00e12", "1,00e12"],
    [-2.345e15, "-2.35e15", "-2,35e15"],
    [1e100, "1.00e100", "1,00e100"],
    [5e-324, "0.0", "0,0"],
  ])("of %d is told as %s, and in German as %s", (value, english, inGerman) => {
    expect(formatValue("m", value)).toBe(english);
    expect(formatValue("m", value, german)).toBe(inGerman);
  });

  it("is short, has no sign at zero, and is off by no more than its last digit", () => {
    fc.assert(
      fc.property(fc.oneof(anyValue, fc.double({ min: -200, max: 200, noNaN: true })), (value) => {
        const text = formatValue("m", value);
        expect(text).toMatch(/^-?\d+(\.\d+)?(e\d+)?$/);
        expect(text.length).toBeLessThanOrEqual(13);
        expect(text).not.toMatch(/^-0(\.0)?$/);
        const allowed = Math.abs(value) < 100 ? 0.0501 : Math.max(0.51, Math.abs(value) * 0.0051);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(allowed);
        expect(formatValue("m", value, german)).toBe(text.replace(".", ","));
      }),
    );
  });

  it("that is none is a dash, with no unit behind it", () => {
    for (const none of [null, undefined]) expect(formatValue("temperature", none)).toBe("—");
  });

  it.each([
    ["temperature", "20.0\u00a0°C"],
    ["humidity", "20.0\u00a0%"],
    ["power", "20.0\u00a0W"],
    ["battery", "20.0\u00a0%"],
    ["pressure", "20.0"],
  ])("of %s is not parted from its unit by a line's end", (metric, text) => {
    expect(formatValue(metric, 20)).toBe(text);
  });
});

describe("a metric", () => {
  it("is called as its device calls it, unless the language has a name for it", () => {
    expect([nameOf("humidity"), nameOf("humidity", german), nameOf("co2", german)]).toEqual([
      "humidity",
      "Luftfeuchte",
      "co2",
    ]);
    expect([titleOf("co2"), titleOf("humidity", german), titleOf("")]).toEqual(["Co2", "Luftfeuchte", ""]);
  });

  it.each(["constructor", "__proto__", "toString", "hasOwnProperty"])(
    "called %s has no name and no unit of what every object has",
    (metric) => {
      expect([nameOf(metric), unitOf(metric), formatValue(metric, 1)]).toEqual([metric, "", "1.0"]);
    },
  );
});
