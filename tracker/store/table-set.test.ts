import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { simulate } from "../testing/simulate.ts";
import { everyday } from "../testing/weights.ts";
import { openHistoryFile, openStore, type Store } from "./open.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-sets-"));
  file = join(folder, "history.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const names = ["acme/api", "acme/web", "acme/infra"];
const wild = {
  ...everyday,
  renameLabel: 2,
  renameMilestone: 2,
  swapLabels: 1,
  deleteLabel: 1,
  deleteMilestone: 1,
  silentLabel: 2,
};
const worlds = [simulate(1, 120, everyday), simulate(2, 150, everyday), simulate(3, 90, wild)];

/** Everything that a store answers of its repository. */
const answersOf = (store: Store) => ({
  timelines: store.timelines({ pullRequests: true }),
  names: store.names(),
  milestones: store.milestones(),
  labels: store.labels(),
  counts: store.counts(),
  known: store.knownIssues(),
  open: store.openIssues(),
  inForce: [...store.eachInForce(Number.MAX_SAFE_INTEGER - 1, { pullRequests: true })],
  comments: store.commentsOf(store.knownIssues()),
  events: store.knownIssues().map((issue) => store.eventsOf(issue)),
});

function alone(place: number) {
  const store = openStore(":memory:");
  store.setRepository(names[place] ?? "");
  if (worlds[place] !== undefined) store.append(worlds[place].page);
  store.syncState.set("syncedAt", `of ${names[place]}`);
  store.refresh();
  return answersOf(store);
}

test("three repositories in one file are what each is in a file of its own, however their pages mix", () => {
  const all = openHistoryFile(file);
  const stores = names.map((name) => {
    const store = all.storeFor(name);
    store.setRepository(name);
    return store;
  });
  const half = worlds.map(({ page }) => Math.floor(page.events.length / 2));
  for (const [place, store] of stores.entries()) {
    const page = worlds[place]?.page;
    if (page !== undefined) store.append({ ...page, events: page.events.slice(0, half[place]) });
  }
  for (const [place, store] of [...stores.entries()].reverse()) {
    const page = worlds[place]?.page;
    if (page !== undefined) store.append({ ...page, issues: [], events: page.events.slice(half[place]) });
    store.syncState.set("syncedAt", `of ${names[place]}`);
    store.refresh();
  }
  all.close();
  const again = openHistoryFile(file, { mustExist: true });
  expect(again.stores().map((store) => store.repository())).toEqual(names);
  for (const [place, store] of again.stores().entries()) {
    const expected = alone(place);
    expect(expected.timelines.length).toBeGreaterThan(10);
    expect(answersOf(store)).toEqual(expected);
    expect(store.syncState.get("syncedAt")).toBe(`of ${names[place]}`);
  }
  again.close();
});

test("a file of one repository stays what it was, and its history with it, when others join", () => {
  const first = openStore(file);
  first.setRepository("acme/api");
  first.append(worlds[0]?.page ?? expect.fail());
  first.refresh();
  const before = answersOf(first);
  first.close();
  // As an older program left it.
  const old = new Database(file);
  old.exec("DROP TABLE repository_set; DELETE FROM migration WHERE name = 'repositories-1'");
  old.close();
  const joined = openHistoryFile(file);
  const web = joined.storeFor("acme/web");
  expect(web.repository()).toBeNull();
  expect(joined.stores()).toHaveLength(1);
  web.setRepository("acme/web");
  web.append(worlds[1]?.page ?? expect.fail());
  web.refresh();
  joined.close();
  const store = openStore(file);
  expect(answersOf(store)).toEqual(before);
  expect(store.repository()).toBe("acme/api");
  store.close();
});

test("every table and index of a set bears the set's name, and none is missing", () => {
  const all = openHistoryFile(file);
  all.storeFor("acme/api").setRepository("acme/api");
  all.storeFor("acme/web").setRepository("acme/web");
  all.close();
  const db = new Database(file, { readonly: true });
  const made = db.prepare("SELECT name FROM sqlite_schema WHERE sql IS NOT NULL").pluck().all() as string[];
  db.close();
  const isOfSet = (name: string) => name.startsWith("r1_");
  expect(
    made
      .filter(isOfSet)
      .map((name) => name.slice(3))
      .sort(),
  ).toEqual(made.filter((name) => !isOfSet(name)).sort());
});

test("a repository is found by what it is called and was called, and a free set is used again", () => {
  const all = openHistoryFile(file);
  expect(all.find("acme/api")).toBeNull();
  const free = all.storeFor("acme/typo");
  expect(all.storeFor("acme/api")).toBe(free);
  free.setRepository("acme/api");
  free.renameRepository("acme/backend");
  free.renameRepository("acme/core");
  expect(all.find("ACME/Api")).toBe(free);
  expect(all.find("acme/backend")).toBe(free);
  expect(free.repositoryNames()).toEqual(["acme/core", "acme/backend", "acme/api"]);
  // A new repository took a name that another gave up.
  const later = all.storeFor("acme/other");
  later.setRepository("acme/other");
  later.renameRepository("acme/api");
  expect(all.find("acme/api")).toBe(later);
  all.close();
});
