import { expect, test } from "vitest";
import { parentsOf } from "../core/history/parents.ts";
import { keyAt, numberOf, placeOf, repositoriesOf } from "../core/model/repositories.ts";
import { day, history } from "../testing/history-builder.ts";
import { simulate } from "../testing/simulate.ts";
import { everyday } from "../testing/weights.ts";
import { joinHistories } from "./joined.ts";
import { openHistoryFile, type Store } from "./open.ts";
import { setRefusal } from "./refused.ts";

const names = ["acme/api", "acme/web", "acme/infra"];

/** Three repositories of invented histories; of the one in the middle nothing is known. */
function joined() {
  const file = openHistoryFile(":memory:");
  const stores = names.map((name, place): Store | null => {
    if (place === 1) return null;
    const store = file.storeFor(name);
    store.setRepository(name);
    const { page } = simulate(place + 1, 150, everyday);
    const comment = { id: 5, issue: 1, at: 1, updatedAt: 1, author: "ana", body: `/spend ${place + 1}d` };
    store.append({ ...page, comments: [comment] });
    store.syncState.set("syncedAt", `2026-03-0${place + 1}T00:00:00.000Z`);
    return store;
  });
  const repositories = repositoriesOf(names);
  const history = joinHistories(stores, repositories);
  history.refresh();
  const [api, , infra] = stores;
  return { history, api: api ?? expect.fail(), infra: infra ?? expect.fail() };
}

const keys = (numbers: readonly number[], place: number) => numbers.map((number) => keyAt(place, number));

test("issues and milestones of one repository are none of another's", () => {
  const { history, api, infra } = joined();
  const both = (read: (store: Store) => readonly number[]) => [
    ...keys(read(api), 0),
    ...keys(read(infra), 2),
  ];
  expect(history.knownIssues()).toEqual(both((store) => store.knownIssues()));
  expect(history.openIssues()).toEqual(both((store) => store.openIssues()));
  expect(history.timelines().map(({ number }) => number)).toEqual(
    both((store) => store.timelines().map(({ number }) => number)),
  );
  expect(history.milestones().map(({ number }) => number)).toEqual(
    both((store) => store.milestones().map(({ number }) => number)),
  );
  let carrying = 0;
  for (const { number: key } of history.milestones()) {
    const store = placeOf(key) === 0 ? api : infra;
    const own = store.issuesEverCarrying({ milestone: numberOf(key) });
    carrying += own.length;
    expect(history.issuesEverCarrying({ milestone: key })).toEqual(keys(own, placeOf(key)));
    expect(history.milestoneHistory(key).map(({ title }) => title)).toEqual(
      store.milestoneHistory(numberOf(key)).map(({ title }) => title),
    );
  }
  expect(carrying).toBeGreaterThan(10);
  expect(history.counts().events).toBe(api.counts().events + infra.counts().events);
});

test("one issue is read with keys wherever it names an issue or a milestone", () => {
  const { history, infra } = joined();
  const key = keyAt(2, 1);
  expect(history.issue(key)).toMatchObject({ number: key, title: infra.issue(1)?.title });
  expect(history.issueHistory(key).every(({ number }) => number === key)).toBe(true);
  expect(history.eventsOf(key).map(({ id, issue }) => [id, issue])).toEqual(
    infra.eventsOf(1).map(({ id }) => [id, key]),
  );
  expect(history.commentsOf([1, key]).map(({ issue, body }) => [issue, body])).toEqual([
    [1, "/spend 1d"],
    [key, "/spend 3d"],
  ]);
  expect(history.issuesWithEffort()).toEqual([1, key]);
  const [timeline] = history.timelines({ numbers: [key] });
  const [own] = infra.timelines({ numbers: [1] });
  const milestones = (one: typeof own) =>
    one?.intervals.filter(({ attribute }) => attribute === "milestone").map((interval) => interval.key);
  expect(milestones(timeline)).toEqual(milestones(own)?.map((number) => String(keyAt(2, Number(number)))));
  // Of a repository without a history nothing is known.
  expect(history.issue(keyAt(1, 1))).toBeNull();
  expect(history.timelines({ numbers: [keyAt(1, 1)] })).toEqual([]);
  expect(history.commentsOf([keyAt(1, 1)])).toEqual([]);
});

test("is known as far as all that could be read are", () => {
  const { history, api, infra } = joined();
  const day = () => new Date(history.knownUntil() ?? 0).toISOString().slice(0, 10);
  expect(day()).toBe("2026-03-01");
  setRefusal(api.syncState, { at: 1, message: "no" });
  setRefusal(api.syncState, { at: 2, message: "still no" });
  expect(day()).toBe("2026-03-03");
  setRefusal(infra.syncState, { at: 1, message: "no" });
  expect(day()).toBe("2026-03-01");
  setRefusal(api.syncState, null);
  expect(day()).toBe("2026-03-01");
});

test("a sub-issue learns of a parent in another repository from the parent's events alone, also when they come later", () => {
  const file = openHistoryFile(":memory:");
  const [api, web] = ["acme/api", "acme/web"].map((name) => {
    const store = file.storeFor(name);
    store.setRepository(name);
    store.append(history([{ number: 5 }, { number: 7 }]));
    return store;
  });
  const both = joinHistories([api ?? null, web ?? null], repositoriesOf(["acme/api", "acme/web"]));
  const child = () => {
    both.refresh();
    const [timeline] = both.timelines({ numbers: [keyAt(1, 7)] });
    return timeline === undefined ? [] : parentsOf(timeline);
  };
  expect(child()).toEqual([]);
  const told = (id: number, on: number, kind: string) => ({
    ...history([]),
    issues: [],
    events: [{ id, issue: 5, at: day(on), actor: "ana", kind, relation: "acme/web#7" }],
  });
  api?.append(told(1, 5, "sub_issue_added"));
  expect(child()).toMatchObject([{ parent: 5, from: day(5) }]);
  api?.append(told(2, 9, "sub_issue_removed"));
  expect(child()).toMatchObject([{ parent: 5, from: day(5), to: day(9) }]);
  // It is no business of the issue of the same number beside the parent.
  const [beside] = both.timelines({ numbers: [7] });
  expect(beside === undefined ? null : parentsOf(beside)).toEqual([]);
  file.close();
});
