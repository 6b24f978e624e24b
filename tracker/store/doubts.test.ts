import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { type BuiltIssue, day, history } from "../testing/history-builder.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openStore } from "./open.ts";

test.each([
  [4, 5, [1]],
  [8, 9, [1]],
  [0, 100, [1]],
  [9, 12, []],
  [0, 4, []],
])("of days %d to %d, issues with a doubt at some instant of them are %j", (from, to, numbers) => {
  const store = openStore(":memory:");
  store.setRepository("a/b");
  store.append(
    history([
      // Nothing brings the label back before it is taken off again.
      {
        number: 1,
        events: [
          [2, "labeled", "x"],
          [4, "unlabeled", "x"],
          [9, "unlabeled", "x"],
        ],
      },
      { number: 2, labels: ["x"], events: [[4, "labeled", "x"]] },
    ]),
  );
  store.refresh();
  const span = { from: day(from), to: day(to) };
  expect(store.issuesInDoubt(span, ["label"])).toEqual(numbers);
  expect(store.issuesInDoubt(span, ["state", "label", "gone"])).toEqual(numbers);
  // Of nothing else is there a doubt.
  expect(store.issuesInDoubt(span, ["milestone", "gone"])).toEqual([]);
  expect(store.issuesInDoubt(span, [])).toEqual([]);
  store.close();
});

test.each([
  ["old was put off as new", []],
  ["new was added twice", []],
  ["no event ends old", [1]],
])("of an older version's doubts, those that GitHub's look settles are told anew: %s", (why, left) => {
  const file = join(temporaryFolder(), "history.db");
  const before = openStore(file);
  before.append(
    history([
      {
        number: 1,
        events: [
          [2, "labeled", "old"],
          [4, "unlabeled", "old"],
        ],
      },
    ]),
  );
  before.refresh();
  before.close();
  const db = new Database(file);
  const doubt = { attribute: "label", from: day(4), to: day(1e6), provenance: "inferred", why };
  db.prepare("UPDATE timeline SET doubts = ?").run(JSON.stringify([doubt]));
  db.exec("DELETE FROM migration WHERE name = 'intervals-6'").close();
  const after = openStore(file);
  after.refresh();
  expect(after.timelines().flatMap(({ number, doubts = [] }) => doubts.map(() => number))).toEqual(left);
  after.close();
});

test("doubts of an older version's are found", () => {
  const file = join(temporaryFolder(), "history.db");
  const events: BuiltIssue["events"] = [2, 4, 9].map((at) => [at, at === 2 ? "labeled" : "unlabeled", "x"]);
  const before = openStore(file);
  before.append(history([{ number: 1, events }]));
  before.refresh();
  before.close();
  const state = { attribute: "state", from: day(4), to: day(5), provenance: "inferred", why: "a test" };
  const db = new Database(file);
  db.prepare("UPDATE timeline SET doubts = json_insert(doubts, '$[#]', json(?))").run(JSON.stringify(state));
  db.exec("DROP TABLE doubted; DELETE FROM migration WHERE name IN ('intervals-7', 'intervals-8')").close();
  const after = openStore(file);
  const inDoubt = (from: number, to: number) =>
    after.issuesInDoubt({ from: day(from), to: day(to) }, ["label"]);
  expect([inDoubt(3, 4), inDoubt(4, 5), inDoubt(8, 9), inDoubt(9, 10)]).toEqual([[], [1], [1], []]);
  const nameless = (["label", "state"] as const).map((attribute) =>
    after.issuesInDoubt({ from: day(4), to: day(5) }, [attribute], "nameless"),
  );
  expect(nameless).toEqual([[], [1]]);
  after.close();
});

test.each([
  ["no event ends it", [[2, "labeled", "x"]], []],
  // A label came without an event: x may be another name of it.
  ["it may have been another", [[2, "labeled", "x"]], ["y"]],
] as const)(
  "a doubt lasts until the newest backup, in whatever order they are read: %s",
  (_, events, labels) => {
    const backupOf = (seenOn: number) => {
      const issue = {
        number: 1,
        kept: true as const,
        labels: [...labels],
        events: events.map((one) => [...one]),
      };
      return history([issue as BuiltIssue], { labels: ["x", "y"], seenOn });
    };
    const lastDoubtOf = (days: readonly number[]) => {
      const store = openStore(":memory:");
      for (const seenOn of days) {
        store.append(backupOf(seenOn));
        store.refresh();
      }
      const last = Math.max(...store.timelines().flatMap(({ doubts = [] }) => doubts.map(({ to }) => to)));
      store.close();
      return last;
    };
    for (const days of [[20], [10, 20], [20, 10]]) expect(lastDoubtOf(days)).toBe(day(20));
  },
);
