import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDays, formatShare, formatSigned, timeWords, unknown } from "./format.ts";

describe("days and shares", () => {
  it.each([
    [0, "0"],
    [8.5, "8.5"],
    [0.1 + 0.2, "0.3"],
    [-1.005, "−1"],
    [-0.001, "0"],
    [12, "12"],
  ])("%d is %s", (days, text) => expect(formatDays(days)).toBe(text));

  it("prints what is unknown as a dash, never as 0", () => {
    for (const format of [formatDays, formatSigned, formatShare]) {
      expect(format(null)).toBe(unknown);
      expect(format(undefined)).toBe(unknown);
      expect(format(0)).not.toBe(unknown);
    }
  });

  it("reads back as the number rounded to a hundredth", () => {
    fc.assert(
      fc.property(fc.double({ min: -9999, max: 9999, noNaN: true }), (days) => {
        const back = Number(formatDays(days).replace("−", "-"));
        expect(Math.abs(back - days)).toBeLessThanOrEqual(0.005 + 1e-9);
      }),
    );
  });

  it("signs gains and losses", () => {
    expect([formatSigned(1), formatSigned(-1), formatSigned(0)]).toEqual(["+1", "−1", "0"]);
    expect(formatShare(0.826)).toBe("83%");
  });
});

describe("times in the team's zone", () => {
  const vienna = timeWords("Europe/Vienna");

  it("tells the wall clock of the zone on both sides of a clock change", () => {
    expect(vienna.moment("2026-03-29T00:30:00Z")).toBe("29 Mar, 01:30");
    expect(vienna.moment("2026-03-29T01:30:00Z")).toBe("29 Mar, 03:30");
    expect(vienna.full("2026-10-25T00:30:00Z")).toContain("CEST");
    expect(vienna.full("2026-10-25T01:30:00Z")).toContain("CET");
  });

  it("never moves a plain date, whatever the zone", () => {
    for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"]) {
      expect(timeWords(zone).date("2026-01-01")).toBe("1 January 2026");
      expect(timeWords(zone).range("2026-01-05", "2026-01-16")).toMatch(/^5\D+16 January 2026$/);
    }
  });

  it("keeps midnight as 00:00", () => {
    expect(vienna.moment("2026-01-04T23:00:00Z")).toBe("5 Jan, 00:00");
  });
});
