import { expect, it, test } from "vitest";
import { mapLabel } from "./map-label.ts";

const seen = Date.parse("2026-03-01T00:00:00Z");

it("says what GitHub says, and when", () => {
  const raw = { id: 7, name: "size: M", color: "00ff00", description: "Half a day", default: false };
  expect(mapLabel(raw, seen)).toEqual({
    id: 7,
    observedAt: seen,
    name: "size: M",
    color: "00ff00",
    description: "Half a day",
  });
});

it("keeps a name as it is written, blanks and signs too", () => {
  for (const name of [" size:  M", "größe: M", "🔥", "constructor", "__proto__"])
    expect(mapLabel({ id: 7, name }, seen).name).toBe(name);
});

it("has GitHub's own grey and no description where they are left out", () => {
  const bare = { id: 7, observedAt: seen, name: "bug", color: "ededed", description: null };
  expect(mapLabel({ id: 7, name: "bug" }, seen)).toEqual(bare);
  expect(mapLabel({ id: 7, name: "bug", color: null, description: null }, seen)).toEqual(bare);
});

test.each([{ id: 7 }, { name: "bug" }, { id: "7", name: "bug" }, { id: 7, name: null }, "bug", null])(
  "refuses %j",
  (raw) => {
    expect(() => mapLabel(raw, seen)).toThrow(/id|name|object/);
  },
);
