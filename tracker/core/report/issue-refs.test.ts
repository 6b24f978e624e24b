import { expect, test } from "vitest";
import { reportOn, sized } from "../../testing/report-on.ts";
import { enter, sprintOf, timelineOf } from "../../testing/timelines.ts";
import { keyAt, repositoriesOf } from "../model/repositories.ts";
import { changedBasis } from "./basis.ts";
import { asNamedIn, keyOfRef, withRefs } from "./issue-refs.ts";

test("what blocks an issue is called by its repository, in lists, spans and on boards", () => {
  const waits = (by: number | string) => ({ at: "07", kind: "blocked_by_added", relation: by });
  const inWeb = keyAt(1, 7);
  const report = reportOn([
    sized(1, "M", enter("02"), waits(inWeb), waits(7), waits("elsewhere/lib#7")),
    timelineOf(7, "01", []),
    timelineOf(inWeb, "01", []),
  ]);
  const told = withRefs(report, repositoriesOf(["acme/api", "acme/web"]));
  const all = ["api#7", "web#7", "elsewhere/lib#7"];
  expect(told.blocked).toMatchObject([{ ref: "api#1", blockedBy: all, spans: [{ by: all }] }]);
  const cards = told.boards.end.lanes.flatMap((lane) => lane.cards);
  expect(cards.find(({ ref }) => ref === "api#1")?.blockedBy).toEqual(all);
  expect(JSON.stringify(told.blocked)).not.toMatch(/\d{9}/);
  expect(withRefs(report, repositoriesOf(["acme/api"]))).toBe(report);
});

const two = repositoriesOf(["acme/api", "acme/web"]);

test("numbers of sprints and of milestones in settings are no issues", () => {
  const sprint = sprintOf(1, { mark: { by: "milestone", title: "1", number: 1 } });
  const report = reportOn([sized(1, "M", enter("02"))], { sprint, sprints: [sprint] });
  const told = withRefs(report, two);
  expect(told.settings).toEqual(report.settings);
  expect(told.sprint).toEqual(report.sprint);
  expect(changedBasis(report, told)).toEqual([]);
});

test("a value that names no issue comes out as it went in", () => {
  const odd = { at: null, list: [null, "web#1", 7], by: "ana", number: null, issue: "12", deep: { n: [{}] } };
  expect(withRefs(odd, two)).toEqual(odd);
  expect(withRefs(null, two)).toBe(null);
  expect(withRefs([], two)).toEqual([]);
});

test("every issue of a report is found again by the name that it was given", () => {
  const keys = [keyAt(0, 3), keyAt(1, 3), keyAt(1, 999_999)];
  for (const key of keys) {
    const { number, ref } = withRefs({ number: key } as { number: number; ref?: string }, two);
    expect(keyOfRef({ number, ...(ref === undefined ? {} : { ref }) }, two, "acme/api")).toBe(key);
  }
  expect(keyOfRef({ number: null }, two, "acme/api")).toBe(null);
  expect(keyOfRef({ number: 3, ref: "elsewhere/lib#3" }, two, "acme/api")).toBe(null);
});

test("a bare number is of the report's own repository, and of the first where that is called otherwise by now", () => {
  expect(keyOfRef({ number: 3 }, two, "acme/web")).toBe(keyAt(1, 3));
  expect(keyOfRef({ number: 3 }, two, "acme/old-name")).toBe(3);
});

test("a report of one repository goes on calling its issues by number, and those of others by name", () => {
  const { refOf } = asNamedIn({ repository: "acme/web" }, two);
  expect([refOf(keyAt(1, 3)), refOf(keyAt(0, 3))]).toEqual([undefined, "api#3"]);
  const both = asNamedIn({ repository: "acme/web", repositories: [] }, two);
  expect(both.refOf(keyAt(1, 3))).toBe("web#3");
});
