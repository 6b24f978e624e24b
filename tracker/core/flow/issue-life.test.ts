import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyIssues } from "../../testing/arbitraries.ts";
import { lifeOf } from "../../testing/life-of.ts";
import { comment } from "../../testing/report-on.ts";
import {
  assign,
  close,
  type EventSpec,
  enter,
  label,
  leave,
  on,
  reopen,
  rules,
  sprintOf,
  timelineOf,
  unlabel,
} from "../../testing/timelines.ts";
import type { EffortText } from "../model/event.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { present } from "../model/present.ts";
import type { IssueLifeInput } from "./issue-life.ts";

const told = (...events: EventSpec[]): IssueTimeline => timelineOf(1, "01", events);
const day = (instant: string | null) => instant?.slice(8, 10) ?? null;
const briefly = <T extends { from: string; to: string | null }>(list: T[], of: (one: T) => unknown) =>
  list.map((one) => [of(one), day(one.from), day(one.to)]);

describe("sizes", () => {
  const sizesOf = (...events: EventSpec[]) => briefly(lifeOf(told(...events)).sizes, ({ size }) => size);

  test("one after the other, without a gap from its creation, the last one still lasting", () => {
    expect(sizesOf(label("03", "size: M"), unlabel("05", "size: M"), label("07", "size: L"))).toEqual([
      [null, "01", "03"],
      ["M", "03", "05"],
      [null, "05", "07"],
      ["L", "07", null],
    ]);
  });

  test("a swap within one instant leaves no time without a size", () => {
    expect(sizesOf(label("01", "size: S"), unlabel("05", "size: S"), label("05", "size: L"))).toEqual([
      ["S", "01", "05"],
      ["L", "05", null],
    ]);
  });

  test("what is no size begins no new span, nor does a size put on again at once", () => {
    expect(
      sizesOf(label("01", "size: S"), label("02", "bug"), unlabel("03", "size: S"), label("03", "size: S")),
    ).toEqual([["S", "01", null]]);
  });

  test("of two at once the later counts, and when it goes the earlier does again", () => {
    expect(sizesOf(label("01", "size: L"), label("04", "size: S"), unlabel("06", "size: S"))).toEqual([
      ["L", "01", "04"],
      ["S", "04", "06"],
      ["L", "06", null],
    ]);
  });

  test("what came after all that is known is not told", () => {
    const known = { asOf: on("05") };
    const life = lifeOf(told(label("03", "size: M"), unlabel("06", "size: M"), close("07")), known);
    expect(briefly(life.sizes, ({ size }) => size)).toEqual([
      [null, "01", "03"],
      ["M", "03", null],
    ]);
    expect(life.state).toBe("open");
  });
});

