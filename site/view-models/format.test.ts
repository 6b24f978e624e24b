import { describe, expect, it } from "vitest";
import { directionOf, timeWords } from "./format.ts";

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

it.each([
  ["en-GB", "ltr"],
  ["de", "ltr"],
  ["ar-EG", "rtl"],
  ["he", "rtl"],
  ["fa-IR", "rtl"],
  ["az-Arab", "rtl"],
  ["az", "ltr"],
])("%s is written %s", (locale, direction) => expect(directionOf(locale)).toBe(direction));
