import { describe, expect, test } from "vitest";
import { reportOn, reportsOn, sized } from "../../testing/report-on.ts";
import {
  adopt,
  close,
  type EventSpec,
  enter,
  label,
  leave,
  on,
  reopen,
  sprintOf,
  timelineOf,
  unlabel,
} from "../../testing/timelines.ts";
import type { IssueTimeline } from "../model/interval.ts";
import type { IssueObservation } from "../model/issue.ts";
import type { Report } from "../model/report.ts";
import type { Mark } from "../model/sprint.ts";

/** A sized issue of which GitHub shows something, on 31 May, that no event tells. */
const shownAs = (number: number, told: EventSpec[], shown: Partial<IssueObservation>): IssueTimeline =>
  timelineOf(number, "01", [label("01T01:00", "size: M"), ...told], { labels: ["size: M"], ...shown });

const known = ({ provenance }: Report, ...figures: string[]) =>
  Object.fromEntries(figures.map((figure) => [figure, provenance[figure]]));

describe("a list of nobody is no better known than who may belong into it", () => {
  test("where one that stayed may have left, that nobody was removed is not known", () => {
    // It came back on the 8th; that it is on no milestone in the end, no event tells.
    const report = reportOn([
      shownAs(1, [enter("02"), leave("07"), enter("08")], { milestone: null }),
      sized(2, "L", enter("02"), close("09")),
    ]);
    expect(report.effort).toMatchObject({ committed: 1.5, removed: 0, added: 0, final: 1.5 });
    expect(known(report, "committed", "removed", "added", "final", "completed", "notCompleted")).toEqual({
      committed: "replayed",
      removed: "unknown",
      added: "unknown",
      final: "unknown",
      // It is open, whether it left or not.
      completed: "replayed",
      notCompleted: "unknown",
    });
  });

  test("where one may be done, nothing is known of what is done or left, and all of what was committed or stayed", () => {
    const report = reportOn([
      shownAs(1, [enter("02"), close("07"), reopen("08")], { state: "closed", stateReason: "completed" }),
    ]);
    expect(report.effort).toMatchObject({ completed: 0, notCompleted: 0.5, frozen: 0 });
    expect(known(report, "committed", "removed", "completed", "frozen", "notCompleted")).toEqual({
      committed: "replayed",
      removed: "replayed",
      completed: "unknown",
      frozen: "unknown",
      notCompleted: "unknown",
    });
  });

  test("where one may have been done at the start, it may have been committed or not", () => {
    // It was in the freezebox once or twice: that it was put back there, no event tells.
    const frozen = [label("02", "freezebox"), unlabel("03", "freezebox"), unlabel("07", "freezebox")];
    const report = reportOn([sized(1, "M", enter("02"), ...frozen), sized(2, "L", enter("08"))]);
    expect(known(report, "committed", "added", "completed")).toEqual({
      committed: "unknown",
      added: "unknown",
      completed: "unknown",
    });
  });

  test("a size in doubt weakens the sums that count it, and no other", () => {
    const resized = sized(
      1,
      "M",
      enter("02"),
      unlabel("07", "size: M"),
      unlabel("12", "size: M"),
      close("09"),
    );
    const report = reportOn([resized, sized(2, "L", enter("02"))]);
    expect(known(report, "committed", "final", "completed", "notCompleted", "removed", "frozen")).toEqual({
      committed: "replayed",
      final: "unknown",
      completed: "unknown",
      notCompleted: "replayed",
      removed: "replayed",
      frozen: "replayed",
    });
  });
});

