import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createAnswerCheck } from "../testing/github/check-answers.ts";
import { wholeEvent, wholeReference } from "../testing/github/objects.ts";
import { commandLine, january, team, teamName } from "../testing/project-rig.ts";
import { serve } from "../testing/sync-rig.ts";

const type = (name: string) => ({ id: 1, name, color: "red" });

/** Issues 1, 3 and 5 are in the sprint of 5 to 18 January; 1 waits for 2 and for another repository's 4. */
async function synced(settings: string) {
  const { served } = team(6);
  let id = 100;
  const told = (number: number, day: number, kind: string, payload: object) => {
    const issue = served.issues[number - 1] as object;
    const event = { id: ++id, event: kind, created_at: january(day), actor: { login: "ana" }, ...payload };
    served.events.push(wholeEvent(event, issue as Record<string, unknown>));
  };
  told(1, 3, "issue_type_added", { issue_type: type("Bug") });
  told(3, 3, "issue_type_added", { issue_type: type("Bug") });
  told(3, 8, "issue_type_changed", { issue_type: type("Debt"), prev_issue_type: type("Bug") });
  told(1, 6, "blocked_by_added", { blocked_by: wholeReference(teamName, 2) });
  told(1, 8, "blocked_by_removed", { blocked_by: wholeReference(teamName, 2) });
  told(5, 17, "blocked_by_added", { blocked_by: wholeReference("acme/elsewhere", 4) });
  told(4, 7, "closed", { state_reason: "completed" });
  for (const issue of served.issues) issue.type = null;
  Object.assign(served.issues[0] as object, { type: { ...type("Bug"), node_id: "T_1", description: null } });
  Object.assign(served.issues[2] as object, { type: { ...type("Debt"), node_id: "T_2", description: null } });
  Object.assign(served.issues[3] as object, { state: "closed", closed_at: january(7) });
  const check = createAnswerCheck();
  const odd: string[] = [];
  const double = await serve(served, { onAnswer: (kind, items) => odd.push(...check(kind, items)) });
  const line = commandLine(double, { settings, sprint: "milestone: Sprint 1\n" });
  expect(await line.call("sync")).toBe(0);
  expect(odd).toEqual([]);
  const json = async (...args: string[]) => {
    expect(await line.call(...args, "--json")).toBe(0);
    return line.out() as never;
  };
  return { ...line, json };
}

const typedLanes = `types: { debt: [DEBT] }
lanes:
  - { name: Backlog, role: backlog, when: { state: open, member: false } }
  - { name: Sprint, role: sprint, when: { state: open, member: true } }
  - { name: Bugs, role: progress, when: { state: open, member: true, type: [bug] } }
  - { name: Done, role: done, when: { state: closed } }
`;

interface ToldCard {
  number: number;
  type?: string;
  blockedBy?: unknown[];
  blockedDays?: number;
}

test("types and dependencies from GitHub's own events stand on boards and in the report", async () => {
  const { json, call, io } = await synced(typedLanes);
  const lanesAt = async (at: string) => {
    const { lanes } = (await json("board", "1", "--at", at)) as {
      lanes: { name: string; cards: ToldCard[] }[];
    };
    return Object.fromEntries(lanes.map(({ name, cards }) => [name, cards.map((card) => card.number)]));
  };
  expect(await lanesAt("2026-01-04T12:00:00Z")).toMatchObject({ Bugs: [1, 3], Sprint: [5] });
  expect(await lanesAt("2026-01-09T12:00:00Z")).toMatchObject({ Bugs: [1], Sprint: [3, 5] });

  const report = (await json("report", "1")) as {
    blocked: ToldCard[];
    debt: { opened: ToldCard[]; open: number };
    provenance: Record<string, string>;
  };
  expect(
    report.blocked.map(({ number, blockedDays, blockedBy }) => [number, blockedDays, blockedBy]),
  ).toEqual([
    [1, 2, [2]],
    [5, 1.5, ["acme/elsewhere#4"]],
  ]);
  expect(report.provenance).toMatchObject({ blocked: "inferred", committed: "replayed" });
  expect([report.debt.opened.map(({ number }) => number), report.debt.open]).toEqual([[3], 1]);

  await call("board", "1", "--at", "2026-01-17T18:00:00Z");
  expect(io.printed.out).toContain("blocked by");
  await call("board", "1", "--at", "2026-01-17T18:00:00Z", "--format", "csv");
  expect(io.printed.out).toMatch(/5,Issue 5,.*acme\/elsewhere#4/);
  await call("report", "1");
  expect(io.printed.out).toMatch(/Blocked tasks {2}2 tasks/);
  expect(io.printed.out).toContain("waited 2 days for #2");
  await call("explain", "1", "blockedDays");
  expect(io.printed.out).toMatch(/3\.5 calendar days/);
  expect(io.printed.out).toContain("waited for acme/elsewhere#4");
});

test("a type of debt or of a lane that is misspelt in kind is named", async () => {
  const { call, io, folder } = await synced(typedLanes);
  for (const wrong of ["types: { debt: Debt }", "types: { dept: [Debt] }", "types: [Debt]"]) {
    writeFileSync(
      join(folder, "content/settings.yml"),
      `repository: ${teamName}\ntimeZone: Etc/UTC\n${wrong}\n`,
    );
    expect(await call("report", "1"), wrong).toBe(3);
    expect(io.printed.err).toContain("types");
  }
});
