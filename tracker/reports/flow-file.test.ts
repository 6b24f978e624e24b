import { join } from "node:path";
import { expect, test } from "vitest";
import { readContent } from "../content/read.ts";
import type { Flow } from "../core/model/flow.ts";
import { labeled } from "../testing/backup-folder.ts";
import { type BackupTeam, backupTeam, member } from "../testing/backup-team.ts";

const begun = {
  ...member(1, { updated: "2026-03-03T09:00:00Z", events: [labeled("2026-03-03T09:00:00Z", "in progress")] }),
  labels: ["size: M", "in progress"],
};

const syncAt = async (team: BackupTeam, at: string, issues = [begun]) => {
  await team.sync(at, issues);
  team.at(at);
};

const kept = (team: BackupTeam): Flow => JSON.parse(team.read("reports/flow.json"));

test("freeze keeps the flow for the website, and writes it anew once a day or where there is news", async () => {
  const team = backupTeam();
  await syncAt(team, "2026-03-05T08:00:00Z");
  expect((await team.call("freeze", "--preview")).out).toContain("flow.json written");
  const first = kept(team);
  expect(first.ageing.map(({ number, cycle }) => [number, cycle.days])).toEqual([[1, 1.96]]);
  await syncAt(team, "2026-03-05T17:00:00Z");
  expect((await team.call("freeze", "--preview")).out).not.toContain("flow.json");
  expect(kept(team)).toEqual(first);
  const closed = "2026-03-05T17:30:00Z";
  const done = {
    ...begun,
    closed,
    updated: closed,
    events: [...(begun.events ?? []), { event: "closed", created_at: closed }],
  };
  await syncAt(team, "2026-03-05T18:00:00Z", [done]);
  expect((await team.call("freeze", "--preview")).out).toContain("flow.json written");
  expect(kept(team).finished.map(({ number }) => number)).toEqual([1]);
  await syncAt(team, "2026-03-06T08:00:00Z", [done]);
  expect((await team.call("freeze", "--preview")).out).toContain("flow.json written");
});

test("a flow that no program wrote is named with what is wrong", async () => {
  const team = backupTeam();
  await syncAt(team, "2026-03-05T08:00:00Z");
  team.write("reports/flow.json", '{"schema":"sprintcast/flow@1"}');
  const { code, err } = await team.call("flow");
  expect(code).toBe(3);
  expect(err).toContain("flow.json");
  expect(err).toContain("finished: is missing");
  team.write("reports/flow.json", "{");
  expect((await team.call("flow")).err).toContain("is not valid JSON");
});

test("the flow of a team that has no sprint any more is not shown, and is named", async () => {
  const team = backupTeam();
  await syncAt(team, "2026-03-05T08:00:00Z");
  await team.call("freeze", "--preview");
  team.write("reports/flow-old.json", JSON.stringify({ ...kept(team), team: "Old" }));
  const { flows, unread } = await readContent(join(team.folder, "content"));
  expect(flows.map((flow) => flow.team)).toEqual([undefined]);
  expect(unread.map(({ why }) => why)).toEqual(["no sprint is of the team Old"]);
});

test("the forecast for the sprint that runs is kept with it, or why there is none; of one that is over nothing", async () => {
  const team = backupTeam();
  await syncAt(team, "2026-03-05T08:00:00Z");
  await team.call("freeze", "--preview");
  const { forecast } = kept(team);
  expect(forecast).toMatchObject({
    sprint: { number: 1 },
    refused: { reason: "too few periods" },
    howMany: null,
    when: null,
  });
  const { out } = await team.call("forecast", "--sprint", "1", "--json");
  expect(forecast).toEqual(JSON.parse(out));
  expect((await readContent(join(team.folder, "content"))).flows[0]?.forecast).toEqual(forecast);
  await syncAt(team, "2026-04-20T08:00:00Z");
  await team.call("freeze", "--preview");
  expect(kept(team)).not.toHaveProperty("forecast");
});
