import { describe, expect, it } from "vitest";
import { flowOn, takes } from "../../testing/flow-on.ts";
import { threeSprints } from "../../testing/report-on.ts";
import { close, enter, label, on, timelineOf } from "../../testing/timelines.ts";
import type { Doubt, IssueTimeline } from "../model/interval.ts";
import { present } from "../model/present.ts";

const [first] = threeSprints;
/** One finished task, and one in progress to the end. */
const sure = [
  takes(1, "06T09:00", "06T12:00", "07T12:00"),
  timelineOf(2, "06", [enter("06"), label("08", "in progress")]),
];

const doubted = (
  timeline: IssueTimeline,
  from: string,
  to: string,
  about?: Doubt["about"],
): IssueTimeline => ({
  ...timeline,
  doubts: [
    {
      attribute: about === undefined ? "state" : "milestone",
      from: on(from),
      to: on(to),
      provenance: "unknown",
      why: "a test says so",
      ...(about === undefined ? {} : { about }),
    },
  ],
});
const inSprint = (number: number) => ({ key: String(number), value: `Sprint ${number}` });

const knownOf = (more: IssueTimeline[], sprint = present(first)) => {
  const { ageing, cumulative, weeks, cycle } = flowOn([...sure, ...more], { sprint }).provenance;
  return { ageing, cumulative, weeks, cycle };
};
const allOf = (provenance: string) => ({
  ageing: provenance,
  cumulative: provenance,
  weeks: provenance,
  cycle: provenance,
});
const boardOf = (provenance: string) => ({
  ...allOf("replayed"),
  ageing: provenance,
  cumulative: provenance,
});

describe("what stands on no board takes nothing from a figure of flow", () => {
  it.each<[string, IssueTimeline]>([
    [
      "was never in a sprint, and nobody knows whether it was closed",
      doubted(timelineOf(9, "01", []), "02", "20"),
    ],
    ["was closed and left alone before the sprint", doubted(timelineOf(9, "01", [close("03")]), "02", "03")],
    [
      "may have been in the sprint of a later week",
      doubted(timelineOf(9, "01", []), "20", "25", inSprint(3)),
    ],
    [
      "may have been in the sprint before it was created, which nothing was",
      doubted(timelineOf(9, "30", []), "06", "08", inSprint(1)),
    ],
    [
      "may have been in this sprint, up to the instant at which it began",
      doubted(timelineOf(9, "01", []), "02", "06", inSprint(1)),
    ],
  ])("one that %s", (_, timeline) => {
    expect(knownOf([timeline])).toEqual(allOf("replayed"));
  });
});

describe("what stood on the board, or may have, makes the board as doubtful as itself", () => {
  it.each<[string, IssueTimeline]>([
    ["was in the sprint", doubted(timelineOf(9, "06", [enter("06")]), "07", "08")],
    [
      "was dropped in it",
      doubted(timelineOf(9, "06", [enter("06"), close("07", "not_planned")]), "06T12:00", "07"),
    ],
    [
      "may have been in the sprint for an hour",
      doubted(timelineOf(9, "01", []), "10T22:00", "10T23:00", inSprint(1)),
    ],
  ])("one that %s", (_, timeline) => {
    expect(knownOf([timeline])).toEqual(boardOf("unknown"));
  });

  it("a finished one makes the times and the throughput doubtful, too", () => {
    const finished = takes(9, "06T09:00", "06T12:00", "08T12:00");
    expect(knownOf([doubted(finished, "07", "08")])).toEqual(allOf("unknown"));
  });

  it("of all tasks, any sprint's board counts", () => {
    const { provenance } = flowOn([...sure, doubted(timelineOf(9, "01", []), "20", "25", inSprint(3))]);
    expect(provenance).toMatchObject({ ageing: "unknown", cumulative: "unknown", weeks: "replayed" });
  });
});

it("ages are held against what was finished before: where that is doubtful, so are they, and nothing else", () => {
  const second = present(threeSprints[1]);
  const before = doubted(takes(9, "06T09:00", "06T12:00", "08T12:00"), "07", "08");
  const running = timelineOf(3, "13", [enter("13", 2), label("14", "in progress")]);
  const { provenance } = flowOn([before, running], { sprint: second });
  expect(provenance).toEqual({
    lead: "replayed",
    cycle: "replayed",
    lanes: "replayed",
    efficiency: "replayed",
    blocked: "replayed",
    weeks: "replayed",
    ageing: "unknown",
    cumulative: "replayed",
  });
});

it("a blocker that is only handed in for those who wait for it is on no board of theirs", () => {
  const blocker = doubted(timelineOf(8, "01", []), "02", "20");
  const waiting = timelineOf(9, "06", [
    enter("06"),
    label("06", "in progress"),
    { at: "07", kind: "blocked_by_added", relation: 8 },
    close("09"),
  ]);
  const { provenance } = flowOn([...sure, waiting, blocker], { sprint: present(first) });
  expect([provenance.ageing, provenance.cumulative, provenance.cycle]).toEqual([
    "replayed",
    "replayed",
    "replayed",
  ]);
});
