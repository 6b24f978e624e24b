import { describe, expect, test } from "vitest";
import { openStore } from "../../store/open.ts";
import { faultsAt, passing } from "../../testing/github/fault.ts";
import { contentOf, ioFor, large, quick, sampleName, serve, small } from "../../testing/sync-rig.ts";
import { syncGitHub } from "./github.ts";

const rhythms: [string, (request: number) => boolean][] = [
  ["first request", (n) => n === 1],
  ["every 2nd", (n) => n % 2 === 0],
  ["every 5th", (n) => n % 5 === 0],
  ["three in a row", (n) => n % 9 >= 6],
];

describe("faults on the way", () => {
  test("every fault at every rhythm ends in the same database", async () => {
    const served = await small();
    const whole = openStore(":memory:");
    const clean = await syncGitHub(whole, sampleName, ioFor(await serve(served)), quick);
    const expected = contentOf(whole);
    const table: Record<string, unknown>[] = [];
    for (const fault of passing)
      for (const [rhythm, hits] of rhythms) {
        const faults = faultsAt(fault, hits);
        const double = await serve(served, { faultAt: faults.faultAt, retryAfter: 1 });
        const store = openStore(":memory:");
        const sum = await syncGitHub(store, sampleName, ioFor(double), quick);
        const equal = contentOf(store) === expected;
        const requests = double.log.length;
        const { count } = faults;
        table.push({ fault, rhythm, requests, faults: count, retries: requests - clean.requests, equal });
        expect(sum.problems).toEqual([]);
        expect(count).toBeGreaterThan(0);
        expect(requests - clean.requests, `${fault}, ${rhythm}`).toBe(count);
        expect(equal, `${fault}, ${rhythm}`).toBe(true);
      }
    console.table(table);
  });

  for (const fault of passing)
    test(`${fault} without end is told as such, and what came before it is kept`, async () => {
      const served = await large(4);
      const broken = await serve(served, { faultAt: (n) => (n > 6 ? fault : null) });
      const store = openStore(":memory:");
      const failed = syncGitHub(store, sampleName, ioFor(broken), quick);
      await expect(failed).rejects.toMatchObject({ exitCode: 4, code: /^github-/ });
      const tries = broken.log.length - 6;
      expect(tries).toBeGreaterThan(1);
      expect(tries).toBeLessThanOrEqual(5);
      const calm = await serve(served);
      const rest = await syncGitHub(store, sampleName, ioFor(calm), quick);
      expect(rest.issues).toBeLessThan(served.issues.length);
      const whole = openStore(":memory:");
      await syncGitHub(whole, sampleName, ioFor(calm), quick);
      expect(contentOf(store)).toBe(contentOf(whole));
    });

  test.each(["not-github", "no-content"] as const)(
    "%s in the place of any one answer ends the sync, and the next one misses nothing",
    async (fault) => {
      const served = await large(4);
      const calm = await serve(served);
      const whole = openStore(":memory:");
      const { requests } = await syncGitHub(whole, sampleName, ioFor(calm), quick);
      const expected = contentOf(whole);
      for (let nth = 1; nth <= requests; nth += 1) {
        const store = openStore(":memory:");
        const portal = await serve(served, { faultAt: (n) => (n === nth ? fault : null) });
        const failed = syncGitHub(store, sampleName, ioFor(portal), quick);
        await expect(failed).rejects.toMatchObject({ code: "github-odd-answer", exitCode: 4 });
        expect(portal.log).toHaveLength(nth);
        await syncGitHub(store, sampleName, ioFor(calm), quick);
        expect(contentOf(store), `request ${nth}`).toBe(expected);
      }
    },
  );

  test("an interrupt keeps what came and is told as exit code 5", async () => {
    const stop = new AbortController();
    const served = await large(4);
    const double = await serve(served, {
      onAnswer: (kind) => {
        if (kind === "events") stop.abort();
      },
    });
    const store = openStore(":memory:");
    const stopped = syncGitHub(store, sampleName, ioFor(double, { signal: stop.signal }), quick);
    await expect(stopped).rejects.toMatchObject({ exitCode: 5, code: "interrupted" });
    const rest = await syncGitHub(store, sampleName, ioFor(await serve(served)), quick);
    expect(rest.issues).toBe(0);
    expect(rest.events).toBeGreaterThan(0);
  });

  test("an interrupt does not sit out a wait that GitHub asked for", async () => {
    const stop = new AbortController();
    const told: string[] = [];
    const double = await serve(await small(), { faultAt: () => "secondary-limit", retryAfter: 250 });
    const err = (text: string) => {
      told.push(text);
      stop.abort();
    };
    const stopped = syncGitHub(
      openStore(":memory:"),
      sampleName,
      ioFor(double, { signal: stop.signal, err }),
    );
    await expect(stopped).rejects.toMatchObject({ exitCode: 5 });
    expect(told.join()).toBe("GitHub asks to wait 250 s (secondary limit)\n");
  });
});
