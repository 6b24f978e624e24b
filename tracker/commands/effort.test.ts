import { expect, test } from "vitest";
import { type BackupIssue, commented, labeled } from "../testing/backup-folder.ts";
import { backupTeam, member, pull } from "../testing/backup-team.ts";

async function teamWith(issues: BackupIssue[]) {
  const team = backupTeam();
  const synced = await team.sync("2026-03-20T00:00:00Z", issues);
  const actual = async () => JSON.parse((await team.call("report", "1", "--json")).out).effort.actual;
  return { ...team, synced, actual };
}

test("effort in the issue's text and on the pull request that closes it is counted", async () => {
  const { actual, call } = await teamWith([
    member(1, { body: "Do it.\n\n/estimate 2d\n/spend 4h\n" }),
    member(2),
    pull(3, {
      title: "Fix #2",
      body: "/spend 2h",
      events: [commented("2026-03-05T09:00:00Z", "/spend 1d")],
    }),
    pull(4, {
      body: "Closes #2",
      labels: ["actual: L"],
      events: [labeled("2026-03-06T09:00:00Z", "actual: L")],
    }),
    member(5, { events: [labeled("2026-03-06T09:00:00Z", "actual: 4h")], labels: ["size: M"] }),
  ]);
  expect(await actual()).toBe(0.5 + 1.25 + 1 + 0.5);
  const { out } = await call("explain", "1", "actual");
  expect(out).toMatch(/by its text/);
  expect(out).toMatch(/by a comment and the text of #3 and by the label of #4/);
});

test("a text that is edited later moves nothing that was said before", async () => {
  const before = member(1, { body: "/spend 4h" });
  const { sync, call } = await teamWith([before]);
  await sync("2026-03-21T00:00:00Z", [
    { ...before, body: "/spend 4h\n/spend 1d", updated: "2026-03-20T18:00:00Z" },
  ]);
  const { out } = await call("report", "1", "--json");
  expect(JSON.parse(out).effort.actual).toBe(0.5);
});

test("older folders of a backup, before or after the newest, change nothing in a report", async () => {
  const late = { updated: "2026-03-12T09:00:00Z" };
  const said = commented("2026-03-05T09:00:00Z", "/spend 1d");
  const older = [member(1, { body: "/spend 2h" }), pull(2, { body: "Fixes #1\n/spend 1h" })];
  const newer = [
    member(1, { ...late, body: "/spend 2h", events: [said] }),
    pull(2, { ...late, body: "Fixes #1\n/spend 1h" }),
  ];
  const folders = { older: ["2026-03-08T00:00:00Z", older], newer: ["2026-03-20T00:00:00Z", newer] } as const;
  const told = async (...order: (keyof typeof folders)[]) => {
    const { sync, call } = backupTeam();
    for (const name of order)
      expect(await sync(folders[name][0], folders[name][1])).toMatchObject({ code: 0 });
    return JSON.parse((await call("report", "1", "--json")).out);
  };
  const alone = await told("newer");
  expect([alone.effort.actual, alone.provenance.actual]).toEqual([1.38, "replayed"]);
  expect(await told("older", "newer")).toEqual(alone);
  expect(await told("newer", "older")).toEqual(alone);
});

test("what cannot be read is named by sync and by doctor, safe for a terminal", async () => {
  const hostile = "/spend \u001b[31mred";
  const { synced, call, sync } = await teamWith([
    member(1, { events: [commented("2026-03-05T09:00:00Z", "/spend 1mo")] }),
    member(2, { body: "Text.\n\n/spend a while" }),
    member(3, { events: [commented("2026-03-05T09:00:00Z", hostile)] }),
    member(4, { events: [commented("2026-03-05T09:00:00Z", "/spend 1h\n\n> /spend a lot")] }),
    pull(5, { title: "Tidy", body: "/spend 1h" }),
    pull(6, { title: "Fix #1", body: "fixes #2\n\n/spend 1h" }),
    member(7, { labels: ["actual: lots"], events: [labeled("2026-03-06T09:00:00Z", "actual: lots")] }),
  ]);
  const doctor = await call("doctor");
  for (const text of [synced.err, doctor.out]) {
    expect(text).toMatch(/#1: "\/spend 1mo" is not read: expected weeks/);
    expect(text).toMatch(/#2: "\/spend a while" is not read/);
    expect(text).toMatch(/#3: "\/spend .*red" is not read/);
    expect(text).toMatch(/#5: its effort is not counted/);
    expect(text).toMatch(/#6: .* counted for #1, which it names first/);
    expect(text).toMatch(/"actual: lots" is not read as effort/);
    expect(text).not.toMatch(/#4|a lot"/);
    expect(text).not.toContain("\u001b");
  }
  const again = await sync("2026-03-20T00:00:00Z", []);
  expect(again.err).toBe("");
});
