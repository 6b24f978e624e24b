import { join } from "node:path";
import { expect, test } from "vitest";
import { openHistoryFile } from "../../store/open.ts";
import { asked, held, teamForTest } from "../../testing/team-of-three.ts";
import { threeNames } from "../../testing/three-repositories.ts";

test("one sync reads all of them, one after the other, and says a line about each", async () => {
  const ours = teamForTest();
  const { double } = await ours.gitHub();
  const { code, out, err } = await ours.call("sync");
  expect([code, err]).toEqual([0, ""]);
  const lines = out.trim().split("\n");
  expect(lines.map((line) => line.split(":")[0])).toEqual(threeNames);
  for (const line of lines)
    expect(line).toMatch(/: new: \d+ issues?, .*\. 6 requests, 0 unchanged\. \d+\.\d s$/);
  expect([...new Set(asked(double.log))]).toEqual(threeNames);
  expect(held(ours)).toEqual([
    ["acme/api", 4],
    ["acme/web", 5],
    ["acme/infra", 3],
  ]);
});

test("as many requests are sent for each as for a repository by itself", async () => {
  /** Requests of a first sync, of one that finds nothing new, and of one after an issue was changed. */
  const requestsOf = async (names: readonly string[]): Promise<Record<string, number>> => {
    const ours = teamForTest(names);
    const { double, repositories } = await ours.gitHub();
    const rounds: Record<string, number> = {};
    const round = async (name: string, at: string) => {
      ours.at(at);
      const before = double.log.length;
      expect((await ours.call("sync")).code).toBe(0);
      rounds[name] = double.log.length - before;
    };
    await round("first", "2026-04-10T09:00:00Z");
    await round("quiet", "2026-04-11T09:00:00Z");
    for (const served of repositories) {
      const issue = served.issues.find(({ number }) => number === 2) ?? expect.fail();
      issue.updated_at = "2026-04-11T12:00:00Z";
      served.events.push({
        id: 9_000_000,
        event: "renamed",
        created_at: "2026-04-11T12:00:00Z",
        actor: { login: "dev" },
        rename: { from: "Task 2", to: "Another" },
        issue,
      });
      issue.title = "Another";
    }
    await round("active", "2026-04-12T09:00:00Z");
    return rounds;
  };
  const alone = await Promise.all(threeNames.map((name) => requestsOf([name])));
  const together = await requestsOf(threeNames);
  const table = [...alone, together].map((rounds, index) => ({
    repositories: threeNames[index]?.toString() ?? "all three",
    ...rounds,
  }));
  console.table(table);
  for (const round of ["first", "quiet", "active"])
    expect(together[round]).toBe(alone.reduce((sum, rounds) => sum + (rounds[round] ?? 0), 0));
  expect(together.quiet).toBeLessThanOrEqual(3 * 6);
});

test("a repository that was renamed is followed, and found by both names", async () => {
  const ours = teamForTest();
  const before = await ours.gitHub();
  await ours.call("sync");
  const report = (await ours.call("report", "1", "--json")).out;
  await before.double.close();
  // The first that is served is the one that moved.
  await ours.gitHub(["acme/backend", "acme/web", "acme/infra"], { formerly: "acme/api" });
  const moved = await ours.call("sync");
  expect(moved.code).toBe(0);
  expect(moved.err).toContain("acme/api is now acme/backend: change it in content/settings.yml");
  expect(held(ours).map(([name]) => name)).toEqual(["acme/backend", "acme/web", "acme/infra"]);
  // Until the settings say so, it is called as they do; once they do, by its new name.
  const again = await ours.call("sync");
  expect(again.err).toContain("acme/api is now acme/backend");
  expect((await ours.told("report", "1")).effort).toEqual(JSON.parse(report).effort);
  ours.settings(["acme/backend", "acme/web", "acme/infra"]);
  expect((await ours.call("sync")).err).toBe("");
  const renamed = await ours.told("report", "1");
  expect(renamed.effort).toEqual(JSON.parse(report).effort);
  expect(renamed.done.map(({ ref }: { ref: string }) => ref)).toEqual(["backend#1", "web#2"]);
});

test("repositories join a database that was one's, and its frozen report stays what it was", async () => {
  const ours = teamForTest(["acme/api"]);
  await ours.gitHub(threeNames);
  await ours.call("sync");
  const alone = await ours.told("report", "1");
  expect(alone.repositories).toBeUndefined();
  expect(alone.done).toMatchObject([{ number: 1 }]);
  expect(JSON.stringify(alone)).not.toContain('"ref"');
  expect((await ours.call("freeze", "1")).code).toBe(0);
  const frozen = ours.read("content/reports/01.json");

  ours.settings(threeNames);
  const joined = await ours.call("sync");
  expect(joined.out).toMatch(/acme\/api: nothing new/);
  expect(joined.out).toMatch(/acme\/web: new: 4 issues/);
  for (const args of [
    ["freeze", "1"],
    ["freeze", "--check"],
    ["report", "1"],
  ])
    expect(await ours.call(...args), args.join(" ")).toMatchObject({
      err: expect.not.stringContaining("differs"),
    });
  expect(ours.read("content/reports/01.json")).toBe(frozen);
  expect((await ours.told("report", "1")).effort).toEqual(alone.effort);
  // The next sprint is over all of them.
  expect((await ours.told("report", "2")).repositories).toHaveLength(3);
  // And whoever leaves the list is read no more, though the database still holds it.
  ours.settings(["acme/api"]);
  expect(await ours.told("report", "1")).toEqual({ ...JSON.parse(frozen) });
  expect((await ours.told("report", "2")).repositories).toBeUndefined();
});

