import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { SprintcastError } from "../../errors.ts";
import { run } from "../../program.ts";
import { openStore } from "../../store/open.ts";
import { remove } from "../../testing/github/repository.ts";
import { startDouble } from "../../testing/github/server.ts";
import { type QuietIo, quietIo } from "../../testing/quiet-io.ts";
import { contentOf, ioFor, large, quick, sampleName, serve, small } from "../../testing/sync-rig.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { syncGitHub } from "./github.ts";

const page = 4096;
const syncChild = new URL("../../testing/sync-child.ts", import.meta.url).pathname;

function contentIn(file: string): string {
  const store = openStore(file, { mustExist: true });
  try {
    return contentOf(store);
  } finally {
    store.close();
  }
}

/** How many issues another process can read just now. */
function issuesIn(file: string): number {
  const store = openStore(file, { mustExist: true });
  try {
    store.refresh();
    return [...store.eachTimeline()].length;
  } finally {
    store.close();
  }
}

let whole: string;
beforeAll(async () => {
  const store = openStore(":memory:");
  const double = await startDouble(await small());
  await syncGitHub(store, sampleName, ioFor(double), quick);
  whole = contentOf(store);
  await double.close();
});

/** The command line over a database beside a double. */
async function rig(): Promise<{ io: QuietIo; file: string; sync: (...more: string[]) => Promise<number> }> {
  const double = await serve(await small());
  const cwd = temporaryFolder();
  const io = quietIo({ cwd, now: 0, env: { GITHUB_API_URL: double.url } });
  const sync = (...more: string[]) => {
    Object.assign(io.printed, { out: "", err: "" });
    return run(["sync", "--repo", sampleName, "--db", "h.db", ...more], io, "0");
  };
  return { io, file: join(cwd, "h.db"), sync };
}

/** Overwrites every `step`th page from `first` on. */
function damage(path: string, first: number, step: number): Buffer {
  const file = openSync(path, "r+");
  const pages = fstatSync(file).size / page;
  for (let at = first; at < pages; at += step) writeSync(file, Buffer.alloc(page, 0x5a), 0, page, at * page);
  closeSync(file);
  return readFileSync(path);
}

describe("sync --full", () => {
  test.each([
    [1, 1],
    [1, 5],
    [2, 3],
    [8, 13],
    [20, 1000],
  ])(
    "makes a database anew where pages are gone (from %i on, every %i), and keeps the damaged one",
    async (first, step) => {
      const { io, file, sync } = await rig();
      expect(await sync()).toBe(0);
      const broken = damage(file, first, step);
      expect(await sync("--full")).toBe(0);
      expect(io.printed.err).toMatch(/is damaged; it is in h\.db\.damaged-1 now/);
      expect(contentIn(file)).toBe(whole);
      expect(readFileSync(`${file}.damaged-1`).equals(broken)).toBe(true);
      // A second one does not take the place of the first.
      damage(file, 1, 2);
      expect(await sync("--full")).toBe(0);
      expect(
        readdirSync(io.cwd)
          .filter((name) => name.includes("damaged"))
          .sort(),
      ).toEqual(["h.db.damaged-1", "h.db.damaged-2"]);
      expect(contentIn(file)).toBe(whole);
    },
  );

  test("without it a damaged database is told as such, untouched, with the way out", async () => {
    const { io, file, sync } = await rig();
    await sync();
    const broken = damage(file, 1, 1);
    expect(await sync()).toBe(1);
    expect(io.printed.err).toContain("sync --full");
    expect(readFileSync(file).equals(broken)).toBe(true);
  });

  test("a file that is no database is set aside, not overwritten", async () => {
    const { io, file, sync } = await rig();
    const notes = "my notes, which are no database. ".repeat(100);
    writeFileSync(file, notes);
    expect(await sync()).toBe(2);
    expect(readFileSync(file, "utf8")).toBe(notes);
    expect(await sync("--full")).toBe(0);
    expect(io.printed.err).toContain("h.db.damaged-1");
    expect(readFileSync(`${file}.damaged-1`, "utf8")).toBe(notes);
    expect(contentIn(file)).toBe(whole);
  });

  test("what a newer version wrote is left alone", async () => {
    const { io, file, sync } = await rig();
    await sync();
    const { default: Database } = await import("better-sqlite3");
    new Database(file).exec("INSERT INTO migration VALUES ('far-future-9')").close();
    expect(await sync("--full")).toBe(2);
    expect(io.printed.err).toContain("newer version");
    expect(readdirSync(io.cwd).filter((name) => name.includes("damaged"))).toEqual([]);
  });

  test("on a sound database reads everything again, and forgets nothing that only it knows", async () => {
    const served = await small();
    let hour = 0;
    // Two looks in one second cannot tell which came last.
    const double = await serve(served, { now: () => Date.parse("2026-01-01T00:00:00Z") + hour * 3_600_000 });
    const io = quietIo({ cwd: temporaryFolder(), now: 0, env: { GITHUB_API_URL: double.url } });
    const sync = async (...more: string[]) => {
      hour++;
      Object.assign(io.printed, { out: "", err: "" });
      expect(await run(["sync", "--repo", sampleName, "--db", "h.db", "--json", ...more], io, "0")).toBe(0);
      return JSON.parse(io.printed.out) as {
        requests: number;
        unchanged: number;
        issues: number;
        events: number;
      };
    };
    const first = await sync();
    remove(served, 5, "deleted");
    const milestone = served.milestones[0] as Record<string, unknown>;
    const slipped = { ...milestone, due_on: "2027-01-01T00:00:00Z" };
    served.milestones[0] = slipped;
    await sync();
    const before = contentIn(join(io.cwd, "h.db"));
    const full = await sync("--full");
    expect(full).toMatchObject({ unchanged: 0, issues: 0, events: 0 });
    expect(full.requests).toBeGreaterThanOrEqual(first.requests - 1);
    expect(contentIn(join(io.cwd, "h.db"))).toBe(before);
    const store = openStore(join(io.cwd, "h.db"));
    expect(store.goneIssues().map(({ issue }) => issue)).toEqual([5]);
    expect(store.milestoneHistory(Number(milestone.number)).length).toBeGreaterThan(1);
    store.close();
    expect((await sync()).unchanged).toBeGreaterThan(0);
  });
});

