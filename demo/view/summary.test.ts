import { describe, expect, it } from "vitest";
import { emptyFleet } from "./fleet-state.ts";
import { ageText, metricsOf, summaryOf } from "./summary.ts";
import { viewWords } from "./words.ts";

const values = (readings: Record<string, number>) =>
  new Map(Object.entries(readings).map(([metric, value]) => [metric, { at: 1, value }]));
const fleet = {
  ...emptyFleet,
  latest: new Map([
    ["a", values({ power: 100, co2: 400, temperature: 20 })],
    ["b", values({ temperature: 22 })],
    ["c", values({ temperature: 90, apples: 1 })],
  ]),
};
const when = "on 23 November 2026";

describe("what a screen reader is told", () => {
  it("is the state, the devices, and the median of each metric over those that have it", () => {
    expect(summaryOf({ status: "live", fleet }, when)).toBe(
      "Live. 3 devices. Medians: temperature 22.0\u00a0°C, power 100\u00a0W, apples 1.0, co2 400.",
    );
  });

  it("is the state alone while there are no readings", () => {
    expect(summaryOf({ status: "connecting", fleet: emptyFleet }, when)).toBe("Connecting.");
    expect(summaryOf({ status: "offline", fleet: emptyFleet }, when)).toBe("Offline.");
  });

  it("never calls a recording live, in any language, and says of when it is", () => {
    for (const language of ["en", "de"]) {
      const words = viewWords(language);
      const told = summaryOf({ status: "replay", fleet }, when, words);
      expect(told).toContain(when);
      expect(told).not.toMatch(/\blive\b/i);
      expect(ageText({ status: "replay", ageMs: 0 }, when, words)).toContain(when);
    }
  });
});

describe("metrics", () => {
  it("are those of all devices, each once, the usual ones in their order and others by name", () => {
    expect(metricsOf(fleet)).toEqual(["temperature", "power", "apples", "co2"]);
    expect(metricsOf(emptyFleet)).toEqual([]);
  });
});

describe("the age beside the badge", () => {
  it.each([
    [null, ""],
    [0, "newest reading just now"],
    [1999, "newest reading just now"],
    [2000, "newest reading 2 s ago"],
    [180_000, "newest reading 3 min ago"],
  ])("of %j ms is %j", (ageMs, text) => {
    for (const status of ["live", "lagging", "reconnecting", "offline"] as const)
      expect(ageText({ ageMs, status }, when)).toBe(text);
  });
});
