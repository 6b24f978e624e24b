import { describe, expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import { openStore } from "../../store/open.ts";
import { passing } from "../../testing/github/fault.ts";
import {
  added,
  cardIn,
  commandLine,
  elsewhere,
  evening,
  january,
  lanes,
  moved,
  roadmap,
  serveProjects,
  sync,
  team,
  told,
} from "../../testing/project-rig.ts";

describe("boards by status", () => {
  test("a past instant shows the statuses of that instant, replayed", async () => {
    const all = team(4);
    all.told.cards.set(1, [cardIn(roadmap, "Done")]);
    all.told.changes.set(1, [
      added(3),
      moved(4, "", "Todo"),
      moved(7, "Todo", "In Progress"),
      moved(12, "In Progress", "Done"),
    ]);
    all.told.cards.set(3, [cardIn(roadmap, "In Progress")]);
    all.told.changes.set(3, [added(3), moved(9, "", "In Progress")]);
    let now = evening();
    const double = await serveProjects(all, { now: () => now });
    const { call, out, io } = commandLine(double, { settings: lanes, sprint: "" });
    expect(await call("sync", "--json")).toBe(0);
    expect(double.asked).toHaveLength(2);
    const lanesAt = async (day: number) => {
      expect(await call("board", "1", "--at", january(day), "--json")).toBe(0);
      const board = out() as { lanes: { name: string; cards: { number: number; provenance: string }[] }[] };
      return Object.fromEntries(
        board.lanes.map(({ name, cards }) => [name, cards.map((card) => card.number)]),
      );
    };
    expect(await lanesAt(6)).toMatchObject({ Sprint: [1, 3], Doing: [], Done: [] });
    expect(await lanesAt(8)).toMatchObject({ Sprint: [3], Doing: [1], Done: [] });
    expect(await lanesAt(10)).toMatchObject({ Sprint: [], Doing: [1, 3], Done: [] });
    expect(await lanesAt(13)).toMatchObject({ Sprint: [], Doing: [3], Done: [1] });
    expect(await call("doctor", "--json")).toBe(0);
    const { checks } = out() as { checks: { name: string; found: string }[] };
    expect(checks).toContainEqual(expect.objectContaining({ name: "projects", verdict: "fine" }));
    // A sync that leaves projects out knows nothing of the days after the one that read them.
    now = Date.parse(january(25));
    expect(await call("sync", "--no-projects")).toBe(0);
    await call("board", "1", "--at", january(22), "--json");
    expect(io.printed.err).toContain("the last sync was at 2026-01-20T14:00:00");
  });

  test("doctor finds out where GitHub writes no events of statuses any more", async () => {
    const all = team(2);
    all.told.cards.set(1, [cardIn(roadmap, "In Progress")]);
    all.told.changes.set(1, [moved(7, "Todo", "In Progress")]);
    all.told.cards.set(2, [{ ...cardIn(roadmap, "Todo"), setAt: january(3) }]);
    let now = Date.parse(january(10));
    const double = await serveProjects(all, { now: () => now });
    const { call, out } = commandLine(double, { settings: lanes, sprint: "" });
    const told = async () => {
      expect(await call("sync")).toBe(0);
      await call("doctor", "--json");
      const { checks } = out() as { checks: { name: string; verdict: string; found: string }[] };
      const check = checks.find(({ name }) => name === "status events");
      return [check?.verdict, check?.found];
    };
    expect(await told()).toEqual([
      "look",
      expect.stringMatching(/^GitHub wrote no event for 1 of 2 changes/),
    ]);
    now = Date.parse(january(14));
    all.told.cards.set(2, [{ ...cardIn(roadmap, "Done"), setAt: january(12) }]);
    expect(await told()).toEqual([
      "look",
      expect.stringMatching(/^GitHub wrote no event for 2 of 3 changes/),
    ]);
    all.told.changes.set(2, [moved(3, "", "Todo"), moved(12, "Todo", "Done")]);
    expect(await told()).toEqual(["fine", "GitHub told all 3 changes of status in 90 days"]);
    // The change that no event told of is dated by GitHub's own word on the value, not by the sync.
    all.told.cards.set(1, [{ ...cardIn(roadmap, "Done"), setAt: january(15) }]);
    now = Date.parse(january(18));
    await call("sync");
    await call("board", "1", "--at", january(16), "--json");
    const done = (out() as { lanes: { name: string; cards: { number: number }[] }[] }).lanes.find(
      ({ name }) => name === "Done",
    );
    expect(done?.cards.map(({ number }) => number)).toContain(1);
  });

  test("the listing of events names the same changes without statuses: they are no second opinion", async () => {
    const all = team(1);
    all.told.cards.set(1, [cardIn(roadmap, "Done")]);
    all.told.changes.set(1, [moved(4, "Todo", "Done")]);
    all.served.events.push({
      ...present(all.served.events[0]),
      id: 77,
      event: "project_v2_item_status_changed",
      created_at: january(4),
      milestone: undefined,
    });
    const store = openStore(":memory:");
    await sync(store, await serveProjects(all, { now: evening }));
    expect(told(store, 1)).toEqual(["Todo: 01-01 – 01-04, inferred", "Done: 01-04 – …, replayed"]);
  });
});

describe("requests", () => {
  test("none is added where nothing rests on projects, or the user says so", async () => {
    const all = team(3);
    const double = await serveProjects(all, { now: evening });
    const plain = commandLine(double, { settings: "", sprint: "" });
    expect(await plain.call("sync")).toBe(0);
    const status = commandLine(double, { settings: lanes, sprint: "" });
    expect(await status.call("sync", "--no-projects")).toBe(0);
    expect(double.asked).toEqual([]);
    expect(double.log.filter(({ url }) => url.startsWith("/graphql"))).toEqual([]);
    expect(await plain.call("sync", "--projects")).toBe(0);
    expect(double.asked).toHaveLength(1);
  });

  test("pages, and what does not fit on the first page of an issue, are all followed", async () => {
    const all = team(130);
    const many = Array.from({ length: 121 }, (_, n) =>
      moved(5, n % 2 ? "Todo" : "Done", n % 2 ? "Done" : "Todo"),
    );
    all.told.changes.set(129, [moved(4, "", "Done"), ...many]);
    all.told.cards.set(129, [
      ...[11, 12, 13, 14, 15, 16].map((number) =>
        cardIn({ ...elsewhere, number, title: `P${number}` }, null),
      ),
      cardIn(roadmap, "Todo"),
    ]);
    const double = await serveProjects(all, { now: evening });
    const store = openStore(":memory:");
    const sum = await sync(store, double);
    // Two pages of issues, one of changes, one of cards, one of what seven projects offer.
    expect(double.asked.map(({ query }) => present(/query (\w+)/.exec(query))[1])).toEqual([
      "placements",
      "placements",
      "changes",
      "cards",
      "projects",
    ]);
    expect(sum.events).toBe(65 + 122);
    expect(sum.problems).toEqual([]);
    expect(
      store
        .projects()
        .map(({ number }) => number)
        .sort((a, b) => a - b),
    ).toEqual([7, 11, 12, 13, 14, 15, 16]);
    expect(told(store, 129).at(-1)).toBe("Todo: 01-05 – …, replayed");
  });

  test("a second sync finds nothing new; a card that moved since is seen, though its issue was not updated", async () => {
    const all = team(3);
    all.told.cards.set(1, [cardIn(roadmap, "Todo")]);
    all.told.changes.set(1, [moved(4, "", "Todo")]);
    let now = Date.parse(january(15));
    const double = await serveProjects(all, { now: () => now });
    const store = openStore(":memory:");
    await sync(store, double);
    store.refresh();
    const before = JSON.stringify(store.timelines());
    expect(await sync(store, double)).toMatchObject({
      issues: 0,
      events: 0,
      comments: 0,
      unchanged: 6,
      requests: 8,
    });
    store.refresh();
    expect(JSON.stringify(store.timelines())).toBe(before);
    now = evening();
    all.told.cards.set(1, [cardIn(roadmap, "Done")]);
    all.told.changes.set(1, [moved(4, "", "Todo"), moved(19, "Todo", "Done")]);
    expect(await sync(store, double)).toMatchObject({ issues: 0, events: 1 });
    expect(told(store, 1)).toEqual(["Todo: 01-04 – 01-19, replayed", "Done: 01-19 – …, replayed"]);
  });

  test("a pass that was cut off goes on with the page it had reached, and ends in the same history", async () => {
    const all = team(130);
    all.told.cards.set(1, [cardIn(roadmap, "Done")]);
    all.told.changes.set(1, [moved(4, "", "Done")]);
    const broken = await serveProjects(all, {
      now: evening,
      instead: (nth) => (nth === 2 ? { errors: [{ message: "Nothing today" }] } : null),
    });
    const store = openStore(":memory:");
    await expect(sync(store, broken)).rejects.toMatchObject({ code: "github-failed", exitCode: 4 });
    const calm = await serveProjects(all, { now: evening });
    await sync(store, calm);
    expect(calm.asked.map(({ variables }) => variables?.after !== null)).toEqual([true, true]);
    const whole = openStore(":memory:");
    await sync(whole, calm);
    store.refresh();
    whole.refresh();
    expect(store.timelines()).toEqual(whole.timelines());
    expect(store.projects()).toEqual(whole.projects());
  });

  test("where a page is too much for GitHub, fewer issues are asked for at a time", async () => {
    const all = team(60);
    const tooMuch = { data: null, errors: [{ type: "RESOURCE_LIMITS_EXCEEDED", message: "too much" }] };
    const double = await serveProjects(all, {
      now: evening,
      instead: (_, { variables }) => (Number(variables?.first) > 50 ? tooMuch : null),
    });
    const store = openStore(":memory:");
    expect((await sync(store, double)).issues).toBe(60);
    expect(double.asked.map(({ variables }) => variables?.first)).toEqual([100, 50, 50]);
  });
});

describe("on the way", () => {
  test.each(passing)("%s, where projects are asked for, is got over", async (fault) => {
    const all = team(1);
    all.told.cards.set(1, [cardIn(roadmap, "Done")]);
    all.told.changes.set(1, [moved(4, "", "Done")]);
    const faultAt = (n: number) => (n === 7 ? fault : null);
    const double = await serveProjects(all, { now: evening, faultAt, retryAfter: 1 });
    const store = openStore(":memory:");
    expect(await sync(store, double)).toMatchObject({ issues: 1, events: 2, problems: [] });
    expect(told(store, 1)).toEqual(["Done: 01-04 – …, replayed"]);
  });

  test("a gateway that gives up on a page is asked again, then for fewer issues", async () => {
    const all = team(60);
    const faultAt = (n: number) => (n === 7 || n === 8 ? "bad-gateway" : null);
    const double = await serveProjects(all, { now: evening, faultAt });
    const sum = await sync(openStore(":memory:"), double);
    expect(sum).toMatchObject({ issues: 60, problems: [] });
    expect(double.asked.map(({ variables }) => variables?.first)).toEqual([50, 50]);
  });
});
