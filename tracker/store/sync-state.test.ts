import { describe, expect, it } from "vitest";
import { memoryTables } from "../testing/memory-tables.ts";
import { refusalOf, setRefusal } from "./refused.ts";
import { syncState, syncStateMigrations } from "./sync-state.ts";

const state = () => syncState(memoryTables(...syncStateMigrations).db);

describe("where a sync stands", () => {
  it("is what was said last, until it is forgotten", () => {
    const known = state();
    expect(known.get("github.issues")).toBeNull();
    known.set("github.issues", "1");
    known.set("github.issues", "2");
    known.set("empty", "");
    expect([known.get("github.issues"), known.get("empty")]).toEqual(["2", ""]);
    known.delete("github.issues");
    known.delete("never there");
    expect(known.get("github.issues")).toBeNull();
  });

  it("starts over with GitHub, and keeps whose history it is", () => {
    const known = state();
    const names = ["github.issues", "github.events.4", "repository", "syncedAt", "githubby", "xgithub.y"];
    for (const name of names) known.set(name, "x");
    known.startOver();
    expect(names.filter((name) => known.get(name) !== null)).toEqual([
      "repository",
      "syncedAt",
      "githubby",
      "xgithub.y",
    ]);
  });
});

describe("a repository that could not be read", () => {
  it("has been so since the first time, until it is read", () => {
    const known = state();
    expect(refusalOf(known)).toBeNull();
    setRefusal(known, { at: 10, message: "403" });
    setRefusal(known, { at: 20, message: "404" });
    expect(refusalOf(known)).toEqual({ at: 10, message: "403" });
    setRefusal(known, null);
    setRefusal(known, null);
    expect(refusalOf(known)).toBeNull();
    setRefusal(known, { at: 30, message: "404" });
    expect(refusalOf(known)).toEqual({ at: 30, message: "404" });
  });
});