describe("lanes", () => {
  test("one after the other with their time, and the last has no end", () => {
    const { lanes } = lifeOf(
      told(enter("03"), label("06", "in progress"), close("08"), reopen("09"), close("10")),
    );
    expect(
      lanes.map(({ name, days, workingDays, from, to }) => [name, day(from), day(to), days, workingDays]),
    ).toEqual([
      ["Backlog", "01", "03", 2, 2],
      ["Sprint", "03", "06", 3, 1],
      ["In progress", "06", "08", 2, 2],
      ["Done", "08", "09", 1, 1],
      ["In progress", "09", "10", 1, 1],
      ["Done", "10", null, 21, 15],
    ]);
  });

  test("a time on no board has no name, and keeps its place", () => {
    const { lanes } = lifeOf(told(close("03", "not_planned"), reopen("05")));
    expect(briefly(lanes, ({ name }) => name)).toEqual([
      ["Backlog", "01", "03"],
      [null, "03", "05"],
      ["Backlog", "05", null],
    ]);
  });

  test("cover all time from the creation to what is known, whatever happened", () => {
    fc.assert(
      fc.property(anyIssues, fc.integer({ min: on("01"), max: on("20") }), (issues, asOf) => {
        for (const timeline of issues) {
          const { lanes, sizes, createdAt } = lifeOf(timeline, { asOf });
          for (const list of [lanes, sizes]) {
            expect(list[0]?.from).toBe(createdAt);
            expect(list.at(-1)?.to).toBe(null);
            for (const [index, { to }] of list.slice(0, -1).entries()) expect(to).toBe(list[index + 1]?.from);
            for (const { from, to } of list) expect(to === null || from < to).toBe(true);
          }
          // Each stay is rounded by itself.
          const days = lanes.reduce((sum, lane) => sum + lane.days, 0);
          const all = (asOf + 1 - Date.parse(createdAt)) / 86_400_000;
          expect(Math.abs(days - all)).toBeLessThanOrEqual(0.005 * lanes.length + 1e-9);
        }
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  test("a day on which the clock goes back is longer, in the team's zone alone", () => {
    const at = Date.parse("2024-10-27T23:00Z");
    const timeline = timelineOf(1, Date.parse("2024-10-26T22:00Z"), [{ ...enter("01"), at }], {
      observedAt: Date.parse("2024-12-01T00:00Z"),
    });
    const asOf = Date.parse("2024-10-28T12:00Z");
    const berlin = lifeOf(timeline, { asOf, rules: { ...rules, timeZone: "Europe/Berlin", workdays: [7] } });
    expect(berlin.lanes[0]).toMatchObject({ name: "Backlog", days: 1.04, workingDays: 1.04 });
    const utc = lifeOf(timeline, { asOf, rules: { ...rules, workdays: [7] } });
    expect(utc.lanes[0]).toMatchObject({ days: 1.04, workingDays: 0.96 });
  });
});

describe("effort said in all", () => {
  const effortOf = (said: EffortText[], timeline = told(), more: Partial<IssueLifeInput> = {}) =>
    lifeOf(timeline, more, said).effort.map(({ at, days, source }) => [day(at), days, source]);

  test("each time that it changed, in the order of what it counts from", () => {
    expect(effortOf([comment(2, 1, "08", "/spend 4h"), comment(1, 1, "06", "/spend 1d")])).toEqual([
      ["06", 1, "by a comment"],
      ["08", 1.5, "by 2 comments"],
    ]);
  });

  test("nothing said is no row, and another comment without effort neither", () => {
    expect(effortOf([])).toEqual([]);
    expect(effortOf([comment(1, 1, "06", "spent the day on it"), comment(2, 1, "07", "")])).toEqual([]);
  });

  test("a label settles it, and taken off gives the word back to the comments", () => {
    const timeline = told(label("07", "actual: L"), unlabel("09", "actual: L"));
    expect(effortOf([comment(1, 1, "06", "/spend 3d")], timeline)).toEqual([
      ["06", 3, "by a comment"],
      ["07", 1, "by its label"],
      ["09", 3, "by a comment"],
    ]);
  });

  test("all that was said and is taken back leaves nothing, and says so", () => {
    const timeline = told(label("07", "actual: L"), unlabel("09", "actual: L"));
    expect(effortOf([], timeline)).toEqual([
      ["07", 1, "by its label"],
      ["09", 0, "by words taken back since"],
    ]);
    const again = [...["11", "12"].map((at, index) => label(at, `x${index}`)), label("13", "actual: M")];
    expect(
      effortOf([], told(label("07", "actual: L"), unlabel("09", "actual: L"), ...again)).slice(1),
    ).toEqual([
      ["09", 0, "by words taken back since"],
      ["13", 0.5, "by its label"],
    ]);
  });

  test("a comment that was deleted is taken back, as well known as its deletion", () => {
    const deletion = (provenance: "replayed" | "observed") => ({ at: on("09"), since: on("08"), provenance });
    for (const [provenance, known] of [
      ["replayed", "replayed"],
      ["observed", "inferred"],
    ] as const) {
      const said = [{ ...comment(1, 1, "06", "/spend 1d"), deleted: deletion(provenance) }];
      expect(lifeOf(told(), {}, said).effort).toMatchObject([
        { days: 1 },
        { at: "2024-05-09T00:00:00.000Z", days: 0, provenance: known },
      ]);
    }
  });

  test("is not told before it is known, and hours that cancel out are 0, not unknown", () => {
    expect(effortOf([comment(1, 1, "06", "/spend 1d")], told(), { asOf: on("05") })).toEqual([]);
    const said = [comment(1, 1, "06", "/spend 1d"), comment(2, 1, "07", "/spend -1d")];
    expect(effortOf(said)).toEqual([
      ["06", 1, "by a comment"],
      ["07", 0, "by 2 comments"],
    ]);
  });
});

describe("sprints", () => {
  test("those whose mark it carried, with when, by whom, and how many it was in before", () => {
    const { sprints } = lifeOf(
      told({ ...enter("03"), actor: null }, leave("12"), enter("12", 2), leave("13", 2), enter("14", 2)),
    );
    expect(
      sprints.map(({ number, depth, marked }) => [number, depth, briefly(marked, ({ actor }) => actor)]),
    ).toEqual([
      [1, 0, [[null, "03", "12"]]],
      [
        2,
        1,
        [
          ["ann", "12", "13"],
          ["ann", "14", null],
        ],
      ],
    ]);
  });

  test("a mark that was put on and off at one instant is none", () => {
    expect(lifeOf(told(enter("03"), leave("03"))).sprints).toEqual([]);
  });

  test("a mark put on after the sprint stands there, and one that nobody knows of yet does not", () => {
    const late = told(enter("15"));
    expect(lifeOf(late).sprints).toMatchObject([{ number: 1, depth: 0, marked: [{ to: null }] }]);
    expect(lifeOf(late, { asOf: on("14") }).sprints).toEqual([]);
    const left = lifeOf(told(enter("03"), leave("12")), { asOf: on("10") });
    expect(left.sprints).toMatchObject([{ marked: [{ to: null }] }]);
  });

  test("depth counts the sprints of the same team alone", () => {
    const mark = (name: string) => ({ by: "label" as const, name });
    const sprints = [
      sprintOf(1, { team: "api", mark: mark("api 1") }),
      sprintOf(1, { team: "web", mark: mark("web 1") }),
      sprintOf(2, { team: "web", mark: mark("web 2") }),
    ];
    const life = lifeOf(told(label("02", "api 1"), label("03", "web 1"), label("04", "web 2")), { sprints });
    expect(life.sprints.map(({ number, team, depth }) => [team, number, depth])).toEqual([
      ["api", 1, 0],
      ["web", 1, 0],
      ["web", 2, 1],
    ]);
  });
});

describe("what it is now", () => {
  test("title, labels and people of the last instant that is known", () => {
    const renamed: EventSpec = { at: "09", kind: "renamed", rename: { from: "Vorher „ä“", to: "Danach 🦊" } };
    const timeline = told(renamed, label("03", "ß"), label("04", "bug"), assign("05", "ana"));
    const { title, labels, assignees, state } = lifeOf(timeline);
    expect({ title, labels, assignees, state }).toEqual({
      title: "Danach 🦊",
      labels: ["bug", "ß"],
      assignees: ["ana"],
      state: "open",
    });
    expect(lifeOf(timeline, { asOf: on("08") }).title).toBe("Vorher „ä“");
  });

  test("of another kind than the team counts it has no flow, and keeps its sprints and sizes", () => {
    const pull = timelineOf(1, "01", [enter("03"), label("03", "size: M")], { pullRequest: true });
    const life = lifeOf(pull);
    expect(life.flow).toBe(null);
    expect(life.sprints).toHaveLength(1);
    expect(life.sizes.at(-1)).toMatchObject({ size: "M" });
    expect(present(lifeOf(pull, { rules: { ...rules, count: "pulls" } }).flow).sprints).toEqual([1]);
  });

  test("created after all that is known, it has just begun", () => {
    const life = lifeOf(timelineOf(1, "10", [close("11")]), { asOf: on("05") });
    expect(life).toMatchObject({
      state: "open",
      effort: [],
      sprints: [],
      lanes: [{ name: "Backlog", to: null }],
    });
  });

  test("links nowhere where the repository has no address, and knows nobody who is gone", () => {
    const life = lifeOf(timelineOf(1, "01", [], { author: null }), { links: false });
    expect([life.url, life.author]).toEqual(["", null]);
  });
});
