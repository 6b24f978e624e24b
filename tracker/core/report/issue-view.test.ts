import { describe, expect, test } from "vitest";
import {
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
import { present } from "../model/present.ts";
import type { Rules } from "../model/rules.ts";
import { parseSize } from "./estimate.ts";
import { type BoardRules, compileRules, viewAt } from "./issue-view.ts";
import { labelTest } from "./label-test.ts";
import { markTest } from "./membership.ts";

const boardRules = compileRules(rules, markTest(sprintOf(1).mark, []));
const laneAt = (told: EventSpec[], at: string, through: BoardRules = boardRules) =>
  viewAt(timelineOf(1, "01", told), on(at), through)?.lane;

describe("the lane at an instant", () => {
  const story = [
    enter("02"),
    label("04", "in progress"),
    close("06"),
    reopen("07"),
    close("08", "not_planned"),
    reopen("09"),
    unlabel("09", "in progress"),
    label("10", "freezebox"),
    leave("11"),
  ];

  test.each([
    ["01", "Backlog"],
    ["02", "Sprint"],
    ["05", "In progress"],
    ["06", "Done"],
    ["07", "In progress"],
    ["08", "Freezebox"],
    ["09", "Sprint"],
    ["10", "Freezebox"],
    ["11", undefined],
  ])("on day %s: %s", (day, lane) => {
    expect(laneAt(story, day) ?? undefined).toBe(lane);
  });

  test("before it was created there is nothing to see", () => {
    expect(viewAt(timelineOf(1, "05", []), on("04"), boardRules)).toBe(null);
  });

  test("a duplicate is dropped work, and so is done work that was put into the freezebox", () => {
    expect(laneAt([enter("02"), close("03", "duplicate")], "04")).toBe("Freezebox");
    expect(laneAt([enter("02"), close("03"), label("04", "Freezebox")], "05")).toBe("Freezebox");
  });

  test("done outside of the sprint stands nowhere", () => {
    expect(laneAt([close("03")], "04")).toBe(null);
  });

  test("rules that do not ask for membership still draw no outsiders onto the board", () => {
    const plain: Rules = {
      ...rules,
      lanes: [
        { name: "Todo", role: "backlog", when: { state: "open" } },
        { name: "Doing", role: "progress", when: { state: "open", assigned: true } },
        { name: "Done", role: "done", when: { state: "closed" } },
      ],
    };
    const through = compileRules(plain, boardRules.isMember);
    const assigned: EventSpec = { at: "03", kind: "assigned", assignee: "ann" };
    expect(laneAt([assigned], "04", through)).toBe("Todo");
    expect(laneAt([assigned, enter("03")], "04", through)).toBe("Doing");
    expect(laneAt([assigned, close("03")], "04", through)).toBe(null);
  });

  test("done can be a label or a status instead of a state", () => {
    const shipped: Rules = {
      ...rules,
      lanes: [
        { name: "Sprint", role: "sprint", when: { member: true } },
        { name: "Shipped", role: "done", when: { labels: ["status: ship*"] } },
      ],
    };
    const view = viewAt(
      timelineOf(1, "01", [enter("02"), label("03", "Status: Shipped")]),
      on("04"),
      compileRules(shipped, boardRules.isMember),
    );
    expect(view).toMatchObject({ lane: "Shipped", done: true, state: "open" });
  });
});

describe("how a view is known", () => {
  const known = (told: EventSpec[], labels: string[], at: string) =>
    viewAt(timelineOf(1, "01", told, { labels }), on(at), boardRules)?.provenance;

  test("a label that no rule asks for weakens nothing, a size does", () => {
    expect(known([label("02", "bug")], ["bug", "good first issue"], "05")).toBe("replayed");
    expect(known([], ["size: M"], "05")).toBe("inferred");
    expect(known([], ["freezebox"], "05")).toBe("inferred");
  });

  test("doubt about a size that vanished without an event is carried by every view until then", () => {
    expect(known([label("02", "size: M")], [], "01T12:00")).toBe("replayed");
    expect(known([label("02", "size: M")], [], "05")).toBe("unknown");
    expect(known([label("02", "bug")], [], "05")).toBe("replayed");
  });
});

describe("sizes", () => {
  test.each([
    ["size: M", "M", 0.5],
    ["Size:l", "L", 1],
    ["size: 2.5", "2.5", 2.5],
    ["size: 2,5 days", "2,5", 2.5],
    ["size: 3d", "3", 3],
  ])("%s", (name, size, days) => {
    expect(parseSize(name, "size: ", rules)).toEqual({ name: size, days });
  });

  test.each([
    "size",
    "size: ",
    "size: XXL",
    "size: -1",
    "size: 1e9",
    "resize: M",
    "size: M or L",
    "size: constructor",
  ])("%s is none", (name) => {
    expect(parseSize(name, "size: ", rules)).toBe(null);
  });

  test("the size at an instant is the one put on last, and the earlier one when it is taken off again", () => {
    const issue = timelineOf(1, "01", [
      label("02", "size: S"),
      label("04", "size: L"),
      unlabel("06", "size: L"),
      unlabel("08", "size: S"),
    ]);
    const sizes = ["01", "03", "05", "07", "09"].map(
      (day) => viewAt(issue, on(day), boardRules)?.size?.days ?? null,
    );
    expect(sizes).toEqual([null, 0.1, 1, 0.1, null]);
  });
});

describe("membership", () => {
  const moved = (key: string, value: string) => ({ attribute: "milestone" as const, key, value });
  const titles = [
    { number: 4, titles: ["Next", "Sprint 4"] },
    { number: 5, titles: ["Next"] },
  ];

  test("a milestone by number, or by any title it ever had", () => {
    const byNumber = markTest({ by: "milestone", title: "", number: 4 }, titles);
    expect([moved("4", "Next"), moved("4", "Sprint 4"), moved("5", "Next")].map(byNumber)).toEqual([
      true,
      true,
      false,
    ]);
    const byTitle = markTest({ by: "milestone", title: "Sprint 4", number: null }, titles);
    expect([moved("4", "Next"), moved("5", "Next")].map(byTitle)).toEqual([true, false]);
  });

  test("a title that two milestones had means the one that has it now", () => {
    const mark = { by: "milestone", title: "Next", number: null } as const;
    const both = [moved("4", "Next"), moved("5", "Next")];
    expect(both.map(markTest(mark, titles))).toEqual([true, true]);
    const now = titles.map((m) => ({ ...m, current: present(m.titles.at(-1)) }));
    expect(both.map(markTest(mark, now))).toEqual([false, true]);
  });

  test("a milestone that nobody knows any more is known by the title in its events", () => {
    const test = markTest({ by: "milestone", title: "Gone", number: null }, titles);
    expect([moved("title:Gone", "Gone"), moved("title:Other", "Other")].map(test)).toEqual([true, false]);
  });

  test("labels in any case, by present and former name; a star in a mark is a star", () => {
    const of = (key: string, value = key) => ({ attribute: "label" as const, key, value });
    const test = markTest({ by: "label", name: "Sprint*" }, []);
    expect([of("sprint*"), of("Iteration", "SPRINT*"), of("Sprint 1")].map(test)).toEqual([
      true,
      true,
      false,
    ]);
    expect([of("Sprint 1"), of("sprint"), of("x")].map(labelTest(["Sprint*"]))).toEqual([true, true, false]);
  });

  test("a Projects v2 status or iteration", () => {
    const test = markTest({ by: "status", field: "Status", value: "Sprint 4" }, []);
    expect(test({ attribute: "status", key: "Sprint 4", value: "Sprint 4" })).toBe(true);
    expect(test({ attribute: "label", key: "Sprint 4", value: "Sprint 4" })).toBe(false);
    const iteration = markTest({ by: "iteration", title: "Sprint 4" }, []);
    expect(iteration({ attribute: "iteration", key: "Sprint 4", value: "Sprint 4" })).toBe(true);
    expect(iteration({ attribute: "status", key: "Sprint 4", value: "Sprint 4" })).toBe(false);
  });
});
