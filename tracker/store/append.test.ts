import { describe, expect, test } from "vitest";
import type { HistoryPage } from "../core/model/page.ts";
import { type BuiltIssue, day, history } from "../testing/history-builder.ts";
import { openStore } from "./open.ts";

const none: HistoryPage = { issues: [], events: [], comments: [], labels: [], milestones: [] };
const emptyStore = () => {
  const store = openStore(":memory:");
  store.setRepository("a/b");
  return store;
};
const closedLater: BuiltIssue = {
  number: 1,
  state: "closed",
  closedAt: day(5),
  events: [
    [2, "labeled", "x"],
    [5, "closed"],
  ],
};

describe("how much of a page was news", () => {
  test("issues, pull requests and events are counted once, however often they come", () => {
    const store = emptyStore();
    const page = history([closedLater, { number: 2, pullRequest: true, events: [[1, "labeled", "x"]] }]);
    expect(store.append(page)).toEqual({ issues: 1, pulls: 1, events: 3, comments: 0 });
    expect(store.append(page)).toEqual({ issues: 0, pulls: 0, events: 0, comments: 0 });
    expect(store.append(none)).toEqual({ issues: 0, pulls: 0, events: 0, comments: 0 });
  });

  test("an older version of an issue is no news, and does not put the newer one back", () => {
    const store = emptyStore();
    const at = (n: number, title: string) =>
      history([{ number: 1, title, updatedAt: day(n) }], { seenOn: n });
    expect(store.append(at(9, "new")).issues).toBe(1);
    expect(store.append(at(3, "old")).issues).toBe(0);
    expect(store.issue(1)?.title).toBe("new");
    expect(store.append(at(12, "newest")).issues).toBe(1);
    expect(store.issue(1)?.title).toBe("newest");
  });

  test("an event that comes twice in one page counts once", () => {
    const store = emptyStore();
    const page = history([closedLater]);
    expect(store.append({ ...page, events: [...page.events, ...page.events] }).events).toBe(2);
  });
});

test("pages in any order, all at once or one by one, make the same history", () => {
  const page = history([closedLater, { number: 2, labels: ["y"], events: [[3, "labeled", "y"]] }], {
    labels: ["x", "y"],
  });
  const parts: HistoryPage[] = [
    { ...none, issues: page.issues },
    { ...none, labels: page.labels },
    ...page.events.map((event) => ({ ...none, events: [event] })),
  ];
  const timelinesOf = (pages: HistoryPage[]) => {
    const store = emptyStore();
    for (const one of pages) {
      store.append(one);
      store.refresh();
    }
    return store.timelines();
  };
  const whole = timelinesOf([page]);
  expect(timelinesOf(parts)).toEqual(whole);
  expect(timelinesOf(parts.toReversed())).toEqual(whole);
  expect(timelinesOf([...parts, ...parts])).toEqual(whole);
});

describe("one page is kept as a whole or not at all", () => {
  test("with what is written beside it", () => {
    const store = emptyStore();
    const failing = () => {
      throw new Error("no room");
    };
    expect(() => store.append(history([closedLater]), failing)).toThrow("no room");
    expect([store.knownIssues(), store.eventsOf(1)]).toEqual([[], []]);
    let ran = 0;
    store.append(history([closedLater]), () => (ran += 1));
    expect([ran, store.knownIssues()]).toEqual([1, [1]]);
  });
});

describe("what was gone and is shown again is back", () => {
  const gone: HistoryPage = {
    ...none,
    sightings: [{ issue: 1, at: day(10), since: day(8), found: "deleted" }],
  };

  test("from the time of the look on, unless that look is older", () => {
    const store = emptyStore();
    store.append(history([{ number: 1 }], { seenOn: 8 }));
    store.append(gone);
    store.append(history([{ number: 1 }], { seenOn: 9 }));
    expect(store.goneIssues()).toHaveLength(1);
    store.append(history([{ number: 1 }], { seenOn: 11 }));
    expect(store.goneIssues()).toEqual([]);
  });

  test("since it was last seen elsewhere, however long it was gone", () => {
    const store = emptyStore();
    store.append(history([{ number: 1 }], { seenOn: 8 }));
    for (const [at, to] of [
      [10, "c/d#9"],
      [20, "e/f#1"],
    ] as const)
      store.append({
        ...none,
        sightings: [{ issue: 1, at: day(at), since: day(8), found: "transferred", to }],
      });
    store.append(history([{ number: 1 }], { seenOn: 30 }));
    store.refresh();
    const [timeline] = store.timelines();
    expect(timeline?.doubts?.filter(({ attribute }) => attribute === "gone")).toMatchObject([
      { from: day(8) + 1, to: day(10) },
      { from: day(20) + 1, to: day(30) },
    ]);
  });

  test("but not by a backup, which keeps files of what is gone", () => {
    const store = emptyStore();
    store.append(history([{ number: 1 }], { seenOn: 8 }));
    store.append(gone);
    const backup = history([{ number: 1, kept: true }], { seenOn: 20 });
    store.append(backup);
    expect(store.goneIssues()).toHaveLength(1);
  });
});
