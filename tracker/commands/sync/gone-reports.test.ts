import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../../program.ts";
import { openStore } from "../../store/open.ts";
import { type BackupIssue, backupRepository } from "../../testing/backup-folder.ts";
import { backupTeam, member } from "../../testing/backup-team.ts";
import { remove, servedFromBackup } from "../../testing/github/repository.ts";
import { quietIo } from "../../testing/quiet-io.ts";
import { ioFor, quick, serve } from "../../testing/sync-rig.ts";
import { syncGitHub } from "./github.ts";

/** A team whose history came from a backup on 1 March, and comes from GitHub since. */
async function teamOnGitHub(events: BackupIssue["events"] = []) {
  const team = backupTeam();
  const updated = "2026-02-27T09:00:00Z";
  const issues: BackupIssue[] = [
    ...[1, 2, 3].map((number) => member(number, { updated, ...(number === 3 ? { events } : {}) })),
    { number: 4, created: "2026-02-20T09:00:00Z", closed: "2026-02-21T09:00:00Z" },
  ];
  await team.sync("2026-03-01T09:00:00Z", issues);
  const served = await servedFromBackup(join(team.folder, "backup"), backupRepository);
  let now = Date.parse("2026-03-01T10:00:00Z");
  const double = await serve(served, { now: () => now });
  mkdirSync(join(team.folder, ".sprintcast"), { recursive: true });
  const store = openStore(join(team.folder, ".sprintcast/sprintcast.db"));
  onTestFinished(() => store.close());
  const told = async (...args: string[]) => JSON.parse((await team.call(...args, "--json")).out);
  return {
    ...team,
    served,
    told,
    issues,
    url: double.url,
    clock: (instant: string) => {
      now = Date.parse(instant);
    },
    async github(instant: string) {
      now = Date.parse(instant);
      return syncGitHub(store, backupRepository, ioFor(double), quick);
    },
  };
}

const board = (told: { lanes: { cards: { number: number }[] }[] }): number[] =>
  told.lanes.flatMap(({ cards }) => cards.map(({ number }) => number)).sort();

test("what is gone leaves the sprint from then on, keeps its past, and is named wherever somebody looks", async () => {
  const team = await teamOnGitHub();
  await team.github("2026-03-02T10:00:00Z");
  remove(team.served, 1, "transferred");
  await team.github("2026-03-04T10:00:00Z");
  remove(team.served, 2, "deleted");
  const { gone } = await team.github("2026-03-06T10:00:00Z");
  expect(gone.map(({ issue, found }) => [issue, found])).toEqual([[2, "deleted"]]);
  await team.github("2026-03-20T10:00:00Z");

  const { effort, removed, carriedOver, changes } = await team.told("report", "1");
  expect(effort).toMatchObject({ committed: 1.5, removed: 1, final: 0.5 });
  expect(removed).toMatchObject([
    { number: 1, reason: "transferred", at: "2026-03-04T10:00:00.000Z" },
    { number: 2, reason: "deleted", at: "2026-03-06T10:00:00.000Z" },
  ]);
  expect(carriedOver.map(({ number }: { number: number }) => number)).toEqual([3]);
  expect(changes.map(({ what }: { what: string }) => what)).toEqual([
    "transferred to another repository",
    "deleted",
  ]);
  expect(board(await team.told("board", "1", "--at", "start"))).toEqual([1, 2, 3]);
  expect(board(await team.told("board", "1", "--at", "2026-03-05T00:00:00Z"))).toEqual([2, 3]);
  expect(board(await team.told("board", "1", "--at", "end"))).toEqual([3]);
  const numbersAt = async (at: string) =>
    (await team.told("state", "--at", at)).issues.map(({ number }: { number: number }) => number);
  expect(await numbersAt("2026-03-03T00:00:00Z")).toEqual([1, 2, 3, 4]);
  expect(await numbersAt("2026-03-20T00:00:00Z")).toEqual([3, 4]);
  const { checks } = await team.told("doctor");
  const found = checks.filter(({ name }: { name: string }) => name === "gone");
  expect(found.map(({ found: text }: { found: string }) => text.slice(0, 28))).toEqual([
    '#1 "Task 1" was transferred ',
    '#2 "Task 2" was deleted betw',
  ]);
});

test("the command says what it found gone, in words and as JSON, and ends well", async () => {
  const team = await teamOnGitHub();
  await team.github("2026-03-02T10:00:00Z");
  remove(team.served, 2, "deleted");
  team.clock("2026-03-04T10:00:00Z");
  const io = quietIo({ cwd: team.folder, now: 0, env: { GITHUB_API_URL: team.url } });
  expect(await run(["sync", "--json"], io, "0.0.0")).toBe(0);
  const { gone, notices } = JSON.parse(io.printed.out);
  const [since, at] = ["2026-03-02T10:00:00.000Z", "2026-03-04T10:00:00.000Z"];
  expect(gone).toEqual([{ number: 2, how: "deleted", since, at }]);
  expect(notices).toHaveLength(1);
  expect(io.printed.err).toContain(
    `note: #2 "Task 2" was deleted between 2026-03-02T10:00:00Z and 2026-03-04T10:00:00Z:`,
  );
});

test("what a backup knows and GitHub's first whole listing lacks is gone, closed or open, and its effort with it", async () => {
  const said = { event: "commented", id: 900, created_at: "2026-02-27T08:00:00Z", body: "/spend 2d" };
  const team = await teamOnGitHub([said]);
  expect((await team.told("report", "1")).effort.actual).toBe(2);
  remove(team.served, 1, "deleted");
  remove(team.served, 4, "transferred");
  team.served.comments = [];
  const { gone, requests } = await team.github("2026-03-04T10:00:00Z");
  expect(gone.map(({ issue, found }) => [issue, found])).toEqual([
    [1, "deleted"],
    [4, "transferred"],
  ]);
  // Milestones, labels, issues, open ones, events, comments; one question for each that is gone, one for the comments,
  // and whether the repository is there, in which one is not.
  // Two more where an issue leads elsewhere: whether it is the repository that moved, and what stands there.
  expect(requests).toBe(12);
  await team.github("2026-03-20T10:00:00Z");
  expect((await team.told("report", "1")).effort.actual).toBeNull();
});

test("a backup that still holds its file brings nothing back, and one that lacks a file proves nothing", async () => {
  const team = await teamOnGitHub();
  await team.github("2026-03-02T10:00:00Z");
  remove(team.served, 1, "deleted");
  await team.github("2026-03-04T10:00:00Z");
  expect((await team.sync("2026-03-20T10:00:00Z", team.issues)).code).toBe(0);
  expect(board(await team.told("board", "1", "--at", "end"))).toEqual([2, 3]);

  const other = backupTeam();
  await other.sync("2026-03-03T10:00:00Z", [member(1), member(2)]);
  const fresh = backupTeam();
  await fresh.sync("2026-03-20T10:00:00Z", [member(2)]);
  const folder = join(fresh.folder, "backup");
  expect((await other.call("sync", "--backup", folder)).code).toBe(0);
  const { lanes } = JSON.parse((await other.call("board", "1", "--at", "end", "--json")).out);
  expect(board({ lanes })).toEqual([1, 2]);
});
