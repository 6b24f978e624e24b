import { describe, expect, it } from "vitest";
import { emptyFleet, type Fleet } from "../view/fleet-state.ts";
import { renderScreen } from "./screen.ts";

function fleetOf(state: Record<string, Record<string, number>>): Fleet {
  const latest = new Map(
    Object.entries(state).map(([source, metrics]) => [
      source,
      new Map(Object.entries(metrics).map(([metric, value]) => [metric, { at: 1, value }])),
    ]),
  );
  return { ...emptyFleet, latest };
}

const print = (fleet: Fleet, rows = Number.POSITIVE_INFINITY, color = false) =>
  renderScreen(fleet, { color, rows });
/** The cells of each line. */
const cellsOf = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => line.trim().split(/\s{2,}/));

describe("the fleet in a terminal", () => {
  it("is a line for each device by name, the usual metrics first, and the medians of all", () => {
    const fleet = fleetOf({
      "hall-2": { power: 230 },
      "hall-1": { temperature: 20, power: 10 },
      "hall-3": { temperature: 24.04, power: 90, co2: 400 },
    });
    expect(cellsOf(print(fleet))).toEqual([
      ["device", "Temperature", "Power", "Co2"],
      ["hall-1", "20.0\u00a0°C", "10.0\u00a0W", "—"],
      ["hall-2", "—", "230\u00a0W", "—"],
      ["hall-3", "24.0\u00a0°C", "90.0\u00a0W", "400"],
      ["median", "22.0\u00a0°C", "90.0\u00a0W", "400"],
    ]);
  });

  it("shows as many as there is room for, says how many more there are, and counts all in the medians", () => {
    const fleet = fleetOf(Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`d-${n}`, { m: n * 10 }])));
    const shown = cellsOf(print(fleet, 2));
    expect(shown.map(([first]) => first)).toEqual(["device", "d-1", "d-2", "median", "and 3 more devices"]);
    expect(shown[3]).toEqual(["median", "30.0"]);
    expect(print(fleet, 4)).toContain("and 1 more device\n");
    expect(print(fleet, 5)).not.toContain("more");
  });

  it("is a head alone where there is no device", () => {
    expect(cellsOf(print(emptyFleet))).toEqual([["device"], ["median"]]);
  });

  it.each([
    ["moves the cursor", "a\u001b[2Jb", "a\ufffd[2Jb"],
    ["sets the window's title", "a\u001b]0;x\u0007", "a\ufffd]0;x\ufffd"],
    ["begins a line", "a\nb\rc", "a\ufffdb\ufffdc"],
    ["is a control of eight bits", "a\u009b2J", "a\ufffd2J"],
    ["turns the line around", "a\u202ecba", "a\ufffdcba"],
    ["isolates what follows", "a\u2066b\u2069", "a\ufffdb\ufffd"],
    ["is not seen", "a\u200bb\ufeffc", "a\ufffdb\ufffdc"],
    ["parts lines and paragraphs", "a\u2028b\u2029c", "a\ufffdb\ufffdc"],
    ["is half a character", "a\ud800b", "a\ufffdb"],
  ])("lets no name through that %s, neither of a device nor of a metric", (_, name, shown) => {
    const text = print(fleetOf({ [name]: { [name]: 1 } }));
    expect(text).toContain(shown);
    const head = shown.replace("a", "A");
    expect(text).toContain(head);
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

  it("has colours only where they are asked for", () => {
    const fleet = fleetOf({ a: { m: 1 } });
    expect(print(fleet, 9, true)).toContain("\u001b[");
    expect(print(fleet)).not.toContain("\u001b[");
  });
});
