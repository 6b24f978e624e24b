import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAmount, parseMoment } from "./cells.ts";

describe("an amount", () => {
  it.each([
    ["12.5", "12.5", null],
    ["-0.0003", "-0.0003", null],
    ["1.2e-5", "1.2e-5", null],
    ["1,234.56", "1234.56", null],
    ["€ 4.9900", "4.9900", "EUR"],
    ["-$5.00", "-5.00", "USD"],
    ["$-5.00", "-5.00", "USD"],
    ["5 CHF", "5", "CHF"],
    ["\u22127", "-7", null],
  ])("%s", (cell, amount, currency) => {
    expect(parseAmount(cell, false)).toEqual({ amount, currency });
  });

  it.each(["", "n/a", "1,23", "12,34.5", "--1", "-$-1", "1e999", "0x10", "NaN", "Infinity", "1 2"])(
    "%s is none",
    (cell) => {
      expect(parseAmount(cell, false)).toBeNull();
    },
  );

  it("has a decimal comma where cells are parted by semicolons, and is never guessed", () => {
    expect(parseAmount("1.234,56", true)?.amount).toBe("1234.56");
    expect(parseAmount("12,34", true)?.amount).toBe("12.34");
    expect(parseAmount("12.34", true)?.amount).toBe("12.34");
    expect(parseAmount("1.234", true)).toBeNull();
  });

  it("is exact, whatever its size", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.nat(999_999), (whole, part) => {
        const text = `${whole}.${part}`;
        expect(parseAmount(text, false)?.amount).toBe(text);
      }),
      { seed: 3 },
    );
  });
});

const utc = { timeZone: "UTC", monthFirst: false };
const read = (cell: string, rules = utc) => {
  const moment = parseMoment(cell, rules);
  return moment === null ? null : [moment.start, moment.end].map((at) => new Date(at).toISOString());
};

describe("a moment", () => {
  const day = ["2026-03-04T00:00:00.000Z", "2026-03-05T00:00:00.000Z"];

  it.each(["2026-03-04", "20260304", "04.03.2026", "4.3.2026"])("%s is a day", (cell) => {
    expect(read(cell)).toEqual(day);
  });

  it("is a month first only where the provider writes so", () => {
    expect(read("3/4/2026", { ...utc, monthFirst: true })).toEqual(day);
    expect(read("3/4/2026")).toBeNull();
  });

  it.each([
    ["2026-03-04T00:00:00Z", day[0]],
    ["2026-03-04T00:00Z", day[0]],
    ["2026-03-04 00:00:00 UTC", day[0]],
    ["2026-03-04 00:00:00", day[0]],
    ["2026-03-04T01:00:00+01:00", day[0]],
    ["2026-03-04T00:00:00.000Z", day[0]],
  ])("%s is an instant", (cell, at) => {
    expect(read(cell)).toEqual([at, at]);
  });

  it("begins and ends where its zone does, with the hour that a day lacks", () => {
    const berlin = { ...utc, timeZone: "Europe/Berlin" };
    expect(read("2026-03-29", berlin)).toEqual(["2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"]);
    expect(read("2026-03", berlin)).toEqual(["2026-02-28T23:00:00.000Z", "2026-03-31T22:00:00.000Z"]);
  });

  it.each(["", "2026-02-30", "2026-13", "31.4.2026", "2026-03-04T25:00Z", "yesterday", "2026"])(
    "%s is none",
    (cell) => {
      expect(read(cell)).toBeNull();
    },
  );
});
