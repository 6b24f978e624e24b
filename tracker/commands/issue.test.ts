import { expect, test } from "vitest";
import type { IssueLife } from "../core/model/issue-life.ts";
import { commented, labeled, milestoned } from "../testing/backup-folder.ts";
import { backupTeam, member, sprintTwo } from "../testing/backup-team.ts";

/** An issue of sprint 1 that grew, was carried over into sprint 2, took a day and a half, and was done. */
async function carried() {
  const team = backupTeam();
  const closed = "2026-03-18T09:00:00Z";
  const issue = {
    ...member(7, {
      closed,
      updated: closed,
      events: [
        labeled("2026-03-04T09:00:00Z", "in progress"),
        { event: "unlabeled", created_at: "2026-03-05T09:00:00Z", label: { name: "size: M" } },
        labeled("2026-03-05T09:00:00Z", "size: L"),
        commented("2026-03-06T09:00:00Z", "/spend 1d"),
        { event: "demilestoned", created_at: "2026-03-15T09:00:00Z", milestone: { title: "Sprint 1" } },
        milestoned("2026-03-15T09:00:00Z", "Sprint 2"),
        commented("2026-03-17T09:00:00Z", "/spend 4h"),
        { event: "closed", created_at: closed },
      ],
    }),
    labels: ["in progress", "size: L"],
    milestone: sprintTwo,
  };
  await team.sync("2026-03-30T12:00:00Z", [issue, member(8)]);
  team.at("2026-03-30T12:00:00Z");
  return team;
}

test("every sprint that it was in, with what it counted as there", async () => {
  const { call } = await carried();
  const life: IssueLife = JSON.parse((await call("issue", "7", "--json")).out);
  expect(life.schema).toBe("sprintcast/issue@1");
  expect(life.sprints.map(({ number, depth }) => [number, depth])).toEqual([
    [1, 0],
    [2, 1],
  ]);
  for (const { number, counted } of life.sprints)
    for (const { figure, days, why } of counted) {
      const { rows } = JSON.parse((await call("explain", String(number), figure, "--json")).out);
      expect(rows, figure).toContainEqual(expect.objectContaining({ number: 7, days, why }));
    }
  const figures = life.sprints.map(({ counted }) =>
    counted.filter(({ days }) => days !== null).map(({ figure, days }) => `${figure} ${days}`),
  );
  expect(figures).toEqual([
    [
      "committed 0.5",
      "reestimated 0.5",
      "final 1",
      "notCompleted 1",
      "actual 1",
      "actualShare 1",
      "estimationError 0",
      "carriedOver 1",
    ],
    expect.arrayContaining(["committed 1", "completed 1", "actual 0.5"]),
  ]);
});

test("its lanes without a gap, its sizes, and its effort", async () => {
  const { call } = await carried();
  const life: IssueLife = JSON.parse((await call("issue", "#7", "--json")).out);
  expect(life.lanes.map(({ name, days }) => [name, days])).toEqual([
    ["Backlog", 7],
    ["Sprint", 5],
    ["In progress", 14],
    ["Done", 12.13],
  ]);
  for (const [index, lane] of life.lanes.entries())
    expect(lane.from).toBe(index === 0 ? life.createdAt : life.lanes[index - 1]?.to);
  expect(life.sizes.map(({ size, days }) => [size, days])).toEqual([
    [null, null],
    ["M", 0.5],
    ["L", 1],
  ]);
  expect(life.effort.map(({ days, source }) => [days, source])).toEqual([
    [1, "by a comment"],
    [1.5, "by 2 comments"],
  ]);
  expect(life.flow?.cycle).toEqual({ days: 14, workingDays: 10 });
  const text = (await call("issue", "7")).out;
  for (const words of ["#7 Task 7", "Lead time 26 days", "committed 0.5 d", "by 2 comments"])
    expect(text).toContain(words);
});

test("a frozen report says what it counted as then", async () => {
  const { call } = await carried();
  await call("freeze", "1");
  const frozen: IssueLife = JSON.parse((await call("issue", "7", "--json")).out);
  expect(frozen.sprints.map((sprint) => sprint.frozen)).toEqual([true, false]);
  expect(frozen.sprints[0]?.counted.length).toBeGreaterThan(3);
});

test.each([
  ["seven", "is no issue number"],
  ["999", "there is no issue #999"],
])("issue %s is wrong usage", async (text, words) => {
  const { call } = await carried();
  expect(await call("issue", text)).toMatchObject({ code: 2, err: expect.stringContaining(words) });
});

test("reports of sprints that it was never in count it all the same, and no report is missed", async () => {
  const team = backupTeam();
  const between = "2026-03-14T09:00:00Z";
  const outside = {
    number: 5,
    created: "2026-03-10T09:00:00Z",
    closed: between,
    updated: between,
    events: [{ event: "closed", created_at: between }],
  };
  const debt = {
    number: 6,
    created: "2026-02-20T09:00:00Z",
    updated: "2026-02-20T09:00:00Z",
    labels: ["technical debt"],
    events: [labeled("2026-02-20T09:00:00Z", "technical debt")],
  };
  await team.sync("2026-03-30T12:00:00Z", [outside, debt, member(8)]);
  team.at("2026-03-30T12:00:00Z");
  const countedIn = async (number: string) => {
    const life: IssueLife = JSON.parse((await team.call("issue", number, "--json")).out);
    return life.sprints.map((sprint) => [sprint.number, sprint.counted.map(({ figure }) => figure)]);
  };
  expect(await countedIn("5")).toEqual([
    [1, ["finishedOutside"]],
    [2, ["finishedBefore"]],
  ]);
  const debts = await countedIn("6");
  expect(debts.map(([sprint]) => sprint)).toEqual([1, 2]);
  for (const [, figures] of debts) expect(figures).toContain("debtOpen");
});

test.each([
  ["2026-03-11T12:00:00Z", "still open", true],
  ["2026-03-16T12:00:00Z", "carried over", false],
])("at %s an open task of sprint 1 counts as %s", async (at, counted, running) => {
  const team = backupTeam();
  await team.sync(at, [member(1, { updated: "2026-02-27T09:00:00Z" })]);
  team.at(at);
  const life: IssueLife = JSON.parse((await team.call("issue", "1", "--json")).out);
  expect(life.sprints.map((sprint) => sprint.running)).toEqual([running]);
  const { out } = await team.call("issue", "1");
  expect(out).toContain(counted);
  expect(out).toContain("work not begun.");
  expect(out).toContain("; label size: M.");
});
