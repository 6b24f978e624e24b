import { expect, test } from "vitest";
import { label, on, rules, timelineOf, unlabel } from "../../testing/timelines.ts";
import { spentReader } from "./actual.ts";
import { parseSpend } from "./spend.ts";

test.each([
  ["/spend 1d 2h", 1.25],
  ["/spend 1d2h", 1.25],
  ["  /SPEND 30m", 0.0625],
  ["/spend 1,5 d", 1.5],
  ["Done at last.\n\n/spend 2h\n/spend 4h", 0.75],
  ["/spend 2h  \n/spend 2h", 0.5],
  ["- /spend 1d", 1],
  ["> /spend 1d\n\n/spend 2d", 2],
  ["/spend 0h", 0],
])("%j is %d days", (body, days) => {
  expect(parseSpend(body, 8)).toBe(days);
});

test.each([
  ["> /spend 1d"],
  ["```\n/spend 1d\n```"],
  ["    /spend 1d"],
  ["`/spend 1d`"],
  ["`code` /spend 1d"],
  ["<!-- /spend 1d -->"],
  ["please /spend 1d"],
  ["/spend"],
  ["/spend -1d"],
  ["/spend 1 week"],
  ["/spend 1d thereabouts"],
  ["/spending 1d"],
  [""],
])("%j says nothing of effort", (body) => {
  expect(parseSpend(body, 8)).toBe(null);
});

const comment = (id: number, at: string, body: string, updated = at) => ({
  id,
  issue: 1,
  at: on(at),
  updatedAt: on(updated),
  author: null,
  body,
});

test("comments are summed each once, from when they were written", () => {
  const twice = comment(1, "03", "/spend 1h");
  const read = spentReader([twice, comment(2, "05", "/spend 20m"), comment(3, "05", "thanks"), twice], rules);
  const issue = timelineOf(1, "01", []);
  expect(read(issue, on("02"))).toBe(null);
  expect(read(issue, on("04"))).toMatchObject({ days: 0.13, comments: 1, at: on("03") });
  expect(read(issue, on("06"))).toMatchObject({ days: 0.17, comments: 2, at: on("05"), eventId: null });
});

test("a label in force wins; taken off, the comments speak again", () => {
  const read = spentReader([comment(1, "03", "/spend 2d")], rules);
  const issue = timelineOf(1, "01", [
    label("04", "actual: M"),
    unlabel("06", "actual: M"),
    label("08", "actual: 3"),
  ]);
  const days = (at: string) => read(issue, on(at))?.days;
  expect([days("03"), days("05"), days("07"), days("09")]).toEqual([2, 0.5, 2, 3]);
  expect(read(issue, on("09"))).toMatchObject({ by: "label", eventId: 1002 });
});
