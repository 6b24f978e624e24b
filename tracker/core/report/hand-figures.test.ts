import { expect, test } from "vitest";
import {
  close,
  enter,
  label,
  leave,
  reopen,
  rules,
  sprintOf,
  timelineOf,
  unlabel,
} from "../../testing/timelines.ts";
import { spanOfDays } from "../model/calendar.ts";
import { present } from "../model/present.ts";
import { computeReport } from "./compute-report.ts";

/** Sprint 3 of a team whose clock changes inside it; the hours beside are those that the change makes or takes. */
const zones = [
  ["Europe/Berlin", "2024-03-25", "2024-04-05", 12 * 24 - 1],
  ["America/New_York", "2024-10-28", "2024-11-08", 12 * 24 + 1],
  ["Australia/Lord_Howe", "2024-04-01", "2024-04-12", 12 * 24 + 0.5],
] as const;

test.each(zones)(
  "%s: a sprint over the change of the clock, tallied by hand",
  (timeZone, first, last, hours) => {
    const { start, end } = spanOfDays(first, last, timeZone);
    expect((end - start) / 3_600_000).toBe(hours);
    const minute = 60_000;
    const before = start - 40 * 24 * 60 * minute;
    const seen = { observedAt: end + 1440 * minute };
    const tale = (number: number, size: string, ...rest: Parameters<typeof timelineOf>[2]) =>
      timelineOf(number, before, [label(before + minute, `size: ${size}`), ...rest], seen);
    const inAt = start - 60 * minute;
    const timelines = [
      // Committed and done one second before the end; reopened after it, which changes nothing.
      tale(1, "L", enter(inAt, 3), close(end - 1000), reopen(end + minute)),
      // Closed at the very end: not done in this sprint. In both earlier sprints already: depth 2.
      tale(
        2,
        "M",
        enter(before + 2 * minute, 1),
        leave(inAt - 20 * 1440 * minute, 1),
        enter(inAt - 20 * 1440 * minute + minute, 2),
        leave(inAt - minute, 2),
        enter(inAt, 3),
        close(end),
      ),
      // Re-estimated from 0.1 to 1 inside the sprint.
      tale(3, "S", enter(inAt, 3), label(end - 2 * minute, "size: L"), unlabel(end - minute, "size: S")),
      // Moved to the next sprint in the last hour.
      tale(4, "M", enter(inAt, 3), leave(end - 30 * minute, 3), enter(end - 30 * minute + 1000, 4)),
      // Enters a second after the start: added, and dropped by its label.
      tale(5, "M", enter(start + 1000, 3), label(end - minute, "freezebox")),
      // Enters at the very start: committed; closed as not planned.
      tale(6, "S", enter(start, 3), close(end - minute, "not_planned")),
      // Counted, and never given a size.
      timelineOf(7, before, [enter(inAt, 3)], seen),
      // Enters at the very end: of no concern.
      tale(8, "L", enter(end, 3)),
    ];
    const length = 14 * 1440 * minute;
    const sprints = [1, 2, 3, 4].map((number) => ({
      ...sprintOf(number),
      start: number === 3 ? start : start + (number - 3) * length,
      end: number === 3 ? end : number < 3 ? start + (number - 2) * length : end + 2 * length,
    }));
    const report = computeReport({
      repository: "a/b",
      asOf: end + 1440 * minute,
      sprint: present(sprints[2]),
      sprints,
      rules: { ...rules, timeZone },
      milestones: sprints.map((s) => ({ number: s.number, titles: [s.title] })),
      timelines,
      backlog: [],
      backlogHidden: { start: 0, end: 0 },
      comments: [],
      reviews: [],
      links: true,
    });
    expect(report.effort).toMatchObject({
      committed: 2.2, // 1 + 0.5 + 0.1 + 0.5 + 0.1
      added: 0.5,
      removed: 0.5,
      reestimated: 0.9,
      final: 3.1, // 2.2 + 0.5 + 0.9 − 0.5
      completed: 1,
      completedInitial: 1,
      frozen: 0.6, // 0.5 + 0.1
      notCompleted: 1.5, // 0.5 + 1
      sayDo: 0.455,
      unestimated: { committed: 1, final: 1 },
      counts: { committed: 6, added: 1, removed: 1, final: 6, completed: 1, frozen: 2 },
    });
    expect(report.carriedOver.map(({ number, depth }) => [number, depth])).toEqual([
      [2, 2],
      [3, 0],
      [7, 0],
    ]);
    expect(report.movedOn.map(({ number }) => number)).toEqual([4]);
    expect(new Set(report.freezebox.map(({ number }) => number))).toEqual(new Set([5, 6]));
    expect(report.unexpected.map(({ number }) => number)).toEqual([5]);
  },
);
