import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { labeled } from "../../testing/backup-folder.ts";
import { backupTeam, member, sprintOne } from "../../testing/backup-team.ts";
import type { Check } from "./check.ts";

type Team = ReturnType<typeof backupTeam>;
const checksOf = async (team: Team, name: string): Promise<Check[]> => {
  const { checks } = JSON.parse((await team.call("doctor", "--json")).out) as { checks: Check[] };
  return checks.filter((check) => check.name === name);
};
const sprintWith = (milestone: string): string =>
  `---\nnumber: 1\ntitle: Sprint 1\ngoal: Go\nfirstDay: 2026-03-02\nlastDay: 2026-03-13\nmilestone: ${milestone}\n---\n`;

test("labels that look like estimates and are not read are named, with what to do", async () => {
  const team = backupTeam({ settings: "sizes: { S: 0.1, XL: 2 }\n" });
  const labels = [
    "size: XL",
    "size: 3pt",
    "size: 1,000",
    "size: 1-2",
    "estimate: 3",
    "5 SP",
    "M",
    "bug",
    "actual: ?",
  ];
  await team.sync("2026-03-20T00:00:00Z", [member(1, { labels })]);
  const found = (await checksOf(team, "sizes")).map(({ verdict, found, hint }) => [verdict, found, hint]);
  const look = (label: string) => `"${label}" (1 issue) looks like an estimate and is not read`;
  const tried = expect.stringMatching(/^Labels such as size: S are read/);
  expect(found).toEqual([
    ["fine", "estimates are read from size: XL", undefined],
    ["look", look("size: 3pt"), expect.stringContaining("sizes: { 3pt: … }")],
    ["look", look("size: 1,000"), expect.stringContaining("one or a thousand")],
    ["look", look("size: 1-2"), expect.stringContaining("no one size")],
    ["look", look("estimate: 3"), tried],
    ["look", look("5 SP"), tried],
    ["look", look("M"), tried],
  ]);
});

test("a label since deleted was seen, and is not offered for one that never was", async () => {
  const team = backupTeam({ settings: "labels: { debt: [old debt, olt debt] }\n" });
  const events = [
    labeled("2026-03-03T09:00:00Z", "old debt"),
    { event: "unlabeled", created_at: "2026-03-04T09:00:00Z", label: { name: "old debt" } },
  ];
  await team.sync("2026-03-20T00:00:00Z", [member(1, { events })]);
  const checks = await checksOf(team, "labels");
  const found = checks.flatMap(({ found, hint }) => (found.includes("debt") ? [[found, hint]] : []));
  expect(found).toEqual([
    [
      '"olt debt" stands for technical debt, but no such label was ever seen',
      "Add the label on GitHub, or change it in settings.yml.",
    ],
  ]);
});

test("what init wrote and nobody changed is named", async () => {
  const team = backupTeam();
  rmSync(join(team.folder, "content"), { recursive: true });
  await team.call("init", "--repo", "octo/rocket");
  expect(await checksOf(team, "content")).toContainEqual({
    name: "content",
    verdict: "look",
    found: "sprints/01.md: the goal is still the one that init wrote",
  });
});

const twelve = { number: 4, title: "12" };
const other = { number: 12, title: "Beta" };

test.each([
  [
    "a title first",
    "12",
    [twelve, other],
    "look",
    /means the milestone "12" \(number 4\) by its title, not .*"Beta"/,
    4,
  ],
  [
    "the number where no title is so",
    "12",
    [sprintOne, other],
    "fine",
    /means the milestone number 12, "Beta"/,
    12,
  ],
  ["a title in quotes is a title", '"12"', [sprintOne, other], "mend", /has no milestone "12"/, null],
  ["neither", "12", [sprintOne], "mend", /no milestone 12, neither as title nor as number/, null],
  ["a title", "Beta", [twelve, other], "fine", /^milestone "Beta"$/, 12],
])("milestone: %s", async (_, written, milestones, verdict, found, taken) => {
  const team = backupTeam({ milestones });
  team.write("sprints/01.md", sprintWith(written));
  await team.sync(
    "2026-03-20T00:00:00Z",
    milestones.map((milestone) => member(milestone.number, { milestone })),
  );
  expect(await checksOf(team, "sprint 1")).toMatchObject([{ verdict, found: expect.stringMatching(found) }]);
  const report = JSON.parse((await team.call("report", "1", "--json")).out);
  expect(report.explanations.committed.map(({ number }: { number: number }) => number)).toEqual(
    taken === null ? [] : [taken],
  );
});

test("a milestone that is renamed keeps the sprint that named it by its title", async () => {
  const team = backupTeam({ milestones: [twelve, other] });
  team.write("sprints/01.md", sprintWith("12"));
  const issue = member(1, { milestone: twelve });
  await team.sync("2026-03-20T00:00:00Z", [issue]);
  const renamed = { number: 4, title: "Sprint twelve" };
  const later = { ...issue, milestone: renamed, updated: "2026-03-21T00:00:00Z" };
  await team.sync("2026-03-22T00:00:00Z", [later], [renamed, other]);
  expect(await checksOf(team, "sprint 1")).toMatchObject([
    { verdict: "look", found: expect.stringMatching(/means the milestone "Sprint twelve" \(number 4\)/) },
  ]);
  expect(JSON.parse((await team.call("report", "1", "--json")).out).effort.counts.committed).toBe(1);
});
