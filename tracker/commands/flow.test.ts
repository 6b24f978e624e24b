import { expect, test } from "vitest";
import type { Flow } from "../core/model/flow.ts";
import { labeled } from "../testing/backup-folder.ts";
import { backupTeam, member } from "../testing/backup-team.ts";

/** A task of sprint 1 that was begun and, where it says so, closed then. */
const task = (number: number, begun: string, closed?: string) => ({
  ...member(number, {
    updated: closed ?? begun,
    ...(closed === undefined ? {} : { closed }),
    events: [
      labeled(begun, "in progress"),
      ...(closed === undefined ? [] : [{ event: "closed", created_at: closed }]),
    ],
  }),
  labels: ["size: M", "in progress"],
});

/** Two tasks finished in sprint 1, one of them over a weekend, and one in progress. */
async function team() {
  const team = backupTeam();
  await team.sync("2026-03-12T12:00:00Z", [
    task(1, "2026-03-03T09:00:00Z", "2026-03-04T09:00:00Z"),
    task(2, "2026-03-06T12:00:00Z", "2026-03-10T12:00:00Z"),
    task(3, "2026-03-09T12:00:00Z"),
    member(4),
  ]);
  team.at("2026-03-12T12:00:00Z");
  return team;
}

test("a sprint's flow: times with and without the weekend, and what is still in progress", async () => {
  const { call } = await team();
  const flow: Flow = JSON.parse((await call("flow", "1", "--json")).out);
  expect(flow.schema).toBe("sprintcast/flow@1");
  expect(flow.finished.map(({ number, cycle }) => [number, cycle])).toEqual([
    [1, { days: 1, workingDays: 1 }],
    [2, { days: 4, workingDays: 2 }],
  ]);
  expect(flow.cycle).toEqual({
    tasks: 2,
    unknown: 0,
    days: { p50: 2.5, p85: 3.55, p95: 3.85 },
    workingDays: { p50: 1.5, p85: 1.85, p95: 1.95 },
  });
  expect(flow.ageing.map(({ number, lane, cycle, past }) => [number, lane, cycle, past])).toEqual([
    [3, "In progress", { days: 3, workingDays: 3 }, null],
  ]);
  expect(flow.sprint).toEqual({ number: 1, title: "Sprint 1", running: true });
});

test("every format tells the same tasks", async () => {
  const { call } = await team();
  const text = (await call("flow")).out;
  for (const words of ["Cycle time", "Throughput per week", "Ageing work in progress", "2 tasks finished"])
    expect(text).toContain(words);
  const csv = (await call("flow", "1", "--format", "csv")).out.trim().split("\n");
  expect(csv.map((line) => line.split(",").slice(0, 2).join(" "))).toEqual([
    "row issue",
    "finished 1",
    "finished 2",
    "in progress 3",
  ]);
  expect((await call("flow", "1", "--format", "md")).out).toContain("| Cycle time");
  expect((await call("flow", "--format", "html")).out.match(/<svg/g)).toHaveLength(4);
  for (const chart of ["times", "ageing", "throughput", "cumulative"])
    expect((await call("flow", "--format", "svg", "--chart", chart)).out).toMatch(/^<svg/);
});

test("an earlier instant tells what was known of then", async () => {
  const { call } = await team();
  const flow: Flow = JSON.parse((await call("flow", "1", "--json", "--at", "2026-03-09T00:00:00Z")).out);
  expect(flow.finished.map(({ number }) => number)).toEqual([1]);
  expect(flow.ageing.map(({ number }) => number)).toEqual([2]);
});

test.each([
  [["flow", "--weeks", "0"], "bad-number", "--weeks"],
  [["flow", "--weeks", "many"], "bad-number", "--weeks"],
  [["flow", "9"], "no-such-sprint", "there is no sprint 9"],
  [["flow", "1", "--at", "yesterday"], "bad-instant", "--at"],
  [["flow", "2"], "before-sprint", "sprint 2 begins"],
])("%j is refused as wrong usage", async (args, _, words) => {
  const { call } = await team();
  const { code, err } = await call(...args);
  expect([code, err]).toEqual([2, expect.stringContaining(words)]);
});
