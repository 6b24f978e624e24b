import { describe, expect, test } from "vitest";
import { on, rules } from "../../testing/timelines.ts";
import type { EffortText } from "../model/event.ts";
import { readEffort, saidIn, sourceOf } from "./said.ts";

const hour = 3_600_000;
const written = on("08T10:00");
const text = (body: string, more: Partial<EffortText> = {}): EffortText => ({
  id: 1,
  issue: 1,
  at: written,
  updatedAt: written,
  author: "ann",
  body,
  ...more,
});
const daysAndTimes = (body: string, more: Partial<EffortText> = {}, timeZone = "UTC") =>
  readEffort(text(body, more), { ...rules, timeZone }).said.map(({ days, at }) => [days, at]);

describe("when a line counts from", () => {
  test("from when it was written, without a day", () => {
    expect(daysAndTimes("/spend 1d")).toEqual([[1, written]]);
  });

  test("from noon of the day that it names, in the team's zone, though it was written later", () => {
    expect(daysAndTimes("/spend 1d 2024-05-06")).toEqual([[1, on("06T12:00")]]);
    expect(daysAndTimes("/spend 1d 2024-05-06", {}, "Asia/Tokyo")).toEqual([[1, on("06T12:00") - 9 * hour]]);
    expect(daysAndTimes("/spend 1d 2024-05-06", {}, "America/New_York")).toEqual([
      [1, on("06T12:00") + 4 * hour],
    ]);
  });

  test("never later than it was written: noon of that day may be still to come", () => {
    expect(daysAndTimes("/spend 1d 2024-05-08")).toEqual([[1, written]]);
    expect(daysAndTimes("/spend 1d 2024-05-09")).toEqual([[1, written]]);
  });

  test("twelve hours after midnight where the clock goes forward that day", () => {
    const spring = { at: on("31"), updatedAt: on("31") };
    expect(daysAndTimes("/spend 1d 2024-03-31", spring, "Europe/Berlin")).toEqual([
      [1, Date.parse("2024-03-30T23:00Z") + 12 * hour],
    ]);
  });
});

describe("a day that is still to come", () => {
  test.each([
    ["2024-05-09", true],
    ["2024-05-10", false],
    ["2042-05-08", false],
  ])("%s, told on the 8th, counts: %s", (day, counts) => {
    const { said, unread } = readEffort(text(`/spend 1d ${day}`), rules);
    expect(said).toHaveLength(counts ? 1 : 0);
    expect(unread).toEqual(counts ? [] : [{ line: `/spend … ${day}`, why: "that day was still to come" }]);
  });

  test("is judged by when the line was last edited", () => {
    const edited = { updatedAt: on("09T10:00") };
    expect(daysAndTimes("/spend 1d 2024-05-10", edited)).toEqual([[1, written]]);
  });
});

describe("an issue's own text", () => {
  const earlier = (...bodies: [string, string][]) => bodies.map(([at, body]) => ({ at: on(at), body }));

  test("a line was written when the text first had it", () => {
    const versions = earlier(["03", "/spend 1d"], ["05", "/spend 1d\n/spend 2d"]);
    expect(daysAndTimes("/spend 2d\n/spend 1d\n/spend 3d", { earlier: versions })).toEqual([
      [2, on("05")],
      [1, on("03")],
      [3, written],
    ]);
  });

  test("the same line twice was written twice, each at its own time", () => {
    const versions = earlier(["03", "/spend 1d"]);
    expect(daysAndTimes("/spend 1d\n/spend 1d", { earlier: versions })).toEqual([
      [1, on("03")],
      [1, written],
    ]);
  });

  test("words around it, or another way to write the same, do not make it new", () => {
    const versions = earlier(["03", "Done.\n\n/spend 8h so far"]);
    expect(daysAndTimes("/spent 1d", { earlier: versions })).toEqual([[1, on("03")]]);
  });

  test("a version without any effort gives nothing", () => {
    expect(daysAndTimes("", { earlier: earlier(["03", "/spend 1d"]) })).toEqual([]);
    expect(daysAndTimes("/spend 1d", { earlier: earlier(["03", ""]) })).toEqual([[1, written]]);
  });
});

test("what cannot be read is named, unless its comment is gone and cannot be mended", () => {
  const broken = text("/spend a lot\n/spend 1d 2024-06-30");
  expect(readEffort(broken, rules).unread).toHaveLength(2);
  const deleted = { at: on("09"), since: on("09"), provenance: "replayed" as const };
  expect(readEffort({ ...broken, deleted }, rules)).toEqual({ said: [], unread: [] });
});

describe("everything said", () => {
  test("is kept by issue and by pull request, and each text counts once", () => {
    const said = saidIn(
      [
        text("/spend 1d"),
        text("/spend 1d"),
        text("/spend 2d", { id: 2 }),
        text("/spend 3d", { pull: 7 }),
        text("/spend 4d", { issue: 2 }),
        text("no effort", { issue: 3 }),
      ],
      rules,
    );
    expect([...said].map(([key, found]) => [key, found.map(({ days }) => days)])).toEqual([
      ["1:", [1, 2]],
      ["1:7", [3]],
      ["2:", [4]],
    ]);
  });
});

test.each([
  [[1], null, "by a comment"],
  [[1, 1], null, "by a comment"],
  [[1, 2], null, "by 2 comments"],
  [[-1], null, "by its text"],
  [[1, -1, -1], null, "by a comment and its text"],
  [[1, 2, -1], "#7", "by 2 comments and the text of #7"],
  [[0], "web#7", "by a comment of web#7"],
])("texts %j of %j are named: %s", (ids, pull, words) => {
  const found = ids.map((id) => ({ id, days: 1, at: 0, knownAt: 0, deleted: null }));
  expect(sourceOf(found, pull)).toBe(words);
});