describe("one that may have been in a sprint, though nothing says that it was", () => {
  const sprints = (timelines: IssueTimeline[]) =>
    reportsOn(timelines).map((report) => known(report, "committed", "final"));
  const unknown = { committed: "unknown", final: "unknown" };
  const replayed = { committed: "replayed", final: "replayed" };

  test("by the milestone that GitHub shows at last", () => {
    const late = shownAs(1, [enter("01T02:00", 3), leave("02", 3)], {
      milestone: { number: 2, title: "Sprint 2" },
    });
    expect(sprints([late, sized(2, "M", enter("02"))])).toEqual([replayed, unknown, replayed]);
  });

  test("by a milestone that it was put off without having been put on", () => {
    const once = sized(1, "M", enter("02"), leave("03"), leave("15", 2));
    expect(sprints([once])).toEqual([replayed, { ...unknown, final: "replayed" }, replayed]);
    const moved = sized(1, "M", enter("02"), leave("15", 2));
    expect(sprints([moved])[1]).toEqual({ committed: "inferred", final: "replayed" });
  });

  test("by a label that it was relieved of twice", () => {
    const marked = [1, 2].map((number) => sprintOf(number, { mark: { by: "label", name: `in ${number}` } }));
    const issue = sized(1, "M", label("02", "in 1"), unlabel("03", "in 1"), unlabel("08", "in 1"));
    const [first, second] = marked.map((sprint) => reportOn([issue], { sprint, sprints: marked }));
    expect(first?.provenance).toMatchObject({ committed: "unknown", removed: "unknown", boards: "unknown" });
    expect(second?.provenance).toMatchObject({ committed: "replayed", boards: "replayed" });
  });
});

describe("an issue of which nothing is known in a span may have been in any sprint then", () => {
  const marks: Mark[] = [sprintOf(1).mark, { by: "label", name: "in 1" }];
  test.each(marks.map((mark) => ({ mark })))("though it never bore a mark: $mark.by", ({ mark }) => {
    const gap = { provenance: "inferred", why: "its events were not read" } as const;
    const unread = (from: string, to: string) => ({
      ...sized(1, "M"),
      doubts: [{ attribute: mark.by, from: on(from), to: on(to), ...gap }],
    });
    const sprint = sprintOf(1, { mark });
    const told = (from: string, to: string) =>
      known(reportOn([unread(from, to)], { sprint, sprints: [sprint] }), "committed", "final", "removed");
    const [replayed, inferred] = ["replayed", "inferred"];
    expect(told("01", "20")).toEqual({ committed: inferred, final: inferred, removed: inferred });
    expect(told("01", "08")).toMatchObject({ committed: inferred, final: replayed });
    expect(told("08", "20")).toMatchObject({ committed: replayed, final: inferred });
    expect(told("11", "20")).toEqual({ committed: replayed, final: replayed, removed: replayed });
  });
});

describe("whose sub-issue a sized issue was", () => {
  const parent = sized(1, "L", enter("02"));
  const child = (told: EventSpec[], shown: Partial<IssueObservation>) =>
    timelineOf(2, "01", [label("01T01:00", "size: S"), enter("02"), close("03"), ...told], shown);

  test("decides what its parent counts, so in doubt the parent's sums are, the sub-issue counting nowhere", () => {
    const adopted = child([adopt("04", 1)], {});
    const shown = adopted.intervals.map((i) =>
      i.attribute === "parent" ? { ...i, provenance: "inferred" as const } : i,
    );
    const report = reportOn([parent, { ...adopted, intervals: shown }]);
    expect(report.effort).toMatchObject({ committed: 0, final: 0 });
    expect(known(report, "committed", "final", "removed")).toEqual({
      committed: "inferred",
      final: "inferred",
      removed: "inferred",
    });
    expect(reportOn([parent, adopted]).provenance.committed).toBe("replayed");
  });

  test("also where the doubt is about an issue between the two, outside the sprint", () => {
    const between = timelineOf(3, "01", [], { parent: 1, observedAt: on("31") });
    const unmarked = {
      ...between,
      intervals: between.intervals.filter(({ attribute }) => attribute !== "parent"),
    };
    const told = [parent, child([adopt("04", 3)], {})];
    const lost = {
      ...unmarked,
      doubts: [
        {
          attribute: "parent" as const,
          from: on("05"),
          to: on("31"),
          provenance: "inferred" as const,
          why: "",
          about: { key: "1", value: "1" },
        },
      ],
    };
    expect(reportOn([...told, unmarked]).provenance.committed).toBe("replayed");
    expect(reportOn([...told, lost]).provenance.committed).toBe("inferred");
  });

  test("of another repository is no doubt", () => {
    const about = { key: "acme/other#1", value: "acme/other#1" };
    const doubts = [
      { attribute: "parent", from: on("01"), to: on("31"), provenance: "inferred", why: "", about } as const,
    ];
    const foreign = { ...child([], { parent: "acme/other#1" }), doubts };
    expect(reportOn([parent, foreign]).provenance.committed).toBe("replayed");
  });
});
