import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { run } from "../../program.ts";
import { beginFirst } from "../../store/first-sync.ts";
import { openHistoryFile, openStore } from "../../store/open.ts";
import type { Fault } from "../../testing/github/fault.ts";
import { startDouble } from "../../testing/github/server.ts";
import { quietIo } from "../../testing/quiet-io.ts";
import { contentOf, sampleName, serve, small } from "../../testing/sync-rig.ts";
import { teamForTest } from "../../testing/team-of-three.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";

/** A team's folder, and the command line in it. */
async function rig(more: { url?: string; token?: string } = {}) {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "content/sprints"), { recursive: true });
  writeFileSync(join(cwd, "content/settings.yml"), `repository: ${sampleName}\ntimeZone: UTC\n`);
  writeFileSync(
    join(cwd, "content/sprints/01.md"),
    "---\nnumber: 1\ntitle: Sprint 1\ngoal: Go on\nfirstDay: 2019-11-04\nlastDay: 2019-11-15\nmilestone: Sprint 1\n---\n",
  );
  const signal = new AbortController();
  const io = quietIo({
    cwd,
    now: Date.parse("2026-01-01T00:00:00Z"),
    env: { GITHUB_API_URL: more.url, GITHUB_TOKEN: more.token },
  });
  io.signal = signal.signal;
  const call = async (...args: string[]) => {
    Object.assign(io.printed, { out: "", err: "" });
    const code = await run(args, io, "0");
    return { code, ...io.printed };
  };
  return { cwd, io, call, stop: () => signal.abort(), left: () => readdirSync(cwd) };
}

/** An address at which nobody listens. */
async function nobody(): Promise<string> {
  const double = await startDouble(await small());
  await double.close();
  return double.url;
}

describe("a first sync that brings nothing", () => {
  const served = async (faultAt?: () => Fault) =>
    (await serve(await small(), { token: "right", ...(faultAt && { faultAt }) })).url;

  test.each<[string, () => Promise<string>, string[], number]>([
    ["by a wrong token", () => served(), [], 4],
    [
      "of a repository that does not exist",
      async () => (await serve(await small())).url,
      ["--repo", "a/typo"],
      4,
    ],
    ["offline", nobody, [], 4],
    ["from another server", () => served(() => "not-github"), [], 4],
    ["at the hour's limit", () => served(() => "rate-limit"), [], 4],
    ["from a backup that is not there", nobody, ["--backup", "mistyped"], 3],
  ])("%s leaves nothing that was not there", async (_, url, args, code) => {
    const { call, cwd, left } = await rig({ url: await url(), token: "wrong" });
    expect((await call("sync", ...args)).code).toBe(code);
    expect(left()).toEqual(["content"]);
    const { err } = await call("report", "1");
    expect(err).toContain("there is no database");
    // Deeper folders were made for it, too; one that was there stays.
    mkdirSync(join(cwd, "data"));
    await call("sync", ...args, "--db", "data/deep/er/h.db");
    expect(readdirSync(join(cwd, "data"))).toEqual([]);
  });

  test("into a folder that holds something else leaves that alone", async () => {
    const { call, cwd } = await rig({ url: await nobody() });
    mkdirSync(join(cwd, ".sprintcast"));
    writeFileSync(join(cwd, ".sprintcast/keep.txt"), "mine");
    await call("sync");
    expect(readdirSync(join(cwd, ".sprintcast"))).toEqual(["keep.txt"]);
  });

  test("beside another one that has begun takes nothing from it", async () => {
    const { call, cwd } = await rig({ url: await nobody() });
    mkdirSync(join(cwd, ".sprintcast"));
    const file = join(cwd, ".sprintcast/sprintcast.db");
    const other = openStore(file);
    await call("sync");
    other.setRepository(sampleName);
    other.close();
    expect(existsSync(file)).toBe(true);
    const again = openStore(file, { mustExist: true });
    expect(again.repository()).toBe(sampleName);
    again.close();
  });
});

