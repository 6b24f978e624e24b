import { describe, expect, test } from "vitest";
import { randomHistory } from "../../testing/random-history.ts";
import { reportOn, reportsOfHistory, sized } from "../../testing/report-on.ts";
import {
  assign,
  close,
  convert,
  type EventSpec,
  enter,
  label,
  leave,
  on,
  reopen,
  rules,
  timelineOf,
  unassign,
  unlabel,
} from "../../testing/timelines.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { present } from "../model/present.ts";
import type { Report } from "../model/report.ts";
import type { ReportInput } from "./compute-report.ts";

/** What the report says of one issue that was in the sprint from before its start, in size M. */
function told(events: EventSpec[], more: Partial<ReportInput> = {}, timeline?: IssueTimeline): Report {
  return reportOn([timeline ?? sized(1, "M", enter("02"), ...events)], more);
}

const wordsOf = ({ changes }: Report) => changes.map(({ kind, what }) => `${kind}: ${what}`);

/** Number of the event among those handed to `told`, which come after the size and the sprint. */
const nth = (index: number) => 1000 + 2 + index;

describe("what happened to a card, in words", () => {
  test.each<[string, EventSpec[], string[]]>([
    ["closed", [close("07")], ["lane: Sprint → Done"]],
    ["closed as not planned", [close("07", "not_planned")], ["frozen: closed as not planned"]],
    ["closed as a duplicate", [close("07", "duplicate")], ["frozen: closed as duplicate"]],
    ["converted", [convert("07")], ["frozen: converted to a discussion"]],
    ["labelled as dropped", [label("07", "freezebox")], ["frozen: put into the freezebox"]],
    [
      "labelled as dropped when it was done",
      [close("07"), label("08", "freezebox")],
      ["lane: Sprint → Done", "frozen: put into the freezebox"],
    ],
    [
      "out of the freezebox and open again",
      [close("07", "not_planned"), reopen("08")],
      ["frozen: closed as not planned", "lane: Freezebox → Sprint"],
    ],
    ["off the sprint", [leave("07")], ["left: left the sprint"]],
    [
      "off and on again",
      [leave("07"), enter("08")],
      ["left: left the sprint", "entered: entered the sprint"],
    ],
    ["off and on within one instant", [leave("07"), enter("07")], []],
    ["closed and reopened within one instant", [close("07"), reopen("07")], []],
    ["given to somebody", [assign("07", "ana")], ["assigned: assigned to ana"]],
    ["taken from the last", [assign("03", "ana"), unassign("07", "ana")], ["assigned: nobody assigned"]],
    ["a label that means nothing", [label("07", "bug"), unlabel("08", "bug")], []],
    [
      "another size",
      [unlabel("07", "size: M"), label("07", "size: L")],
      ["estimate: re-estimated 0.5 d → 1 d"],
    ],
    ["no size", [unlabel("07", "size: M")], ["estimate: re-estimated 0.5 d → no size"]],
    ["another size of the same weight", [unlabel("07", "size: M"), label("07", "size: 0.5")], []],
    [
      "another title",
      [{ at: "07", kind: "renamed", rename: { from: "Old “one”", to: "Task 1" } }],
      ["renamed: renamed from “Old “one””"],
    ],
  ])("%s", (_, events, words) => {
    expect(wordsOf(told(events))).toEqual(words);
  });

  test("one person taken off and put on again is no change, in whichever order the others stand", () => {
    const all = [assign("03", "ana"), assign("03T01:00", "ben"), assign("03T02:00", "cem")];
    expect(wordsOf(told([...all, unassign("07", "ana"), assign("07", "ana")]))).toEqual([]);
    expect(wordsOf(told([...all, unassign("07", "ana"), assign("07", "dan")]))).toEqual([
      "assigned: assigned to ben, cem, dan",
    ]);
  });

  test("a pull request that was closed without a merge is not called planned or unplanned", () => {
    const pull = timelineOf(1, "01", [enter("02"), close("07", null)], { pullRequest: true });
    const report = told([], { rules: { ...rules, count: "pulls" } }, pull);
    expect(wordsOf(report)).toEqual(["frozen: closed without a merge"]);
    expect(report.freezebox).toMatchObject([{ reason: "closed without a merge" }]);
  });

  test("sizes in points are called so, one of them in the singular", () => {
    const points = { ...rules, unit: "points" as const, sizes: { S: 1, M: 3 } };
    const report = told([unlabel("07", "size: M"), label("07", "size: S")], { rules: points });
    expect(wordsOf(report)).toEqual(["estimate: re-estimated 3 points → 1 point"]);
  });

  test("created in it is not entered later, and gone is not left", () => {
    const born = timelineOf(1, "07", [enter("07")]);
    expect(wordsOf(told([], {}, born))).toEqual(["entered: created in the sprint"]);
    for (const [found, words] of [
      ["transferred", "left: transferred to another repository"],
      ["deleted", "left: deleted"],
    ] as const) {
      const gone = timelineOf(1, "01", [enter("02")], {}, [{ at: on("08"), found }]);
      expect(wordsOf(told([], {}, gone))).toEqual([words]);
    }
  });

  test("what happens at the very start or the very end is not of the sprint", () => {
    expect(wordsOf(told([close("06"), reopen("11")]))).toEqual([]);
    expect(wordsOf(told([close("06T00:01"), reopen("10T23:59")]))).toHaveLength(2);
  });
});

