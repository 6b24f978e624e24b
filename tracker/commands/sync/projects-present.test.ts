import { describe, expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import { openStore } from "../../store/open.ts";
import {
  added,
  cardIn,
  commandLine,
  elsewhere,
  evening,
  january,
  lanes,
  moved,
  removed,
  roadmap,
  serveProjects,
  sync,
  team,
  told,
} from "../../testing/project-rig.ts";

describe("what only the present shows", () => {
  test("an iteration counts from the first sync that saw it; the time before is unknown", async () => {
    const all = team(2);
    all.told.cards.set(2, [cardIn(roadmap, "Todo", "Sprint 1")]);
    all.told.changes.set(2, [added(3), moved(3, "", "Todo")]);
    let now = Date.parse(january(8));
    const double = await serveProjects(all, { now: () => now });
    const { call, out, folder } = commandLine(double, { settings: "", sprint: "iteration: Sprint 1\n" });
    expect(await call("sync")).toBe(0);
    all.told.cards.set(2, [cardIn(roadmap, "Todo", "Sprint 2")]);
    now = Date.parse(january(15));
    expect(await call("sync")).toBe(0);
    all.told.cards.set(2, [cardIn(roadmap, "Todo", "Sprint 1")]);
    now = Date.parse(january(19));
    expect(await call("sync")).toBe(0);
    const store = openStore(`${folder}/.sprintcast/sprintcast.db`);
    expect(told(store, 2, "iteration")).toEqual([
      "Sprint 1: 01-08 – 01-15, observed",
      "Sprint 2: 01-15 – 01-19, observed",
      "Sprint 1: 01-19 – …, observed",
    ]);
    const doubts = present(present(store.timelines({ numbers: [2] })[0]).doubts);
    expect(doubts.map(({ provenance, about }) => [provenance, present(about).value])).toEqual([
      ["unknown", "Sprint 1"],
      ["inferred", "Sprint 1"],
      ["inferred", "Sprint 2"],
      ["inferred", "Sprint 2"],
      ["inferred", "Sprint 1"],
    ]);
    store.close();
    expect(await call("board", "1", "--at", january(10), "--json")).toBe(0);
    const board = out() as { lanes: { name: string; cards: { number: number }[] }[] };
    expect(
      present(board.lanes.find(({ name }) => name === "Sprint")).cards.map(({ number }) => number),
    ).toEqual([2]);
  });

  test("figures over members that nobody saw are called unknown, not zero; later sprints are known", async () => {
    const all = team(2);
    all.told.cards.set(2, [cardIn(roadmap, "Todo", "Sprint 1")]);
    const trust = async (seen: number, sprint: string) => {
      let now = Date.parse(january(seen));
      const double = await serveProjects(all, { now: () => now });
      const { call, out } = commandLine(double, { settings: "membership: iteration\n", sprint });
      expect(await call("sync")).toBe(0);
      now = Date.parse(january(19));
      expect(await call("sync")).toBe(0);
      expect(await call("report", "1", "--json")).toBe(0);
      const { asOf, effort, provenance } = out() as {
        asOf: string;
        effort: { counts: { committed: number; added: number } };
        provenance: Record<string, string>;
      };
      expect(asOf).toBe("2026-01-19T00:00:00.000Z");
      return [effort.counts.committed, effort.counts.added, provenance.committed, provenance.completed];
    };
    expect(await trust(8, "")).toEqual([0, 1, "unknown", "unknown"]);
    expect(await trust(19, "")).toEqual([0, 0, "unknown", "unknown"]);
    expect(await trust(3, "")).toEqual([1, 0, "observed", "replayed"]);
  });

  test("a status that no event tells of is unknown before the first look, observed after it", async () => {
    const all = team(1);
    all.told.cards.set(1, [cardIn(roadmap, "Done")]);
    const store = openStore(":memory:");
    await sync(store, await serveProjects(all, { now: evening }));
    expect(told(store, 1)).toEqual(["Done: 01-20 – …, observed"]);
    expect(present(store.timelines()[0]).doubts).toMatchObject([
      { attribute: "status", provenance: "unknown" },
    ]);
  });

  test("taken out of the project, an issue has no status until it is put in again", async () => {
    const all = team(1);
    all.told.changes.set(1, [
      moved(4, "", "Done"),
      removed(6),
      added(9),
      moved(11, "Todo", "Done"),
      removed(12),
    ]);
    const store = openStore(":memory:");
    await sync(store, await serveProjects(all, { now: evening }));
    expect(told(store, 1)).toEqual([
      "Done: 01-04 – 01-06, replayed",
      "Todo: 01-09 – 01-11, inferred",
      "Done: 01-11 – 01-12, replayed",
    ]);
  });
});

describe("doctor on iterations", () => {
  const verdictOf = async (sprint: string, card: string | undefined) => {
    const all = team(1);
    all.told.cards.set(1, [cardIn(roadmap, "Todo", card)]);
    const { call, out } = commandLine(await serveProjects(all, { now: evening }), { settings: "", sprint });
    expect(await call("sync")).toBe(0);
    await call("doctor", "--json");
    const { checks } = out() as { checks: { name: string; verdict: string; found: string; hint?: string }[] };
    return checks.find(({ name }) => name === "sprint 1");
  };

  test("one of the sprint's days is fine, one of other days is pointed out, one that is nowhere must be mended", async () => {
    expect(await verdictOf("iteration: Sprint 1\n", "Sprint 1")).toMatchObject({ verdict: "fine" });
    expect(await verdictOf("iteration: Sprint 2\n", undefined)).toMatchObject({
      verdict: "look",
      found: expect.stringContaining("14 days from 2026-01-19, the sprint 14 from 2026-01-05"),
    });
    expect(await verdictOf("iteration: Sprint 9\n", "Sprint 1")).toMatchObject({
      verdict: "mend",
      hint: expect.stringContaining("There are: Sprint 1, Sprint 2."),
    });
  });
});

describe("several projects", () => {
  test("are fetched for a team's own lanes alone, and doctor holds their statuses against the board", async () => {
    const all = team(1);
    all.told.cards.set(1, [cardIn(roadmap, "Done")]);
    const double = await serveProjects(all, { now: evening });
    const own =
      "lanes: [{ name: Doing, role: progress, when: { status: [Dome] } }, { name: Done, role: done, when: {} }]";
    const { call, out } = commandLine(double, { settings: `teams: [{ name: web, ${own} }]\n`, sprint: "" });
    expect(await call("sync", "--json")).toBe(0);
    await call("doctor", "--json");
    const { checks } = out() as { checks: { name: string; found: string; hint: string }[] };
    expect(checks.filter(({ name }) => name === "statuses")).toMatchObject([
      { found: expect.stringContaining("Doing"), hint: expect.stringContaining('mean "Done"') },
    ]);
  });

  test("each has its own status; the settings say which one counts, and doctor asks them to", async () => {
    const all = team(1);
    all.told.cards.set(1, [cardIn(roadmap, "Done"), cardIn(elsewhere, "Inbox")]);
    all.told.changes.set(1, [moved(4, "", "Done"), moved(5, "", "Inbox", elsewhere), added(6, null)]);
    const double = await serveProjects(all, { now: evening });
    const loose = commandLine(double, { settings: lanes.replace("[Done]", "[Dome]"), sprint: "" });
    expect(await loose.call("sync", "--json")).toBe(0);
    expect(loose.out()).toMatchObject({ notices: [expect.stringMatching(/left out: 1$/)] });
    await loose.call("doctor", "--json");
    const checks = (
      loose.out() as { checks: { name: string; verdict: string; found: string; hint: string }[] }
    ).checks;
    const of = (name: string) => checks.filter((check) => check.name === name);
    expect(of("projects")).toMatchObject([
      { verdict: "look", hint: expect.stringContaining("project: NUMBER") },
    ]);
    expect(of("statuses")).toMatchObject([{ verdict: "look", hint: expect.stringContaining('mean "Done"') }]);
    const strict = commandLine(double, { settings: `${lanes}project: roadmap\n`, sprint: "" });
    for (const [{ folder, call }, expected] of [
      [loose, ["Done: 01-04 – …, replayed", "Inbox: 01-05 – …, replayed"]],
      [strict, ["Done: 01-04 – …, replayed"]],
    ] as const) {
      expect(await call("sync")).toBe(0);
      const store = openStore(`${folder}/.sprintcast/sprintcast.db`);
      expect(told(store, 1)).toEqual(expected);
      store.chooseProject(3);
      expect(told(store, 1)).toEqual(["Inbox: 01-05 – …, replayed"]);
      store.close();
    }
  });
});