describe("a first sync that is cut off on the way", () => {
  /** Breaks off after `requests` requests, by the fault; mended later. */
  async function torn(requests: number) {
    let isBroken = true;
    let answered = 0;
    const double = await serve(await small(), {
      faultAt: () => {
        answered += 1;
        return isBroken && answered > requests ? "forbidden" : null;
      },
    });
    const team = await rig({ url: double.url });
    const { code } = await team.call("sync");
    expect(code).toBe(4);
    return {
      ...team,
      mend: () => {
        isBroken = false;
      },
      /** The next sync gets as far as this one. */
      again: () => {
        answered = 0;
      },
    };
  }

  test.each([1, 2, 3, 4, 5])("after %i requests is no history yet, and says so", async (requests) => {
    const { call, cwd, mend } = await torn(requests);
    for (const args of [
      ["report", "1"],
      ["report", "1", "--json"],
      ["board", "1"],
      ["freeze"],
      ["freeze", "1"],
      ["flow"],
      ["explain", "1", "committed"],
    ]) {
      const { code, err, out } = await call(...args);
      expect([args.join(" "), code, out]).toEqual([args.join(" "), 2, ""]);
      expect(err).toMatch(/has no whole history yet: its first sync did not end\n.*goes on where it stopped/);
    }
    expect(existsSync(join(cwd, "content/reports"))).toBe(false);
    expect((await call("doctor")).out.replaceAll(/\s+/g, " ")).toContain("its first sync did not end");
    const state = await call("state", "--json");
    expect([state.code, state.out]).toEqual([2, ""]);
    expect(state.err).toContain("has no whole history yet: its first sync did not end");

    mend();
    expect((await call("sync")).code).toBe(0);
    expect(await call("report", "1")).toMatchObject({ code: 0, err: "" });
    expect(await call("state", "--json")).toMatchObject({ code: 0, err: "" });
  });

  test("cannot be ended by a backup, which says so; nor what GitHub went on with, by the backup that began it", async () => {
    const { call, cwd, io, mend, again } = await torn(3);
    const backup = new URL("../../sample", import.meta.url).pathname;
    const read = await call("sync", "--backup", backup);
    expect([read.code, read.err]).toEqual([0, expect.stringContaining("no backup can end it")]);
    expect((await call("report", "1")).err).toContain("its first sync did not end");

    const begunBy = ["sync", "--backup", backup, "--db", "other.db"];
    const whole = io.signal;
    io.signal = AbortSignal.abort();
    expect((await call(...begunBy)).code).toBe(5);
    io.signal = whole;
    const store = openStore(join(cwd, "other.db"));
    store.setRepository(sampleName);
    beginFirst(store.syncState, "backup");
    store.close();
    again();
    expect((await call("sync", "--db", "other.db")).code).toBe(4);
    expect((await call(...begunBy)).code).toBe(0);
    expect((await call("report", "1", "--db", "other.db")).err).toContain("its first sync did not end");
    mend();
    expect((await call("sync", "--db", "other.db")).code).toBe(0);
    expect(await call("report", "1", "--db", "other.db")).toMatchObject({ code: 0, err: "" });
  });

  test("is told as that also where the database holds another repository whole, which nobody asked for", async () => {
    const { call, cwd } = await torn(3);
    const history = openHistoryFile(join(cwd, ".sprintcast/sprintcast.db"));
    history.storeFor("acme/other").setRepository("acme/other");
    history.close();
    expect((await call("report", "1")).err).toContain("has no whole history yet: its first sync did not end");
    expect((await call("doctor")).out.replaceAll(/\s+/g, " ")).toContain("its first sync did not end");
    const state = await call("state", "--json");
    expect([state.code, state.err]).toEqual([
      0,
      `note: the first sync of ${sampleName} did not end: it is left out\n`,
    ]);
    expect(JSON.parse(state.out).issues).toEqual([]);
  });

  test("by a version that left no mark is marked when it is opened, and one that ended is not", async () => {
    const older = (cwd: string) => {
      const db = new Database(join(cwd, ".sprintcast/sprintcast.db"));
      db.exec("DELETE FROM sync_state WHERE key = 'sync.first'; DELETE FROM migration WHERE name = 'torn-1'");
      db.close();
    };
    const { call, cwd, mend } = await torn(4);
    older(cwd);
    expect((await call("report", "1")).err).toContain("its first sync did not end");
    mend();
    expect((await call("sync")).code).toBe(0);
    older(cwd);
    expect(await call("report", "1")).toMatchObject({ code: 0, err: "" });
  });

  test("by Ctrl-C is none either, and the next one ends with the same as if it had not been", async () => {
    let stop = () => {};
    const double = await serve(await small(), { onRequest: (n) => void (n === 4 && stop()) });
    const team = await rig({ url: double.url });
    stop = team.stop;
    expect((await team.call("sync")).code).toBe(5);
    team.io.signal = new AbortController().signal;
    expect((await team.call("report", "1")).err).toContain("its first sync did not end");
    stop = () => {};
    expect((await team.call("sync")).code).toBe(0);
    const whole = await rig({ url: double.url });
    await whole.call("sync");
    const contents = [team, whole].map(({ cwd }) => {
      const store = openStore(join(cwd, ".sprintcast/sprintcast.db"));
      const content = contentOf(store);
      store.close();
      return content;
    });
    expect(contents[0]).toBe(contents[1]);
  });

  test("a later sync that is cut off leaves the history that there was", async () => {
    let isBroken = false;
    const double = await serve(await small(), { faultAt: () => (isBroken ? "forbidden" : null) });
    const { call } = await rig({ url: double.url });
    await call("sync");
    const before = (await call("report", "1", "--json")).out;
    isBroken = true;
    expect((await call("sync")).code).toBe(4);
    expect((await call("report", "1", "--json")).out).toBe(before);
    expect((await call("sync", "--full")).code).toBe(4);
    expect((await call("report", "1", "--json")).out).toBe(before);
  });
});

test("of several repositories the one that was half read counts for nothing, and the report says so", async () => {
  const ours = teamForTest();
  let isBroken = true;
  const { double } = await ours.gitHub(undefined, {
    faultAt: () =>
      isBroken && double.log.filter(({ url }) => url.startsWith("/repos/acme/web")).length > 3
        ? "rate-limit"
        : null,
    reset: 4_000_000_000,
  });
  expect((await ours.call("sync")).code).toBe(4);
  const { err, out } = await ours.call("report", "1", "--json");
  for (const name of ["acme/web", "acme/infra"])
    expect(err).toContain(`note: there is no history of ${name} here, so no figure counts it\n`);
  expect(JSON.stringify(JSON.parse(out).boards)).not.toContain('"web#');
  expect((await ours.call("doctor")).out).toContain("it holds no history of acme/web");
  isBroken = false;
  expect((await ours.call("sync")).code).toBe(0);
  expect((await ours.call("report", "1")).err).toBe("");
});