describe("the event behind a change, where several happened at once", () => {
  test.each<[string, EventSpec[], number]>([
    ["closing, not a label put on with it", [label("07", "aaa"), close("07")], 1],
    ["the lane's label, not another", [label("07", "aaa"), label("07", "in progress")], 1],
    [
      "closing, not the lane's label taken off with it",
      [label("03", "in progress"), unlabel("07", "in progress"), close("07")],
      2,
    ],
    ["the freezebox, not a lane", [label("07", "in progress"), label("07", "freezebox")], 1],
    ["the freezebox, not another label", [label("07", "aaa"), label("07", "freezebox")], 1],
    ["closing as dropped, not the label", [label("07", "freezebox"), close("07", "not_planned")], 1],
    ["the size put on, not the one taken off", [unlabel("07", "size: M"), label("07", "size: L")], 1],
    ["a size taken off where none was put on", [label("07", "aaa"), unlabel("07", "size: M")], 1],
    [
      "the newer size taken off, which gives way to the older",
      [label("03", "size: L"), label("07", "aaa"), unlabel("07", "size: L")],
      2,
    ],
    ["the mark, not what came with it", [label("07", "aaa"), leave("07")], 1],
  ])("%s", (_, events, index) => {
    const { changes, replay } = told(events);
    expect(changes.map(({ eventId }) => eventId)).toEqual([nth(index)]);
    expect(replay.moves.at(-1)?.eventId).toBe(nth(index));
  });

  test("the type or the person, where lanes ask for them", () => {
    const asking = (when: { type?: string[]; assigned?: boolean }) => ({
      rules: {
        ...rules,
        lanes: rules.lanes.map((one) =>
          one.role === "progress" ? { ...one, when: { state: "open" as const, member: true, ...when } } : one,
        ),
      },
    });
    const typed: EventSpec = { at: "07", kind: "issue_type_added", type: { from: null, to: "Bug" } };
    const [byType] = told([label("07", "aaa"), typed], asking({ type: ["bug"] })).changes;
    expect(byType).toMatchObject({ what: "Sprint → In progress", eventId: nth(1) });
    const [byPerson] = told([label("07", "aaa"), assign("07", "ana")], asking({ assigned: true })).changes;
    expect(byPerson).toMatchObject({ what: "Sprint → In progress", eventId: nth(1) });
  });

  test("an account that is gone is nobody, and its event is still named", () => {
    expect(told([{ ...close("07"), actor: null }]).changes).toMatchObject([{ actor: null, eventId: nth(0) }]);
  });
});

describe("the replay of a board", () => {
  test("begins with every card that stood on it, and lists cards by the order they were handed in", () => {
    const { replay } = reportOn([sized(2, "M", enter("02")), sized(1, "S", enter("02"), close("07"))]);
    expect(replay.cards.map(({ number }) => number)).toEqual([2, 1]);
    expect(replay.moves.map(({ number, lane, what, at }) => [number, lane, what, at.slice(8, 10)])).toEqual([
      [1, "Sprint", "on the board at the start", "06"],
      [2, "Sprint", "on the board at the start", "06"],
      [1, "Done", "Sprint → Done", "07"],
    ]);
  });

  test("a title of the time stands on moves made under it alone", () => {
    const renamed: EventSpec = { at: "08", kind: "renamed", rename: { from: "Früher 🦊", to: "Task 1" } };
    const { replay } = told([label("07", "in progress"), renamed, close("09")]);
    expect(replay.moves.map(({ lane, title }) => [lane, title])).toEqual([
      ["Sprint", "Früher 🦊"],
      ["In progress", "Früher 🦊"],
      ["In progress", undefined],
      ["Done", undefined],
    ]);
    expect(replay.cards.map(({ title }) => title)).toEqual(["Task 1"]);
  });

  test("links nowhere where the repository has no address", () => {
    expect(told([], { links: false }).replay.cards.map(({ url }) => url)).toEqual([""]);
  });

  test("moves rise in time, and the newest of each card is where the board at the end has it", () => {
    for (let seed = 1; seed <= 100; seed += 1)
      for (const { replay, boards, changes } of reportsOfHistory(randomHistory(seed))) {
        const ats = replay.moves.map(({ at }) => at);
        expect(ats).toEqual(ats.toSorted());
        expect(changes.map(({ at }) => at)).toEqual(changes.map(({ at }) => at).toSorted());
        const stands = new Map(replay.moves.map((move) => [move.number, move]));
        for (const { number } of replay.cards) {
          const lane = boards.end.lanes.find(
            ({ cards, role }) => role !== "backlog" && cards.some((c) => c.number === number),
          );
          const last = stands.get(number)?.lane ?? null;
          const isBacklog = boards.end.lanes.some(({ name, role }) => name === last && role === "backlog");
          if (!isBacklog) expect(last, `seed ${seed}, #${number}`).toBe(lane?.name ?? null);
        }
      }
  });

  test("every change between lanes is a move to the same lane at the same instant", () => {
    for (let seed = 1; seed <= 100; seed += 1)
      for (const { replay, changes } of reportsOfHistory(randomHistory(seed)))
        for (const { number, at, from, to, eventId } of changes) {
          if (from === undefined || from === to) continue;
          const move = present(replay.moves.findLast((one) => one.number === number && one.at === at));
          expect(move, `seed ${seed}, #${number} at ${at}`).toMatchObject({ lane: to, eventId });
        }
  });
});