test("one of them is read by itself with --repo, and another database is none of theirs", async () => {
  const ours = teamForTest();
  await ours.gitHub();
  const only = await ours.call("sync", "--repo", "ACME/web");
  expect(only).toMatchObject({ code: 0, err: "" });
  expect(held(ours)).toEqual([["acme/web", 5]]);
  const stranger = await ours.call("sync", "--repo", "acme/other");
  expect(stranger.code).toBe(2);
  expect(stranger.err).toContain("holds the history of acme/web, not of acme/other");
  ours.settings(["octo/one", "octo/two"]);
  const others = await ours.call("sync");
  expect(others.code).toBe(2);
  expect(others.err).toContain("holds the history of acme/web, not of octo/one");
  const reading = await ours.call("report", "1");
  expect(reading.code).toBe(3);
  expect(reading.err).toMatch(
    /it has the history of acme\/web, but settings\.yml names octo\/one, octo\/two/,
  );
});

test("a folder of a backup for each is what GitHub says", async () => {
  const ours = teamForTest();
  const dirs = threeNames.map((name) => ours.backup(name));
  const { code, out, err } = await ours.call("sync", ...dirs.flatMap((dir) => ["--backup", dir]));
  expect([code, err]).toEqual([0, ""]);
  expect(
    out
      .trim()
      .split("\n")
      .map((line) => line.split(":")[0]),
  ).toEqual(threeNames);
  const fromBackups = await ours.told("report", "1");
  const other = teamForTest();
  await other.gitHub();
  await other.call("sync");
  const { effort, done, boards } = await other.told("report", "1");
  expect(fromBackups.effort).toEqual(effort);
  expect(fromBackups.done).toEqual(done);
  expect(fromBackups.boards).toEqual(boards);
  // A second import of one finds nothing new, and a stranger's folder is refused.
  const again = await ours.call("sync", "--backup", dirs[1] ?? "");
  expect(again.out).toMatch(/^acme\/web: nothing new/);
  const stranger = await ours.call("sync", "--backup", ours.backup("acme/other"));
  expect(stranger.code).toBe(3);
});

test("a sprint that was frozen over several stays theirs when one leaves the list", async () => {
  const ours = teamForTest();
  await ours.gitHub();
  await ours.call("sync");
  expect((await ours.call("freeze", "1")).code).toBe(0);
  const frozen = ours.read("content/reports/01.json");
  for (const names of [["acme/api", "acme/infra"], ["acme/web"]]) {
    ours.settings(names);
    expect(await ours.call("freeze", "1")).toMatchObject({ code: 0, err: "" });
    expect(await ours.call("freeze", "--check", "1")).toMatchObject({ code: 0, err: "" });
    expect(ours.read("content/reports/01.json")).toBe(frozen);
    expect(await ours.told("report", "1")).toEqual(JSON.parse(frozen));
  }
  const doctor = await ours.call("doctor");
  expect(doctor.out).toContain("it has the history of acme/api too, which settings.yml does not list");
  // A backup of one that the database holds beside the listed one goes to its own place.
  const again = await ours.call("sync", "--backup", ours.backup("acme/infra"));
  expect(again.out).toMatch(/^acme\/infra: /);
  expect(held(ours).map(([name]) => name)).toEqual(threeNames);
});

test("one of them is read from the start with --full, and the others only for what is new", async () => {
  const ours = teamForTest();
  const { double } = await ours.gitHub();
  await ours.call("sync");
  const cursors = () => {
    const opened = openHistoryFile(join(ours.folder, ".sprintcast/sprintcast.db"));
    const found = opened.stores().map((store) => store.syncState.get("github.events.frontier"));
    opened.close();
    return found;
  };
  const before = cursors();
  double.log.length = 0;
  expect((await ours.call("sync", "--full", "--repo", "acme/web")).code).toBe(0);
  expect(new Set(asked(double.log))).toEqual(new Set(["acme/web"]));
  expect(double.log.some(({ conditional }) => conditional)).toBe(false);
  expect(cursors()).toEqual(before);
  double.log.length = 0;
  await ours.call("sync");
  const others = double.log.filter(({ url }) => url.includes("acme/api"));
  expect(others.some(({ conditional }) => conditional)).toBe(true);
});
