import { describe, expect, it } from "vitest";
import { memoryTables } from "../testing/memory-tables.ts";
import { kept, keptMigrations } from "./kept.ts";
import { sightingMigrations, sightings } from "./sightings.ts";

const label = (id: number, name: string, observedAt: number) => ({
  id,
  name,
  observedAt,
  color: "ededed",
  description: null,
});
const names = (things: { name: string }[]) => things.map(({ name }) => name);

describe("what backups say of labels", () => {
  const table = () => kept(memoryTables(...keptMigrations).db);

  it("is what issues carry, each as its latest issue spells it", () => {
    const known = table();
    expect(known.carry({ issue: 1, labels: [label(7, "bug", 10)], milestone: null })).toBe(true);
    expect(known.carry({ issue: 2, labels: [label(7, "fault", 20)], milestone: null })).toBe(true);
    expect(known.carry({ issue: 2, labels: [label(7, "fault", 30)], milestone: null })).toBe(false);
    expect(names(known.newest("label"))).toEqual(["fault"]);
    known.drop([2]);
    expect(names(known.newest("label"))).toEqual(["bug"]);
    expect(known.carry({ issue: 1, labels: [], milestone: null })).toBe(true);
    expect(known.newest("label")).toEqual([]);
  });

  it("is what the newest listing says, where there is one; an older one changes nothing", () => {
    const known = table();
    known.carry({ issue: 1, labels: [label(7, "carried", 10)], milestone: null });
    expect(known.list({ kind: "label", at: 50, things: [label(7, "listed", 50)] })).toBe(true);
    expect(known.list({ kind: "label", at: 40, things: [label(7, "older", 40)] })).toBe(false);
    expect(known.list({ kind: "label", at: 60, things: [label(7, "listed", 60)] })).toBe(false);
    expect(known.newest("label")).toMatchObject([{ name: "listed", observedAt: 60 }]);
    expect(known.newest("milestone")).toEqual([]);
  });

  it("remembers each time that everything about an issue was seen", () => {
    const known = table();
    expect(known.lastWhole(1)).toBeNull();
    for (const at of [30, 10, 30]) known.sawWhole(1, at);
    expect(known.wholesOf(1)).toEqual([10, 30]);
    expect(known.lastWhole(1)).toBe(30);
  });
});

describe("whether an issue is still there", () => {
  const table = () => sightings(memoryTables(...sightingMigrations).db);

  it("is told by the last answer; that what was never missed is there is no news", () => {
    const found = table();
    expect(found.add({ issue: 1, at: 10, since: 0, found: "there" })).toBe(false);
    expect(found.add({ issue: 1, at: 20, since: 10, found: "deleted" })).toBe(true);
    expect(found.gone(1)).toEqual({ issue: 1, at: 20, since: 10, found: "deleted" });
    expect(found.add({ issue: 1, at: 30, since: 20, found: "there" })).toBe(true);
    expect(found.gone(1)).toBeNull();
    expect(found.ofIssue(1).map(({ at }) => at)).toEqual([20, 30]);
    expect([...found.issues()]).toEqual([1]);
    expect(found.gone(2)).toBeNull();
  });

  it("takes no answer that is older than the last, nor the same twice", () => {
    const found = table();
    found.add({ issue: 1, at: 20, since: 10, found: "transferred" });
    expect(found.add({ issue: 1, at: 15, since: 10, found: "there" })).toBe(false);
    expect(found.add({ issue: 1, at: 25, since: 20, found: "transferred" })).toBe(false);
    expect(found.gone(1)?.at).toBe(20);
  });
});
