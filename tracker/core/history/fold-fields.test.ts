import { describe, expect, test } from "vitest";
import type { IssueEvent } from "../model/event.ts";
import { foldFields } from "./fold-fields.ts";
import type { Draft } from "./fold-sets.ts";

const day = (n: number): number => Date.parse(`2026-01-${String(n).padStart(2, "0")}T12:00:00Z`);
let id = 0;
const event = (at: number, from: string | null, to: string | null, name = "Effort"): IssueEvent => ({
  id: ++id,
  issue: 1,
  at: day(at),
  actor: "ana",
  kind: from === null ? "issue_field_added" : to === null ? "issue_field_removed" : "issue_field_changed",
  // GitHub does not say what a removal took away.
  field: { name, from: to === null ? null : from, to },
});
const look = (since: number, until: number, values: Record<string, string>) => ({
  number: 1,
  since: day(since),
  observedAt: day(until),
  values,
});
const project = { id: 1, number: 7, title: "Roadmap" };
const cardLook = (since: number, until: number, fields: Record<string, string>, setAt?: number) => ({
  number: 1,
  since: day(since),
  observedAt: day(until),
  placements: [
    {
      project,
      status: null,
      iterations: [],
      fields,
      ...(setAt === undefined ? {} : { setAt: { iterations: {}, fields: { Points: day(setAt) } } }),
    },
  ],
});

function folded(input: Partial<Parameters<typeof foldFields>[0]>) {
  const draft: Draft = { intervals: [], doubts: [] };
  const known = { events: [], fieldLooks: [], placements: [], choice: null, createdAt: day(1) };
  foldFields({ ...known, ...input }, draft);
  const dayOf = (at: number) => (at > day(31) ? 99 : new Date(at).getUTCDate());
  return {
    spans: draft.intervals.map(
      (i) => `${i.key} ${i.value}: ${dayOf(i.from)} – ${dayOf(i.to)}, ${i.provenance}`,
    ),
    doubts: draft.doubts.map((i) => `${i.about?.value}: ${dayOf(i.from)} – ${dayOf(i.to)}, ${i.provenance}`),
  };
}

describe("a field of an issue", () => {
  test("is what its events tell, exactly", () => {
    expect(
      folded({
        events: [
          event(2, null, "M"),
          event(5, "M", "L"),
          event(9, "L", null),
          event(3, null, "High", "Priority"),
        ],
        fieldLooks: [look(20, 20, { Priority: "High" })],
      }),
    ).toEqual({
      spans: [
        "issue-field:effort M: 2 – 5, replayed",
        "issue-field:effort L: 5 – 9, replayed",
        "issue-field:priority High: 3 – 99, replayed",
      ],
      doubts: [],
    });
  });

  test("before its first event is what that took the place of", () => {
    expect(folded({ events: [event(5, "M", "L")] }).spans).toEqual([
      "issue-field:effort M: 1 – 5, inferred",
      "issue-field:effort L: 5 – 99, replayed",
    ]);
  });

  test("that no event tells of counts from when it was seen, and the time before is in doubt", () => {
    expect(folded({ fieldLooks: [look(10, 12, { Effort: "M" }), look(15, 20, { Effort: "L" })] })).toEqual({
      spans: ["issue-field:effort M: 10 – 15, observed", "issue-field:effort L: 15 – 99, observed"],
      doubts: ["M: 1 – 10, unknown", "M: 12 – 15, unknown", "L: 12 – 15, unknown"],
    });
  });

  test("is the same number in whichever spelling", () => {
    const events = [event(2, null, "5.0"), event(8, "5", "7.50")];
    expect(
      folded({ events, fieldLooks: [look(4, 6, { Effort: "5" }), look(10, 12, { Effort: "7.5" })] }),
    ).toEqual({
      spans: ["issue-field:effort 5.0: 2 – 8, replayed", "issue-field:effort 7.50: 8 – 99, replayed"],
      doubts: [],
    });
  });

  test("of which an event is missing is in doubt since what was known", () => {
    expect(folded({ events: [event(2, null, "S"), event(8, "M", "L")] }).doubts).toEqual([
      "S: 2 – 8, unknown",
      "M: 2 – 8, unknown",
    ]);
  });
});

describe("a field of a project", () => {
  test("counts from when GitHub says that it was set", () => {
    expect(
      folded({ placements: [cardLook(10, 12, { Points: "3" }, 4), cardLook(20, 20, { Points: "5" }, 15)] })
        .spans,
    ).toEqual(["project-field:points 3: 4 – 15, observed", "project-field:points 5: 15 – 99, observed"]);
  });

  test("of another project than the one that counts is none", () => {
    expect(folded({ placements: [cardLook(10, 12, { Points: "3" })], choice: 8 }).spans).toEqual([]);
  });
});
