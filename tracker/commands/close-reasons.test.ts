import { expect, test } from "vitest";
import { backupTeam, member } from "../testing/backup-team.ts";

const closed = (number: number, reason: string) =>
  member(number, {
    closed: "2026-03-10T10:00:00Z",
    reason,
    events: [{ event: "closed", created_at: "2026-03-10T10:00:00Z", state_reason: reason }],
  });

test("a reason that GitHub has added since counts as done, marked as inferred, and doctor names it", async () => {
  const team = backupTeam();
  await team.sync("2026-04-01T00:00:00Z", [
    ...[1, 2, 3, 4, 5, 6].map((number) => closed(number, "superseded")),
    closed(7, "completed"),
    closed(8, "duplicate"),
  ]);
  const { issues } = JSON.parse((await team.call("state", "--at", "2026-03-12T00:00:00Z", "--json")).out);
  expect(issues.map((issue: { stateReason: string }) => issue.stateReason)).toEqual([
    ...Array(6).fill("superseded"),
    "completed",
    "duplicate",
  ]);
  const report = JSON.parse((await team.call("report", "1", "--json")).out);
  expect(report.effort).toMatchObject({ completed: 3.5, frozen: 0.5 });
  // What is not surely done may have been dropped.
  expect([report.provenance.completed, report.provenance.frozen]).toEqual(["inferred", "inferred"]);
  const { out } = await team.call("doctor");
  expect(out).toContain('6 issues closed as "superseded"');
  expect(out).toContain("#1, #2, #3, #4, #5, …");
});

test("known reasons weaken no figure, and doctor says nothing of them", async () => {
  const team = backupTeam();
  await team.sync("2026-04-01T00:00:00Z", [closed(1, "completed"), closed(2, "not_planned")]);
  const report = JSON.parse((await team.call("report", "1", "--json")).out);
  expect(report.provenance.completed).toBe("replayed");
  expect((await team.call("doctor")).out).not.toContain("closed as");
});
