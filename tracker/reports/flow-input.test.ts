import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeFlow } from "../core/flow/compute-flow.ts";
import { present } from "../core/model/present.ts";
import { repositoriesOf } from "../core/model/repositories.ts";
import { anyInstant, anyStories, storeOfStories, storyContent } from "../testing/random-stories.ts";
import { close, enter, label, leave, on, toldIssue, unlabel } from "../testing/timelines.ts";
import { openArchive } from "./archive.ts";
import { flowInput } from "./flow-input.ts";

test("what is read for a flow leaves out nothing that it tells of, of one sprint or of all", async () => {
  const content = await storyContent();
  const often = { finished: 0, ageing: 0, blocked: 0 };
  fc.assert(
    fc.property(anyStories, anyInstant, (stories, some) => {
      const store = storeOfStories(stories);
      const archive = openArchive(
        { history: store, repositories: repositoriesOf(["a/b"]), standings: [] },
        content,
        on("31"),
      );
      const all = store.timelines();
      for (const sprint of [null, ...content.sprints.map((one) => one.sprint)])
        for (const asOf of [some, on("31")]) {
          if (sprint !== null && sprint.start > asOf) continue;
          const input = flowInput(archive, sprint, { weeks: 4, asOf });
          const flow = computeFlow(input);
          const whole = computeFlow({ ...input, timelines: all });
          expect(flow).toEqual(whole);
          often.finished += flow.finished.length;
          often.ageing += flow.ageing.length;
          often.blocked += flow.cumulative.points.length;
        }
      store.close();
    }),
    { numRuns: 80, seed: 5 },
  );
  for (const [kind, times] of Object.entries(often)) expect(times, kind).toBeGreaterThan(20);
});

test("a history of nothing flows from the moment that is asked about", async () => {
  const content = await storyContent();
  const store = storeOfStories([]);
  const archive = openArchive(
    { history: store, repositories: repositoriesOf(["a/b"]), standings: [] },
    content,
    on("31"),
  );
  const input = flowInput(archive, null, { weeks: 26 });
  expect(input.bornAt).toBe(archive.asOf);
  const flow = computeFlow(input);
  expect([flow.finished, flow.ageing, flow.lead.tasks]).toEqual([[], [], 0]);
  expect(present(flow.weeks[0]).finished).toBe(0);
  store.close();
});

describe("an issue that may have been in a sprint, though no interval says so", () => {
  const year = (text: string) => Date.parse(`2023-${text}T00:00Z`);
  /**
   * Issue 1 was done in sprint 1. Issue 2 was put on it long before and taken off twice: no event puts it back. The same is
   * true of a label of issue 3, which was in the sprint long before.
   */
  const storeOfTwo = (leavesAgain: boolean) => {
    const told = [
      toldIssue(1, "05", [enter("06"), label("07", "in progress"), close("08")]),
      toldIssue(2, year("06-01"), [
        enter(year("06-02")),
        leave(year("06-03")),
        ...(leavesAgain ? [leave("29")] : []),
      ]),
      toldIssue(3, year("06-01"), [
        enter(year("06-02")),
        label(year("06-02"), "in progress"),
        unlabel(year("06-03"), "in progress"),
        leave(year("06-03")),
        unlabel("29", "in progress"),
      ]),
    ];
    const store = storeOfStories([]);
    const [observations, events] = [
      told.map(({ observation }) => observation),
      told.flatMap((one) => one.events),
    ];
    store.append({ issues: observations, events, comments: [], labels: [], milestones: [] });
    store.refresh();
    return store;
  };

  test.each([
    [true, [1, 2], "unknown"],
    [false, [1], "replayed"],
  ])("taken off again %s: is read %j, and the board is known as %s", async (leavesAgain, numbers, known) => {
    const content = await storyContent();
    const store = storeOfTwo(leavesAgain);
    const archive = openArchive(
      { history: store, repositories: repositoriesOf(["a/b"]), standings: [] },
      content,
      on("31"),
    );
    for (const sprint of [null, present(content.sprints[0]).sprint]) {
      const input = flowInput(archive, sprint, { weeks: 4 });
      expect(input.timelines.map(({ number }) => number)).toEqual(numbers);
      const { provenance } = computeFlow(input);
      expect(provenance).toMatchObject({
        ageing: known,
        cumulative: known,
        weeks: "replayed",
        lead: "replayed",
      });
    }
    // It was in the first sprint or in none.
    const second = flowInput(archive, present(content.sprints[1]).sprint, { weeks: 4 });
    expect(second.timelines.map(({ number }) => number)).toEqual([1]);
    store.close();
  });

  test("by a milestone's title that the sprint's may have borne", async () => {
    const content = await storyContent();
    const passing = toldIssue(2, "05", [
      { at: "06", kind: "milestoned", milestone: "Old" },
      { at: "08", kind: "demilestoned", milestone: "Old" },
    ]);
    const store = storeOfStories([]);
    store.append({
      issues: [passing.observation],
      events: passing.events,
      comments: [],
      labels: [],
      milestones: [
        {
          number: 1,
          title: "Sprint 1",
          observedAt: on("30"),
          state: "open",
          dueOn: null,
          createdAt: on("01"),
          closedAt: null,
        },
      ],
    });
    store.refresh();
    const archive = openArchive(
      { history: store, repositories: repositoriesOf(["a/b"]), standings: [] },
      content,
      on("31"),
    );
    const [first, second] = content.sprints.map(({ sprint }) => sprint);
    for (const [sprint, known] of [
      [null, "inferred"],
      [present(first), "inferred"],
      [present(second), "replayed"],
    ] as const) {
      const { provenance } = computeFlow(flowInput(archive, sprint, { weeks: 4 }));
      expect(provenance).toMatchObject({ ageing: known, cumulative: known, weeks: "replayed" });
    }
    store.close();
  });
});
