import fc from "fast-check";
import { expect, test } from "vitest";
import { computeFlow } from "../core/flow/compute-flow.ts";
import { present } from "../core/model/present.ts";
import { repositoriesOf } from "../core/model/repositories.ts";
import { anyInstant, anyStories, storeOfStories, storyContent } from "../testing/random-stories.ts";
import { on } from "../testing/timelines.ts";
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
          // What stands on no board is not read, and casts no doubt on what does.
          const { ageing, cumulative } = flow.provenance;
          expect(flow).toEqual({ ...whole, provenance: { ...whole.provenance, ageing, cumulative } });
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
