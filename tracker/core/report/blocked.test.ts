import { describe, expect, test } from "vitest";
import { reportOn, sized } from "../../testing/report-on.ts";
import {
  close,
  type EventSpec,
  enter,
  label,
  leave,
  on,
  reopen,
  rules,
  timelineOf,
} from "../../testing/timelines.ts";
import type { IssueReference } from "../model/event.ts";
import { present } from "../model/present.ts";

const waits = (at: string, by: IssueReference): EventSpec => ({ at, kind: "blocked_by_added", relation: by });
const free = (at: string, by: IssueReference): EventSpec => ({
  at,
  kind: "blocked_by_removed",
  relation: by,
});
const task = (...events: EventSpec[]) => sized(1, "M", enter("02"), ...events);
const blockedIn = (...timelines: ReturnType<typeof task>[]) => {
  const report = reportOn(timelines);
  const [card] = present(report.blocked);
  return { report, days: card?.blockedDays ?? 0, spans: card?.spans ?? [], card };
};

describe("how long a task of a sprint waited (6 to 10 May)", () => {
  test.each<[string, number, ReturnType<typeof task>[]]>([
    ["half a day", 0.5, [task(waits("07", 7), free("07T12:00", 7)), sized(7, "S")]],
    [
      "from before the start until after the end: the sprint's days",
      5,
      [task(waits("03", 7)), sized(7, "S")],
    ],
    ["until the blocker is closed", 2, [task(waits("06", 7)), sized(7, "S", close("08"))]],
    ["and again when it is reopened", 3, [task(waits("06", 7)), sized(7, "S", close("08"), reopen("10"))]],
    [
      "until the blocker is deleted",
      1,
      [task(waits("06", 7)), timelineOf(7, "01", [], {}, [{ at: on("07"), found: "deleted" }])],
    ],
    ["until it is done itself", 1, [task(waits("06", 7), close("07")), sized(7, "S")]],
    ["while it is in the sprint", 2, [task(waits("06", 7), leave("08")), sized(7, "S")]],
    ["while it is not dropped", 1, [task(waits("06", 7), label("07", "freezebox")), sized(7, "S")]],
    [
      "once, however many block it",
      2,
      [task(waits("06", 7), waits("07", 8), free("08", 7), free("08", 8)), sized(7, "S"), sized(8, "S")],
    ],
    ["not at all for what is closed all the while", 0, [task(waits("06", 7)), sized(7, "S", close("02"))]],
  ])("%s", (_, days, timelines) => {
    expect(blockedIn(...timelines).days).toBe(days);
  });

  test("another repository's issue of the same number is not ours, and what is known of it is inferred", () => {
    const { report, card, spans, days } = blockedIn(
      task(waits("06", "acme/platform#7")),
      sized(7, "S", close("02")),
    );
    expect(days).toBe(5);
    expect(card?.blockedBy).toEqual(["acme/platform#7"]);
    expect(spans).toMatchObject([{ provenance: "inferred" }]);
    expect(report.provenance.blocked).toBe("inferred");
    expect(report.provenance.committed).toBe("replayed");
  });

  test("each span names what was waited for, and the event that began it", () => {
    const { spans, report } = blockedIn(
      task(waits("06T12:00", 8), waits("07T12:00", 7), free("08T12:00", 8)),
      sized(7, "S"),
      sized(8, "S"),
    );
    expect(spans.map(({ from, by, eventId }) => [from.slice(8, 13), by, eventId])).toEqual([
      ["06T12", [8], 1002],
      ["07T12", [7, 8], 1003],
      ["08T12", [7], 1003],
    ]);
    expect(report.provenance.blocked).toBe("replayed");
    const [sprint] = report.boards.end.lanes.filter(({ role }) => role === "sprint");
    expect(sprint?.cards.map(({ number, blockedBy }) => [number, blockedBy])).toContainEqual([1, [7]]);
  });
});

test("an event that does not name the blocker leaves the sprint's waiting unknown, and no figure else", () => {
  const { report } = blockedIn(task({ at: "07", kind: "blocked_by_added" }));
  expect(report.blocked).toEqual([]);
  expect(report.provenance.blocked).toBe("unknown");
  expect(report.provenance.final).toBe("replayed");
});

describe("types", () => {
  const typed = (number: number, size: string | null, to: string | null, at = "07") =>
    timelineOf(number, "01", [
      ...(size === null ? [] : [label("01T01:00", `size: ${size}`)]),
      ...(to === null ? [] : [{ at: "03", kind: "issue_type_added", type: { from: null, to } }]),
      enter(at),
    ]);

  test("share out what came unexpected, most days first", () => {
    const { unexpectedByType, unexpected } = reportOn([
      typed(1, "M", "Bug"),
      typed(2, "L", "Bug"),
      typed(3, null, "Task"),
      typed(4, "S", null),
      typed(5, "L", "Feature", "04"),
    ]);
    expect(unexpected.map(({ number, type }) => [number, type])).toEqual([
      [1, "Bug"],
      [2, "Bug"],
      [3, "Task"],
      [4, undefined],
    ]);
    expect(unexpectedByType).toEqual([
      { type: "Bug", tasks: 2, days: 1.5, unestimated: 0 },
      { type: null, tasks: 1, days: 0.1, unestimated: 0 },
      { type: "Task", tasks: 1, days: 0, unestimated: 1 },
    ]);
  });

  test("are left out where no task has one", () => {
    expect(reportOn([typed(1, "M", null)])).not.toHaveProperty("unexpectedByType");
  });

  test("weaken a card only where a lane asks for them", () => {
    const issue = timelineOf(1, "01", [enter("04")], { type: "Bug" });
    const asking = {
      ...rules,
      lanes: rules.lanes.map((lane) =>
        lane.role === "progress" ? { ...lane, when: { member: true, type: ["bug"] } } : lane,
      ),
    };
    const laneOf = (report: ReturnType<typeof reportOn>) =>
      report.boards.start.lanes.find(({ cards }) => cards.length > 0);
    const plain = laneOf(reportOn([issue]));
    expect([plain?.name, plain?.cards[0]?.provenance]).toEqual(["Sprint", undefined]);
    const asked = laneOf(reportOn([issue], { rules: asking }));
    expect([asked?.name, asked?.cards[0]?.provenance]).toEqual(["In progress", "inferred"]);
  });
});
