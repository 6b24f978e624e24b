import { describe, expect, test } from "vitest";
import { present } from "../core/model/present.ts";
import { mapPage } from "./map-page.ts";

const project = { id: "P_7", fullDatabaseId: "9007199254", number: 7, title: "Road\u0007map <b>" };
const change = (id: string, at: string, previousStatus: string, status: string) => ({
  __typename: "ProjectV2ItemStatusChangedEvent",
  id,
  createdAt: at,
  actor: null,
  project,
  previousStatus,
  status,
});
const issue = (number: unknown, changes: unknown[], cards: unknown[] = []) => ({
  id: `I_${String(number)}`,
  number,
  timelineItems: { nodes: changes },
  projectItems: { nodes: cards },
});
const map = (...items: unknown[]) => mapPage({ kind: "placements", items, observedAt: 5 });
const second = "2026-01-05T12:00:00Z";

describe("changes", () => {
  test("of one second keep their order; their numbers are stable and above every one of the REST API", () => {
    const several = Array.from({ length: 40 }, (_, n) => change(`node${n}`, second, `${n}`, `${n + 1}`));
    const { page, problems } = map(issue(1, several));
    expect(problems).toEqual([]);
    const ids = page.events.map(({ id }) => id);
    expect(ids.toSorted((a, b) => a - b)).toEqual(ids);
    expect(new Set(ids).size).toBe(40);
    expect(ids.every((id) => Number.isSafeInteger(id) && id >= 2 ** 52)).toBe(true);
    expect(map(issue(1, several)).page.events).toEqual(page.events);
  });

  test("an empty status is none; an account that is gone is null", () => {
    const { page } = map(issue(1, [change("a", second, "", "Todo"), change("b", second, "Todo", "")]));
    expect(page.events.map(({ status, actor }) => [present(status).from, present(status).to, actor])).toEqual(
      [
        [null, "Todo", null],
        ["Todo", null, null],
      ],
    );
  });

  test("a change without a project is counted, the others stay", () => {
    const { page, nameless } = map(
      issue(1, [{ ...change("a", second, "", "x"), project: null }, change("b", second, "", "y")]),
    );
    expect(nameless).toBe(1);
    expect(page.events).toHaveLength(1);
  });
});

describe("cards", () => {
  const card = (values: unknown[], status: unknown = null) => ({
    project,
    status,
    fieldValues: { nodes: values },
  });
  const sprint = {
    iterationId: "a1",
    title: "Sprint 1",
    startDate: "2026-01-05",
    duration: 14,
    field: { name: "Sprint" },
  };

  test("the order of cards and fields makes no other observation", () => {
    const other = { ...card([]), project: { ...project, fullDatabaseId: "12" } };
    const both = [sprint, { ...sprint, field: { name: "Cycle" } }];
    const one = map(issue(1, [], [card(both), other])).page.placements;
    const two = map(issue(1, [], [other, card(both.toReversed())])).page.placements;
    expect(one).toEqual(two);
    expect(present(present(one)[0]).placements.map(({ iterations }) => iterations.length)).toEqual([0, 2]);
  });

  test("fields of other kinds say nothing", () => {
    const { page } = map(issue(1, [], [card([{}, null, sprint, {}], { name: "Todo" })]));
    expect(present(present(page.placements)[0]).placements[0]).toMatchObject({
      status: "Todo",
      iterations: [{ title: "Sprint 1", days: 14 }],
    });
  });

  test.each([
    ["a number too large to be one", issue(2 ** 60, [])],
    ["no instant", issue(2, [change("a", "once", "", "x")])],
    [
      "a kind that was not asked for",
      issue(2, [{ ...change("a", second, "", "x"), __typename: "LabeledEvent" }]),
    ],
    ["an iteration without a start", issue(2, [], [card([{ ...sprint, startDate: "soon" }])])],
    ["an iteration of no days", issue(2, [], [card([{ ...sprint, duration: 0 }])])],
    [
      "a project without an id",
      issue(2, [], [{ ...card([]), project: { number: 1, title: "x", fullDatabaseId: null } }]),
    ],
    ["null", null],
  ])("%s is named, and nothing of that issue is kept; the next one is read", (_, spoilt) => {
    const { page, problems } = map(spoilt, issue(3, [], [card([])]));
    expect(problems).toHaveLength(1);
    expect(page.events).toEqual([]);
    expect(present(page.placements).map(({ number }) => number)).toEqual([3]);
  });
});
