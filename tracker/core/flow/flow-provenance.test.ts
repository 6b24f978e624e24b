import { describe, expect, it } from "vitest";
import { flowOn, takes } from "../../testing/flow-on.ts";
import { threeSprints } from "../../testing/report-on.ts";
import {
  close,
  type EventSpec,
  enter,
  label,
  leave,
  on,
  reopen,
  timelineOf,
} from "../../testing/timelines.ts";
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

describe("what was finished in the sprint, and may have been in it, makes all figures as doubtful", () => {
  it("where a gap in the history of its milestone hides whether it was", () => {
    const finished = timelineOf(9, "01", [close("08")]);
    expect(knownOf([doubted(finished, "07", "09", inSprint(1))])).toEqual(allOf("unknown"));
  });

  it("the board at most, where it was not finished, and not even that where it was done before", () => {
    const doubtedOf = (...told: EventSpec[]) =>
      knownOf([doubted(timelineOf(9, "01", told), "07", "09", inSprint(1))]);
    expect(doubtedOf()).toEqual(boardOf("unknown"));
    expect(doubtedOf(close("03"))).toEqual(allOf("replayed"));
    expect(doubtedOf(close("03"), reopen("08"))).toEqual(boardOf("unknown"));
  });

  it("where the sprint's milestone may have borne the title that it was on", () => {
    const onOld = timelineOf(9, "01", [
      { at: "06", kind: "milestoned", milestone: "Old" },
      close("08"),
      { at: "09", kind: "demilestoned", milestone: "Old" },
    ]);
    const old = { title: "Old", from: on("01"), until: on("20") };
    const milestones = threeSprints.map(({ number, title }) => ({
      number,
      titles: [title],
      ...(number === 1 ? { perhaps: [old] } : {}),
    }));
    const known = (sprint = present(first)) => flowOn([...sure, onOld], { sprint, milestones }).provenance;
    expect(known()).toMatchObject(allOf("inferred"));
    expect(known(present(threeSprints[1]))).toMatchObject(allOf("replayed"));
    // Which sprint's board it stood on is the same to all.
    const all = flowOn([...sure, onOld], { milestones }).provenance;
    expect(all).toMatchObject({ ageing: "inferred", cumulative: "inferred", weeks: "replayed" });
  });

  it("where it was gone, and may have been back before it left the sprint", () => {
    const told = timelineOf(9, "01", [enter("02"), close("08"), leave("09")], {}, [
      { at: on("05"), found: "transferred" },
      { at: on("10"), found: "there" },
    ]);
    const back = (from: string): IssueTimeline => ({
      ...told,
      doubts: [{ attribute: "gone", from: on(from), to: on("10"), provenance: "inferred", why: "unseen" }],
    });
    expect(knownOf([back("07")])).toEqual(allOf("inferred"));
    // Nobody saw it again before the sprint was over, but it may have been there.
    const late = timelineOf(9, "01", [enter("02")], {}, [{ at: on("05"), found: "transferred" }]);
    expect(knownOf([{ ...late, doubts: back("07").doubts ?? [] }])).toEqual(boardOf("inferred"));
    expect(knownOf([back("09")])).toEqual(allOf("replayed"));
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
