import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { run } from "../../program.ts";
import { type QuietIo, quietIo } from "../../testing/quiet-io.ts";

let folder: string;
let io: QuietIo;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-backup-"));
  cpSync(new URL("../../sample", import.meta.url).pathname, join(folder, "backup"), { recursive: true });
  io = quietIo({ cwd: folder, now: Date.parse("2019-11-05T09:00:00Z") });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => join(folder, "backup", name);

/** One issue's file, changed by hand. Its shape is a stranger's, so it is any. */
// biome-ignore lint/suspicious/noExplicitAny: raw JSON that the test spoils on purpose
function spoil(number: number, change: (content: any) => void): void {
  const content = JSON.parse(readFileSync(file(`issues/${number}.json`), "utf8"));
  change(content);
  writeFileSync(file(`issues/${number}.json`), JSON.stringify(content));
}

async function sync(...more: string[]): Promise<{ code: number; told: Record<string, unknown> }> {
  io.printed.out = "";
  io.printed.err = "";
  const code = await run(["sync", "--backup", "backup", "--json", ...more], io, "0.0.0");
  expect(io.printed.err).not.toContain("internal fault");
  return { code, told: JSON.parse(io.printed.out) };
}

const numbersKept = async (): Promise<number[]> => {
  io.printed.out = "";
  expect(await run(["state", "--json"], io, "0.0.0")).toBe(0);
  return JSON.parse(io.printed.out).issues.map((issue: { number: number }) => issue.number);
};

test("what cannot be read is named and counted, with exit code 3, and nothing else is lost", async () => {
  writeFileSync(file("issues/5.json"), '{"type": "issue", "iss');
  writeFileSync(file("issues/6.json"), Buffer.from([0xff, 0xfe]));
  mkdirSync(file("issues/98.json"));
  symlinkSync("/nowhere", file("issues/99.json"));
  spoil(7, (it) => {
    it.issue.number = 1e20;
  });
  spoil(8, (it) => {
    it.issue.number = -8;
  });
  spoil(9, (it) => {
    it.issue.created_at = "once";
  });
  spoil(10, (it) => {
    it.events.unshift(null, { id: 1e20, event: "labeled", created_at: "2019-10-01T00:00:00Z" });
  });
  const { code, told } = await sync();
  expect(code).toBe(3);
  expect((told.skipped as { file: string }[]).map((one) => one.file)).toEqual(
    [5, 6, 7, 8, 98, 99].map((number) => `issues/${number}.json`),
  );
  expect(told.problems).toHaveLength(3);
  expect(io.printed.err).toMatch(/6 files and 3 entries of other files were left out/);
  const kept = await numbersKept();
  expect(kept).not.toContain(7);
  expect(kept).toEqual(expect.arrayContaining([1, 2, 3, 4, 10, 11, 47]));
});

test("events twice and out of order, gone accounts, a huge body and 300 labels are nothing special", async () => {
  spoil(1, (it) => {
    it.events = [...it.events, ...it.events].reverse();
  });
  spoil(2, (it) => {
    it.issue.user = null;
    for (const event of it.events) event.actor = null;
  });
  spoil(3, (it) => {
    it.issue.body = "x".repeat(5_000_000);
  });
  spoil(4, (it) => {
    it.issue.labels = Array.from({ length: 300 }, (_, index) => ({ id: index + 1, name: `label ${index}` }));
  });
  spoil(5, (it) => {
    it.events = [];
  });
  expect((await sync()).code).toBe(0);
  expect((await sync()).told).toMatchObject({ issues: 0, events: 0, comments: 0 });
  expect(await numbersKept()).toHaveLength(45);
});

test("more than one transaction holds is kept whole, and counted once", async () => {
  const { told: alone } = await sync();
  rmSync(join(folder, ".sprintcast"), { recursive: true });
  // Issues in the middle and the last, so that transactions end within the import and at its end.
  for (const number of [3, 20, 46])
    spoil(number, (it) => {
      const like = it.events.find(({ event }: { event: string }) => event !== "commented");
      for (let i = 0; i < 1100; i += 1) it.events.push({ ...like, id: number * 1e9 + i });
    });
  const { code, told } = await sync();
  expect(code).toBe(0);
  expect(told).toEqual({ ...alone, events: Number(alone.events) + 3300 });
  expect((await sync()).told).toMatchObject({ issues: 0, events: 0, comments: 0 });
});

test("files that name another repository are told, not mixed in without a word", async () => {
  writeFileSync(
    file("issues/20.json"),
    readFileSync(file("issues/20.json"), "utf8").replaceAll("bare-metal-to-cloud/platform", "other/product"),
  );
  const { code, told } = await sync();
  expect(code).toBe(0);
  expect(told.notices).toEqual([expect.stringMatching(/name other\/product instead of .*: 1\./)]);
  rmSync(join(folder, ".sprintcast"), { recursive: true });
  const other = await run(["sync", "--backup", "backup", "--repo", "octo/rocket"], io, "0.0.0");
  expect(other).toBe(3);
  expect(io.printed.err).toContain("not of octo/rocket");
});

test("an interrupt is heard while files are read: exit code 5, what was read is kept, and the command resumes", async () => {
  const stop = new AbortController();
  const soon = (turns: number): unknown => (turns === 0 ? stop.abort() : setImmediate(() => soon(turns - 1)));
  const { now } = io;
  // The import asks for the time as it begins; from then on only turns of the event loop let a signal in.
  const hearing: QuietIo = {
    ...io,
    signal: stop.signal,
    now: () => {
      soon(20);
      return now();
    },
  };
  expect(await run(["sync", "--backup", "backup"], hearing, "0.0.0")).toBe(5);
  expect(io.printed.err).toMatch(/interrupted\n.*same command/);
  const { code, told } = await sync();
  expect(code).toBe(0);
  expect(told.issues).toBeGreaterThan(0);
  expect(told.issues).toBeLessThan(47);
  expect(await numbersKept()).toHaveLength(45);
});
