import { describe, expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import { openStore } from "../../store/open.ts";
import { post, type Sent } from "../../testing/github/webhooks.ts";
import { cardIn, roadmap, serveProjects, sync, team, teamName, told } from "../../testing/project-rig.ts";
import { startReceiver } from "../../testing/receiver-rig.ts";
import { contentOf } from "../../testing/sync-rig.ts";

describe("cards of projects", () => {
  /** Two seconds after the change that is delivered. */
  let clock = 0;
  const arrive = (url: string, sent: Sent) => {
    const { projects_v2_item: item } = sent.payload as { projects_v2_item: { updated_at: string } };
    clock = Date.parse(item.updated_at) + 2000;
    return post(url, sent);
  };
  const moved = (id: string, at: string, field: object, issue = 1): Sent => ({
    id,
    event: "projects_v2_item",
    payload: {
      action: "edited",
      sender: { login: "ben" },
      organization: { login: "octo" },
      projects_v2_item: {
        content_type: "Issue",
        content_node_id: `I_${issue}`,
        project_node_id: `P_${roadmap.number}`,
        updated_at: at,
      },
      changes: { field_value: field },
    },
  });
  const iteration = (title: string | null) =>
    title === null
      ? null
      : { id: title === "Sprint 1" ? "a1" : "a2", title, start_date: "2026-01-05", duration: 14 };
  const toIteration = (id: string, at: string, from: string | null, to: string | null) =>
    moved(id, at, {
      field_type: "iteration",
      field_name: "Sprint",
      from: iteration(from),
      to: iteration(to),
    });
  const toStatus = (id: string, at: string, from: string | null, to: string | null) =>
    moved(id, at, {
      field_type: "single_select",
      field_name: "Status",
      from: from && { name: from },
      to: to && { name: to },
    });

  test("are known to the second where GitHub keeps no history, in whatever order they are told", async () => {
    const rig = team(2);
    rig.told.cards.set(1, [cardIn(roadmap, "Todo", "Sprint 1")]);
    const double = await serveProjects(rig, { now: () => Date.parse("2026-01-06T00:00:00Z") });
    const { url, file } = await startReceiver([teamName], () => clock);
    const store = present(file.find(teamName));
    const deliveries = [
      toIteration("1", "2026-01-08T10:00:00Z", "Sprint 1", null),
      toIteration("2", "2026-01-10T10:00:00Z", null, "Sprint 2"),
      toStatus("3", "2026-01-09T10:00:00Z", "Todo", "In Progress"),
    ];
    // Before any sync has told whose node ids these are, and the newest first.
    for (const sent of deliveries.toReversed()) expect((await arrive(url, sent)).outcome).toBe("kept");
    store.refresh();
    expect(store.knownIssues()).toEqual([]);
    await sync(store, double);
    rig.told.cards.set(1, [cardIn(roadmap, "In Progress", "Sprint 2")]);
    await sync(store, await serveProjects(rig, { now: () => Date.parse("2026-01-20T00:00:00Z") }));
    expect(told(store, 1, "iteration")).toEqual([
      "Sprint 1: 01-06 – 01-08, observed",
      "Sprint 2: 01-10 – …, replayed",
    ]);
    expect(told(store, 1)).toEqual(["Todo: 01-01 – 01-09, inferred", "In Progress: 01-09 – …, replayed"]);
    const [timeline] = store.timelines({ numbers: [1] });
    const inDoubt = (timeline?.doubts ?? []).filter(({ to }) => to > Date.parse("2026-01-07T00:00:00Z"));
    expect(inDoubt).toEqual([]);
  });

  test("a change of status that GitHub's own event tells as well counts once", async () => {
    const rig = team(1);
    rig.told.cards.set(1, [cardIn(roadmap, "In Progress")]);
    rig.told.changes.set(1, [
      {
        kind: "ProjectV2ItemStatusChangedEvent",
        at: "2026-01-09T10:00:00Z",
        project: roadmap,
        from: "Todo",
        to: "In Progress",
      },
    ]);
    const double = await serveProjects(rig, { now: () => Date.parse("2026-01-20T00:00:00Z") });
    const { url, file } = await startReceiver([teamName], () => clock);
    const store = present(file.find(teamName));
    await arrive(url, toStatus("1", "2026-01-09T10:00:02Z", "Todo", "In Progress"));
    await sync(store, double);
    const alone = openStore(":memory:");
    await sync(alone, double);
    expect(told(store, 1)).toEqual(told(alone, 1));
    expect(contentOf(store)).toBe(contentOf(alone));
  });

  test("whose own date is of long ago are dated by their arrival", async () => {
    const rig = team(1);
    rig.told.cards.set(1, [cardIn(roadmap, null, "Sprint 2")]);
    const { url, file } = await startReceiver([teamName], () => clock);
    const store = present(file.find(teamName));
    clock = Date.parse("2026-01-10T10:00:00Z");
    await post(url, toIteration("1", "2026-01-02T10:00:00Z", "Sprint 1", "Sprint 2"));
    await sync(store, await serveProjects(rig, { now: () => Date.parse("2026-01-20T00:00:00Z") }));
    expect(told(store, 1, "iteration")).toEqual(["Sprint 2: 01-10 – …, replayed"]);
  });

  test("a lost delivery is no lie: the change between is in doubt", async () => {
    const rig = team(1);
    rig.told.cards.set(1, [cardIn(roadmap, null, "Sprint 1")]);
    const { url, file } = await startReceiver([teamName], () => clock);
    const store = present(file.find(teamName));
    await sync(store, await serveProjects(rig, { now: () => Date.parse("2026-01-06T00:00:00Z") }));
    // That it left Sprint 1 was never told.
    await arrive(url, toIteration("2", "2026-01-10T10:00:00Z", null, "Sprint 2"));
    expect(told(store, 1, "iteration")).toContain("Sprint 2: 01-10 – …, replayed");
    const [timeline] = store.timelines({ numbers: [1] });
    expect(timeline?.doubts).toContainEqual(
      expect.objectContaining({ attribute: "iteration", to: Date.parse("2026-01-10T10:00:00Z") }),
    );
  });
});
