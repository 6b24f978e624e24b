import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openStore, type Store } from "../../store/open.ts";
import type { ServedRepository } from "../../testing/github/repository.ts";
import { contentOf, ioFor, large, quick, sampleName, serve, stateOf } from "../../testing/sync-rig.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { syncGitHub } from "./github.ts";

const child = new URL("../../testing/sync-child.ts", import.meta.url).pathname;
/** One clock for all answers, so that databases can be compared to the byte. */
const now = () => Date.parse("2026-06-01T00:00:00Z");

/** Syncs in a process of its own and kills it some milliseconds after its nth request came in. Resolves to its signal. */
async function killedSync(served: ServedRepository, file: string, request: number, delay: number) {
  const arrived = Promise.withResolvers<void>();
  const double = await serve(served, { now, onRequest: (n) => void (n === request && arrived.resolve()) });
  const started = spawn(process.execPath, [child, double.url, file, sampleName], { stdio: "inherit" });
  const ended = once(started, "exit");
  await Promise.race([arrived.promise, ended]);
  await setTimeout(delay);
  started.kill("SIGKILL");
  const [code, signal] = await ended;
  return { signal: signal as string | null, code: code as number | null };
}

/** Everything that the database says, at several instants. */
function told(store: Store): string {
  const instants = [2024, 2025, 2026, 2027].map((year) => Date.parse(`${year}-05-05T05:05:05Z`));
  return [contentOf(store), ...instants.map((at) => stateOf(store, at))].join("\n");
}

test("a sync killed at twenty random points and resumed gives the same state, byte for byte", async () => {
  const served = await large(3);
  const whole = openStore(":memory:");
  const calm = await serve(served, { now });
  const { requests } = await syncGitHub(whole, sampleName, ioFor(calm), quick);
  const expected = told(whole);
  const folder = temporaryFolder();
  const points = fc.sample(fc.tuple(fc.integer({ min: 1, max: requests }), fc.integer({ min: 0, max: 25 })), {
    numRuns: 20,
    seed: 20_261_123,
  });
  const table: Record<string, unknown>[] = [];
  const one = async (point: [number, number], index: number) => {
    const [request, delay] = point;
    const file = join(folder, `${index}.db`);
    const { signal } = await killedSync(served, file, request, delay);
    const store = openStore(file);
    const { issues, events, comments } = await syncGitHub(store, sampleName, ioFor(calm), quick);
    const equal = told(store) === expected;
    store.close();
    table.push({ request, delay, signal, "left to do": issues + events + comments, equal });
    expect(equal, `killed ${delay} ms after request ${request}`).toBe(true);
  };
  // Two at a time: a process each.
  for (let i = 0; i < points.length; i += 2)
    await Promise.all(points.slice(i, i + 2).map((point, k) => one(point, i + k)));
  console.table(table);
  expect(table.filter((row) => row.signal === "SIGKILL").length).toBeGreaterThanOrEqual(15);
  expect(table.filter((row) => Number(row["left to do"]) > 0).length).toBeGreaterThanOrEqual(10);
}, 300_000);

test("one database survives one kill after the other", async () => {
  const served = await large(3);
  const whole = openStore(":memory:");
  const calm = await serve(served, { now });
  await syncGitHub(whole, sampleName, ioFor(calm), quick);
  const folder = temporaryFolder();
  const file = join(folder, "one.db");
  // Each life gets a few requests further than the last.
  for (const request of [4, 3, 2, 4, 3]) await killedSync(served, file, request, 3);
  const store = openStore(file);
  await syncGitHub(store, sampleName, ioFor(calm), quick);
  expect(told(store)).toBe(told(whole));
  store.close();
}, 60_000);
