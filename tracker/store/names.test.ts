import { describe, expect, it } from "vitest";
import type { NamePeriod } from "../core/history/names/resolver.ts";
import { memoryTables } from "../testing/memory-tables.ts";
import { nameMigrations, nameStore } from "./names.ts";
import { stale, staleMigrations } from "./stale.ts";
import { syncState, syncStateMigrations } from "./sync-state.ts";

describe("names that were reasoned out", () => {
  const store = () => nameStore(memoryTables(...nameMigrations).db);
  const period = {
    kind: "label" as const,
    name: "bug",
    from: 1,
    to: 9,
    key: "label:7",
    gone: false,
    held: [],
    weak: true,
    others: [],
  } satisfies NamePeriod;
  const alias = {
    kind: "label",
    key: "label:7",
    from: "bug",
    to: "fault",
    notBefore: null,
    notAfter: 9,
  } as const;

  it("come back as they went in, and replace all that was before", () => {
    const names = store();
    names.replace({ periods: [period], aliases: [alias] });
    expect(names.read()).toEqual({ periods: [period], aliases: [alias] });
    names.replace({ periods: [{ ...period, gone: true, held: [{ from: 2, to: 5 }] }], aliases: [] });
    expect(names.read()).toEqual({
      periods: [{ ...period, gone: true, held: [{ from: 2, to: 5 }] }],
      aliases: [],
    });
  });

  it("keep the odd evidence of each issue until it is odd no more", () => {
    const names = store();
    const evidence = { open: [], loose: [] } as unknown as Parameters<typeof names.setOdd>[2];
    expect(names.setOdd(3, "label", null)).toBe(false);
    names.setOdd(3, "label", evidence);
    names.setOdd(2, "milestone", evidence);
    expect([...names.oddKeys()].sort()).toEqual(["2:milestone", "3:label"]);
    expect(names.odd("label")).toEqual([evidence]);
    expect(names.setOdd(3, "label", null)).toBe(true);
    expect(names.odd("label")).toEqual([]);
  });

  it("keep suspects and titles whole, hostile ones too", () => {
    const names = store();
    const hostile = `'); DROP TABLE odd; -- "\u0000`;
    names.replaceSuspects([
      { kind: "label", name: hostile },
      { kind: "label", name: hostile },
    ]);
    expect([...names.suspects()]).toEqual([`label:${hostile}`]);
    names.setTitles(new Map([[hostile, "2"]]));
    names.setTitles(new Map([["Sprint 2", "2"]]));
    expect([...names.titles()]).toEqual([["Sprint 2", "2"]]);
  });

  it("are due once, however often that is said", () => {
    const names = store();
    expect(names.isDue()).toBe(false);
    names.setDue(true);
    names.setDue(true);
    expect(names.isDue()).toBe(true);
    names.setDue(false);
    expect(names.isDue()).toBe(false);
  });
});

describe("issues that must be folded again", () => {
  it("are taken by number, each once, some at a time", () => {
    const marks = stale(memoryTables(...staleMigrations).db);
    expect(marks.isEmpty()).toBe(true);
    marks.add([5, 1, 9, 5]);
    marks.add(new Set([1, 3]));
    expect(marks.all()).toEqual([1, 3, 5, 9]);
    expect(marks.take(3)).toEqual([1, 3, 5]);
    marks.add([1]);
    expect(marks.take(3)).toEqual([1, 9]);
    expect(marks.take(3)).toEqual([]);
    expect(marks.isEmpty()).toBe(true);
  });

  it("may be more than a call takes arguments", () => {
    const marks = stale(memoryTables(...staleMigrations).db);
    marks.add(Array.from({ length: 200_000 }, (_, index) => index + 1));
    expect(marks.all()).toHaveLength(200_000);
  });
});

describe("where a sync stands", () => {
  it("is kept by name until it is set anew or deleted", () => {
    const state = syncState(memoryTables(...syncStateMigrations).db);
    state.set("etag.a", "1");
    state.set("etag.b", "2");
    state.set("etag.a", "");
    expect(state.get("etag.a")).toBe("");
    expect(state.get("etag")).toBeNull();
    state.delete("etag.a");
    expect([state.get("etag.a"), state.get("etag.b")]).toEqual([null, "2"]);
  });
});
