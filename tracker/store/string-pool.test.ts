import { expect, it } from "vitest";
import { memoryTables } from "../testing/memory-tables.ts";
import { words } from "./string-pool.ts";

it("keeps each name once and finds it again, also after it was read anew", () => {
  const { db, dictionary } = memoryTables();
  const names = ["bug", "Bug", "", "é", "e\u0301", "😀", "a\u0000b"];
  const ids = names.map((name) => dictionary.id(name));
  expect(new Set(ids).size).toBe(names.length);
  expect(names.map((name) => dictionary.id(name))).toEqual(ids);
  const anew = words(db);
  expect(ids.map((id) => anew.text(id))).toEqual(names);
  expect(names.map((name) => anew.find(name))).toEqual(ids);
  expect(anew.find("never written")).toBeNull();
});

it("forgets what a rollback took back", () => {
  const { db, dictionary } = memoryTables();
  const fail = db.transaction(() => {
    dictionary.id("bug");
    throw new Error("undone");
  });
  expect(() => fail()).toThrow("undone");
  dictionary.forget();
  expect(dictionary.find("bug")).toBeNull();
  const [other, bug] = [dictionary.id("docs"), dictionary.id("bug")];
  expect(other).not.toBe(bug);
  expect([dictionary.text(other), dictionary.text(bug)]).toEqual(["docs", "bug"]);
});
