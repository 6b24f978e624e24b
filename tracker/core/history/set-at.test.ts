import { describe, expect, test } from "vitest";
import type { IssueEvent } from "../model/event.ts";
import type { Placement } from "../model/project.ts";
import { foldProjects } from "./fold-projects.ts";
import type { Draft } from "./fold-sets.ts";

const day = (n: number): number => Date.parse(`2026-01-${String(n).padStart(2, "0")}T12:00:00Z`);
const project = { id: 1, number: 7, title: "Roadmap" };
const card = (status: string | null, sprint: string | null, setAt: number | null = null): Placement => ({
  project,
  status,
  iterations:
    sprint === null ? [] : [{ id: sprint, field: "Sprint", title: sprint, start: "2026-01-05", days: 14 }],
  ...(setAt === null ? {} : { setAt: { status: setAt, iterations: { Sprint: setAt } } }),
});
const look = (since: number, until: number, ...placements: Placement[]) => ({
  number: 1,
  since: day(since),
  observedAt: day(until),
  placements,
});

function folded(looks: ReturnType<typeof look>[], events: IssueEvent[] = []) {
  const draft: Draft = { intervals: [], doubts: [] };
  foldProjects({ events, placements: looks, choice: null, createdAt: day(1) }, draft);
  const dayOf = (at: number) => (at > day(31) ? 99 : new Date(at).getUTCDate());
  const of = (attribute: string) => ({
    spans: draft.intervals
      .filter((i) => i.attribute === attribute)
      .map((i) => `${i.value}: ${dayOf(i.from)} – ${dayOf(i.to)}, ${i.provenance}`),
    doubts: [
      ...new Set(
        draft.doubts
          .filter((i) => i.attribute === attribute)
          .map((i) => `${dayOf(i.from)} – ${dayOf(i.to)}, ${i.provenance}`),
      ),
    ],
  });
  return { status: of("status"), iteration: of("iteration") };
}

describe("when a value was set, as GitHub says it of the value", () => {
  test("dates the change that two syncs saw, and narrows the doubt to the time before it", () => {
    const { status, iteration } = folded([
      look(3, 10, card("Todo", "Sprint 1", day(2))),
      look(20, 20, card("Done", "Sprint 2", day(15))),
    ]);
    expect(status).toEqual({
      spans: ["Todo: 2 – 15, observed", "Done: 15 – 99, observed"],
      doubts: ["1 – 2, inferred", "10 – 15, inferred"],
    });
    expect(iteration).toEqual({
      spans: ["Sprint 1: 2 – 15, observed", "Sprint 2: 15 – 99, observed"],
      doubts: ["1 – 2, unknown", "10 – 15, inferred"],
    });
  });

  test("without it the sync that saw it dates it, as before", () => {
    const { status } = folded([look(3, 10, card("Todo", null)), look(20, 20, card("Done", null))]);
    expect(status).toEqual({
      spans: ["Todo: 3 – 20, observed", "Done: 20 – 99, observed"],
      doubts: ["1 – 3, unknown", "10 – 20, unknown"],
    });
  });

  test.each([
    ["before the last look that saw another", day(9)],
    ["after the look that saw it", day(25)],
  ])("%s is not believed", (_, setAt) => {
    const { status } = folded([look(3, 10, card("Todo", null)), look(20, 20, card("Done", null, setAt))]);
    expect(status.spans).toEqual(["Todo: 3 – 20, observed", "Done: 20 – 99, observed"]);
  });

  test("adds nothing to what events tell", () => {
    const event: IssueEvent = {
      id: 1,
      issue: 1,
      at: day(5),
      actor: "ana",
      kind: "project_v2_item_status_changed",
      status: { project: project.title, id: 1, number: 7, from: "Todo", to: "Done" },
    };
    const { status } = folded([look(20, 20, card("Done", null, day(6)))], [event]);
    expect(status).toEqual({ spans: ["Todo: 1 – 5, inferred", "Done: 5 – 99, replayed"], doubts: [] });
  });
});
