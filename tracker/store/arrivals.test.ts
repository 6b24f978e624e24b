import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { present } from "../core/model/present.ts";
import { day, history } from "../testing/history-builder.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openStore, type Store } from "./open.ts";

const arriving = (...numbers: number[]) =>
  history(numbers.map((number) => ({ number, events: [[10, "transferred"]] })));

const doubtsOf = (store: Store, issue: number) => {
  store.refresh();
  const [timeline] = store.timelines({ numbers: [issue] });
  return present(timeline).doubts ?? [];
};

test("an issue that arrived is asked for its events until they end or are refused, and doubted until they are read", () => {
  const store = openStore(":memory:");
  store.append(arriving(7, 8, 9));
  expect(store.eventsToAsk()).toEqual([7, 8, 9]);
  expect(doubtsOf(store, 7)).toContainEqual(
    expect.objectContaining({ attribute: "state", from: day(0), to: day(10), provenance: "inferred" }),
  );
  store.append({ ...history([]), ownEvents: [7] });
  store.leaveEvents(8);
  expect(store.eventsToAsk()).toEqual([9]);
  expect(store.unreadArrivals()).toEqual([{ issue: 8, at: day(10) }]);
  expect([7, 8, 9].map((issue) => doubtsOf(store, issue).length > 0)).toEqual([false, true, true]);
});

test("one that arrives once more is asked again; the same arrival told again is no news", () => {
  const store = openStore(":memory:");
  store.append({ ...arriving(7), ownEvents: [7] });
  store.append(arriving(7));
  expect(store.eventsToAsk()).toEqual([]);
  const { events } = history([{ number: 7, events: [[20, "transferred"]] }]);
  store.append({ ...history([]), events: events.map((event) => ({ ...event, id: 99 })) });
  expect(store.eventsToAsk()).toEqual([7]);
});

test("one that was never seen, or is gone, is not asked for", () => {
  const store = openStore(":memory:");
  store.append({ ...arriving(7), issues: [] });
  expect(store.eventsToAsk()).toEqual([]);
  store.append(arriving(7, 8));
  store.leaveEvents(8);
  const gone = [7, 8].map((issue) => ({ issue, at: day(30), since: day(20), found: "deleted" as const }));
  store.append({ ...history([]), sightings: gone });
  expect(store.eventsToAsk()).toEqual([]);
  expect(store.unreadArrivals()).toEqual([]);
});

test("a backup that has all of an issue has what it brought", () => {
  const store = openStore(":memory:");
  store.append({ ...arriving(7), whole: [{ issue: 7, at: day(40) }] });
  expect(store.eventsToAsk()).toEqual([]);
  expect(doubtsOf(store, 7)).toEqual([]);
});

test("a sync that starts over asks for all of them once more", () => {
  const store = openStore(":memory:");
  store.append({ ...arriving(7, 8), ownEvents: [7] });
  store.leaveEvents(8);
  store.startOver();
  expect(store.eventsToAsk()).toEqual([7, 8]);
});

test("a database of an older version asks for those that arrived before, but not for those of which it has a whole backup", () => {
  const file = join(temporaryFolder(), "history.db");
  const before = openStore(file);
  before.append({ ...arriving(7, 8), whole: [{ issue: 8, at: day(40) }] });
  before.refresh();
  before.close();
  const older = new Database(file);
  older.exec("DROP TABLE arrival; DELETE FROM migration WHERE name = 'arrivals-1'");
  older.close();
  const after = openStore(file);
  expect(after.eventsToAsk()).toEqual([7]);
  expect([7, 8].map((issue) => doubtsOf(after, issue).length > 0)).toEqual([true, false]);
  after.close();
});
