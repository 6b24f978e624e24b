import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { parentAt, parentsOf } from "../core/history/parents.ts";
import type { IssueEvent } from "../core/model/event.ts";
import { present } from "../core/model/present.ts";
import { day, history } from "../testing/history-builder.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openStore, type Store } from "./open.ts";

const family = (events: IssueEvent[], parent: number | string | null = null) => ({
  ...history([{ number: 1 }, { number: 2, parent }, { number: 3 }]),
  events,
});
const told = (
  id: number,
  issue: number,
  on: number,
  kind: string,
  relation?: number | string,
): IssueEvent => ({
  id,
  issue,
  at: day(on),
  actor: "ana",
  kind,
  ...(relation === undefined ? {} : { relation }),
});
const of = (store: Store, number: number) => {
  store.refresh();
  return present(store.timelines({ numbers: [number] })[0]);
};

test("a sub-issue learns of its parent from the parent's events, also when they come later", () => {
  const store = openStore(":memory:");
  store.append(family([]));
  expect(parentsOf(of(store, 2))).toEqual([]);
  const later = { ...family([told(7, 1, 5, "sub_issue_added", 2)]), issues: [] };
  store.append(later);
  expect(parentAt(of(store, 2), day(6))).toBe(1);
  store.append({ ...later, events: [told(8, 1, 9, "sub_issue_removed", 2)] });
  expect(parentsOf(of(store, 2))).toMatchObject([{ parent: 1, from: day(5), to: day(9) }]);
});

test("parents survive the database, those of another repository as what they are", () => {
  const store = openStore(":memory:");
  store.append(
    family([told(1, 2, 3, "parent_issue_added", 1), told(2, 3, 4, "parent_issue_added", "acme/platform#1")]),
  );
  expect(parentAt(of(store, 2), day(4))).toBe(1);
  const elsewhere = of(store, 3).intervals.filter(({ attribute }) => attribute === "parent");
  expect(elsewhere).toMatchObject([{ key: "acme/platform#1", from: day(4) }]);
});

test("a database of an older version fetches its nameless relations once more", () => {
  const folder = temporaryFolder();
  const file = join(folder, "history.db");
  const before = openStore(file);
  before.append(family([told(1, 2, 3, "parent_issue_added"), told(2, 2, 4, "labeled")]));
  before.syncState.set("github.events.frontier", "1");
  before.refresh();
  before.close();
  new Database(file).exec("DELETE FROM migration WHERE name = 'relations-1'").close();
  const after = openStore(file);
  expect(after.syncState.get("github.events.frontier")).toBeNull();
  expect(after.eventsOf(2).map(({ kind }) => kind)).toEqual(["labeled"]);
  after.append(family([told(1, 2, 3, "parent_issue_added", 1)], 1));
  expect(parentAt(of(after, 2), day(4))).toBe(1);
  after.close();
});