describe("two at once", () => {
  /** Syncs in a process of its own; its exit code and what it complained of. */
  async function syncing(url: string, file: string): Promise<{ code: number; err: string }> {
    const child = spawn(process.execPath, [syncChild, url, file, sampleName]);
    let err = "";
    child.stderr.on("data", (text) => {
      err += text;
    });
    const [code] = await once(child, "close");
    return { code, err };
  }

  test("three syncs that begin together on a database that is not there yet end in the same one", async () => {
    const served = await large(3);
    const double = await serve(served);
    const alone = openStore(":memory:");
    await syncGitHub(alone, sampleName, ioFor(double), quick);
    const file = join(temporaryFolder(), "h.db");
    const ended = await Promise.all([1, 2, 3].map(() => syncing(double.url, file)));
    expect(ended).toEqual([1, 2, 3].map(() => ({ code: 0, err: "" })));
    expect(contentIn(file)).toBe(contentOf(alone));
  });

  test("who reads beside a sync sees a whole state each time, and at last the newest", async () => {
    const served = await large(3);
    const cwd = temporaryFolder();
    const file = join(cwd, "h.db");
    const double = await serve(served);
    const sync = syncing(double.url, file);
    let isOver = false;
    void sync.then(() => {
      isOver = true;
    });
    const counts: number[] = [];
    while (!isOver) {
      const io = quietIo({ cwd, now: Date.parse("2027-01-01T00:00:00Z"), env: {} });
      const code = await run(["state", "--json", "--db", "h.db"], io, "0");
      // Until the first sync ends there is nothing whole to read, and that is what is said.
      expect(code === 0 ? "" : io.printed.err).toMatch(/^$|there is no database|has no (whole )?history yet/);
      if (existsSync(file)) counts.push(issuesIn(file));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await sync).code).toBe(0);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.length).toBeGreaterThan(1);
    const alone = openStore(":memory:");
    await syncGitHub(alone, sampleName, ioFor(double), quick);
    expect(contentIn(file)).toBe(contentOf(alone));
  });
});

test("a disk that is full in the middle of a sync loses nothing, and the same command goes on", async () => {
  const served = await large(3);
  const double = await serve(served);
  const alone = openStore(":memory:");
  await syncGitHub(alone, sampleName, ioFor(double), quick);
  const file = join(temporaryFolder(), "h.db");
  let kept = -1;
  let quotas = 0;
  // A little more room each time, as somebody may free it.
  for (let maxBytes = 200_000; ; maxBytes += 60_000) {
    const store = openStore(file, { maxBytes });
    const error = await syncGitHub(store, sampleName, ioFor(double), quick).catch((e: unknown) => e);
    const { events } = store.counts();
    store.close();
    expect(events).toBeGreaterThanOrEqual(kept);
    kept = events;
    if (!(error instanceof Error)) break;
    expect(error).toBeInstanceOf(SprintcastError);
    expect(error).toMatchObject({ code: "store-full" });
    quotas += 1;
  }
  expect(quotas).toBeGreaterThan(1);
  expect(contentIn(file)).toBe(contentOf(alone));
  copyFileSync(file, `${file}.copy`);
  expect(contentIn(`${file}.copy`)).toBe(contentOf(alone));
});
