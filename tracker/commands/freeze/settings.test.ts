import { expect, test } from "vitest";
import { freezeReport } from "../../core/report/freeze.ts";
import { labeled } from "../../testing/backup-folder.ts";
import { type BackupTeam, backupTeam, member } from "../../testing/backup-team.ts";

const settings = (more: string) => `repository: acme/shop\ntimeZone: Europe/Berlin\n${more}`;
const done = { closed: "2026-03-10T10:00:00Z" };

/** A team of which sprint 1 is frozen. */
async function frozenTeam(): Promise<BackupTeam> {
  const team = backupTeam();
  await team.sync("2026-04-01T00:00:00Z", [member(1, done), member(2)]);
  expect((await team.call("freeze", "1")).out).toContain("frozen in");
  return team;
}

const later = {
  ...done,
  updated: "2026-04-02T10:00:00Z",
  labels: ["size: L"],
  events: [labeled("2026-02-27T09:00:00Z", "size: L")],
};

test.each([
  ["sizes", "sizes: { S: 0.1, M: 0.6, L: 1 }\n", "(sizes) change these figures"],
  ["a label", 'labels: { freezebox: ["size: M"] }\n', "(labels) change these figures"],
  ["what counts", "count: pulls\n", "(count) change these figures"],
])("a restatement after a change of %s says that settings did it", async (_, more, told) => {
  const team = await frozenTeam();
  team.write("settings.yml", settings(more));
  const { out } = await team.call("freeze", "1");
  expect(out).toContain("Settings that were changed after the freeze");
  expect(out).toContain(told);
  expect((await team.call("freeze", "1")).out).toContain("is up to date");
  expect((await team.call("freeze", "--check")).err).not.toContain("Settings");
});

test("so does one after a change of the sprint's file", async () => {
  const team = await frozenTeam();
  const file = team.read("sprints/01.md");
  team.write("sprints/01.md", file.replace("lastDay: 2026-03-13", "lastDay: 2026-03-09"));
  expect((await team.call("freeze", "1")).out).toContain("(end) change these figures");
  team.write("sprints/01.md", file.replace("goal:", "capacityDays: 12\ngoal:"));
  expect((await team.call("freeze", "1")).out).toContain("(capacityDays) change these figures");
});

test("settings that change no figure restate nothing, and history alone is called so", async () => {
  const team = await frozenTeam();
  team.write("settings.yml", settings("sizes: { S: 0.2, M: 0.5, L: 1 }\n"));
  expect((await team.call("freeze", "1")).out).toContain("is up to date");
  const untouched = await frozenTeam();
  await untouched.sync("2026-04-03T00:00:00Z", [member(1, later), member(2)]);
  const { out } = await untouched.call("freeze", "1");
  expect(out).toContain("History that was learned after the freeze changes these figures");
});

test("a report that did not keep its settings tells by its cards what a size was worth", async () => {
  const team = await frozenTeam();
  const { settings: _, ...old } = JSON.parse(team.read("reports/01.json"));
  team.write("reports/01.json", JSON.stringify(freezeReport(old, old.frozen.at)));
  expect((await team.call("freeze", "1")).out).toContain("is up to date");
  team.write("settings.yml", settings("sizes: { S: 0.1, M: 0.6, L: 1 }\n"));
  expect((await team.call("freeze", "1")).out).toContain("(sizes) change these figures");
});
