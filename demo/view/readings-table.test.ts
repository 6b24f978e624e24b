import { describe, expect, it } from "vitest";
import { emptyFleet, type Fleet } from "./fleet-state.ts";
import { tableOf } from "./readings-table.ts";
import { englishWords, viewWords } from "./words.ts";

const NOW = 1_790_000_000_000;

function fleetOf(state: Record<string, Record<string, [at: number, value: number]>>): Fleet {
  const latest = new Map(
    Object.entries(state).map(([source, metrics]) => [
      source,
      new Map(Object.entries(metrics).map(([metric, [at, value]]) => [metric, { at, value }])),
    ]),
  );
  return { ...emptyFleet, latest };
}

const tell = (fleet: Fleet, until = NOW, words = englishWords) => tableOf({ fleet, until }, words);

describe("the table of the latest readings", () => {
  it("has a row for each device by name, a column for each metric, and the age of its newest reading", () => {
    const fleet = fleetOf({
      "hall-2": { power: [NOW - 30_000, 230] },
      "hall-1": { co2: [NOW - 4000, 412], temperature: [NOW - 120_000, -0.01] },
      "hall-10": { temperature: [NOW, 21.26], power: [NOW - 1, 5] },
    });
    expect(tell(fleet)).toEqual({
      caption: "Latest reading of each device",
      head: ["Device", "Temperature", "Power", "Co2", "Age"],
      rows: [
        ["hall-1", "0.0\u00a0°C", "—", "412", "4 s"],
        ["hall-10", "21.3\u00a0°C", "5.0\u00a0W", "—", "now"],
        ["hall-2", "—", "230\u00a0W", "—", "30 s"],
      ],
    });
  });

  it("has as many cells in each row as in its head, and none but its head where there is no device", () => {
    expect(tell(emptyFleet)).toEqual({
      caption: "Latest reading of each device",
      head: ["Device", "Age"],
      rows: [],
    });
    const { head, rows } = tell(fleetOf({ a: { x: [NOW, 1], y: [NOW, 2] }, b: { z: [NOW, 3] } }));
    for (const row of rows) expect(row).toHaveLength(head.length);
  });

  it("says nothing of the age of a device of which nothing is known, and of a clock ahead that it is now", () => {
    const { rows } = tell(fleetOf({ ahead: { x: [NOW + 3_600_000, 1] }, silent: {} }));
    expect(rows).toEqual([
      ["ahead", "1.0", "now"],
      ["silent", "—", "—"],
    ]);
  });

  it("holds 200 devices at most, and says how many more there are", () => {
    const many = (count: number) =>
      fleetOf(
        Object.fromEntries(Array.from({ length: count }, (_, n) => [`d-${n + 1000}`, { x: [NOW, n] }])),
      );
    const full = tell(many(200));
    expect([full.rows.length, full.caption]).toEqual([200, "Latest reading of each device"]);
    const more = tell(many(1203));
    expect([more.rows.length, more.rows[0]?.[0], more.rows[199]?.[0]]).toEqual([200, "d-1000", "d-1199"]);
    expect(more.caption).toBe("Latest reading of each device; 1003 more are left out");
  });

  it("keeps names as they are, whatever they hold", () => {
    const names = ["<b>", "\u202eabc", "__proto", "constructor", "a\nb", "{age}"];
    const fleet = fleetOf(Object.fromEntries(names.map((name) => [name, { [name]: [NOW, 1] }])));
    const { head, rows } = tell(fleet);
    expect(rows.map(([name]) => name).sort()).toEqual([...names].sort());
    expect(head.slice(1, -1).sort()).toEqual(
      ["<b>", "A\nb", "Constructor", "__proto", "{age}", "\u202eabc"].sort(),
    );
  });

  it("speaks the page's language", () => {
    const { caption, head, rows } = tell(
      fleetOf({ a: { temperature: [NOW, 1.5] } }),
      NOW + 5000,
      viewWords("de"),
    );
    expect([caption, head, rows]).toEqual([
      "Neuester Messwert jedes Geräts",
      ["Gerät", "Temperatur", "Alter"],
      [["a", "1,5\u00a0°C", "5 s"]],
    ]);
  });
});
