import { describe, expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import { openStore } from "../../store/open.ts";
import { createAnswerCheck } from "../../testing/github/check-answers.ts";
import {
  budgetOf,
  contentOf,
  ioFor,
  large,
  quick,
  quietBudgetOf,
  sampleName,
  serve,
  small,
} from "../../testing/sync-rig.ts";
import { syncGitHub } from "./github.ts";

const name = sampleName;
const future = "2030-01-01T00:00:00Z";

describe("the double answers as GitHub does", () => {
  test("every answer fits GitHub's own description, events by their kind", async () => {
    const check = createAnswerCheck();
    const wrong: string[] = [];
    const double = await serve(await small(), {
      onAnswer: (kind, items) => wrong.push(...check(kind, items)),
    });
    await syncGitHub(openStore(":memory:"), name, ioFor(double), quick);
    expect(wrong).toEqual([]);
  });

  test("the check can fail", () => {
    const check = createAnswerCheck();
    expect(check("events", [{ id: 1, event: "labeled", actor: null }])).toHaveLength(1);
    expect(check("issues", [{ number: "1" }])).toHaveLength(1);
  });

  test("a page number past the first is refused", async () => {
    const double = await serve(await small());
    expect((await fetch(`${double.url}/repos/${name}/issues?page=2`)).status).toBe(422);
  });
});

describe("requests", () => {
  for (const paging of ["opaque", "counted"] as const)
    test(`a first sync keeps to its budget, a quiet second one only asks whether anything changed (${paging} pages)`, async () => {
      const served = await large();
      const double = await serve(served, { paging });
      const store = openStore(":memory:");
      const first = await syncGitHub(store, name, ioFor(double), quick);
      expect(first.requests).toBeLessThanOrEqual(budgetOf(served));
      const isPull = (issue: object) => "pull_request" in issue;
      expect(first).toMatchObject({
        issues: served.issues.filter((issue) => !isPull(issue)).length,
        pulls: served.issues.filter(isPull).length,
        events: served.events.length,
        comments: served.comments.length,
        problems: [],
        notices: [],
      });
      const asked = double.log.length;
      const second = await syncGitHub(store, name, ioFor(double), quick);
      const quiet = double.log.slice(asked);
      expect(quiet.every((r) => r.conditional && r.status === 304)).toBe(true);
      const requests = quietBudgetOf(served);
      expect(second).toMatchObject({ issues: 0, events: 0, comments: 0, requests, unchanged: requests });
    });

  test("a sync that finds nothing new still tells up to when history is known", async () => {
    const served = await small();
    let now = Date.parse(future);
    const double = await serve(served, { now: () => now });
    const store = openStore(":memory:");
    await syncGitHub(store, name, ioFor(double), quick);
    now += 12 * 86_400_000;
    expect(await syncGitHub(store, name, ioFor(double), quick)).toMatchObject({ unchanged: 6 });
    expect(store.knownUntil()).toBe(now);
    // One that is cut off knows nothing new.
    now += 86_400_000;
    const broken = await serve(served, { now: () => now, faultAt: (n) => (n > 2 ? "bad-gateway" : null) });
    await syncGitHub(store, name, ioFor(broken), quick).catch(() => {});
    expect(store.knownUntil()).toBe(now - 86_400_000);
  });

  test("an empty repository keeps to its budget too", async () => {
    const served = { name, issues: [], events: [], comments: [], milestones: [], labels: [] };
    const double = await serve(served);
    const store = openStore(":memory:");
    expect((await syncGitHub(store, name, ioFor(double), quick)).requests).toBeLessThanOrEqual(5);
    expect(await syncGitHub(store, name, ioFor(double), quick)).toMatchObject({ requests: 5, unchanged: 5 });
    expect(store.repository()).toBe(name);
  });

  test("a third sync fetches what came since, and nothing of the long past", async () => {
    const served = await large(3);
    const double = await serve(served);
    const store = openStore(":memory:");
    await syncGitHub(store, name, ioFor(double), quick);
    const issue = present(served.issues[0]);
    issue.title = "A new title";
    issue.updated_at = future;
    const renamed = { event: "renamed", rename: { from: "old", to: "A new title" } };
    served.events.push({ ...present(served.events[0]), ...renamed, id: 9e14, created_at: future, issue });
    const added = await syncGitHub(store, name, ioFor(double), quick);
    expect(added).toMatchObject({ issues: 1, events: 1 });
    expect(added.requests).toBeLessThanOrEqual(7);
  });

  test("more changes than a page holds are all fetched", async () => {
    const served = await large(3);
    const double = await serve(served);
    const store = openStore(":memory:");
    await syncGitHub(store, name, ioFor(double), quick);
    expect(served.issues.length).toBeGreaterThan(100);
    for (const [i, issue] of served.issues.entries()) {
      issue.title = `Changed ${i}`;
      issue.updated_at = future;
    }
    const { issues, pulls } = await syncGitHub(store, name, ioFor(double), quick);
    expect(issues + pulls).toBe(served.issues.length);
  });
});

describe("nothing is missed", () => {
  test("an event that lands late, below the newest known one, is found", async () => {
    const served = await small();
    const double = await serve(served);
    const store = openStore(":memory:");
    await syncGitHub(store, name, ioFor(double), quick);
    const newest = Math.max(...served.events.map((e) => Date.parse(String(e.created_at))));
    for (const [i, at] of [newest - 60_000, newest + 60_000].entries())
      served.events.push({
        ...present(served.events[0]),
        id: 9e14 + i,
        created_at: new Date(at).toISOString(),
      });
    expect(await syncGitHub(store, name, ioFor(double), quick)).toMatchObject({ events: 2 });
  });

  test("an issue that changes on a page already read is found by the next sync, however long the first took", async () => {
    const served = await large(3);
    let pages = 0;
    const double = await serve(served, {
      onAnswer: (kind) => {
        if (kind !== "issues") return;
        pages += 1;
        // After the page of the newest and the first page of the pass: one issue of that page changes, then another later.
        const changed =
          pages === 2 ? present(served.issues[0]) : pages === 3 ? present(served.issues.at(-1)) : null;
        if (changed === null) return;
        changed.title = `Changed while page ${pages} was read`;
        changed.updated_at = pages === 2 ? "2030-01-01T00:00:00Z" : "2030-01-01T05:00:00Z";
      },
    });
    const store = openStore(":memory:");
    await syncGitHub(store, name, ioFor(double), quick);
    await syncGitHub(store, name, ioFor(double), quick);
    expect(store.issue(Number(present(served.issues[0]).number))?.title).toBe(
      "Changed while page 2 was read",
    );
  });

  test("events that land between an interrupted first sync and its resumption are found", async () => {
    const served = await large(3);
    const stop = new AbortController();
    let seen = 0;
    const halted = await serve(served, {
      onAnswer: (kind) => {
        seen += kind === "events" ? 1 : 0;
        if (seen === 2) stop.abort();
      },
    });
    const store = openStore(":memory:");
    await syncGitHub(store, name, ioFor(halted, { signal: stop.signal }), quick).catch(() => {});
    for (let i = 0; i < 120; i += 1)
      served.events.push({ ...present(served.events[0]), id: 9e14 + i, created_at: future });
    const whole = openStore(":memory:");
    const double = await serve(served);
    await syncGitHub(whole, name, ioFor(double), quick);
    await syncGitHub(store, name, ioFor(double), quick);
    expect(contentOf(store)).toBe(contentOf(whole));
  });

  test("an interrupted later sync leaves no gap of events behind it", async () => {
    const served = await large(3);
    const store = openStore(":memory:");
    await syncGitHub(store, name, ioFor(await serve(served)), quick);
    for (let i = 0; i < 350; i += 1)
      served.events.push({
        ...present(served.events[0]),
        id: 9e14 + i,
        created_at: new Date(Date.parse(future) + i * 1000).toISOString(),
      });
    const broken = await serve(served, { faultAt: (n) => (n > 5 ? "bad-gateway" : null) });
    await expect(syncGitHub(store, name, ioFor(broken), quick)).rejects.toThrow();
    const whole = openStore(":memory:");
    const double = await serve(served);
    await syncGitHub(whole, name, ioFor(double), quick);
    await syncGitHub(store, name, ioFor(double), quick);
    expect(contentOf(store)).toBe(contentOf(whole));
  });

  test("a label renamed on the last of several pages is seen", async () => {
    const served = await small();
    const label = present(served.labels[0]);
    for (let i = 0; i < 230; i += 1) served.labels.push({ ...label, id: 5e9 + i, name: `label ${i}` });
    let hour = 0;
    const double = await serve(served, { now: () => Date.parse(future) + hour * 3_600_000 });
    const store = openStore(":memory:");
    await syncGitHub(store, name, ioFor(double), quick);
    present(served.labels.at(-1)).name = "renamed";
    hour = 1;
    await syncGitHub(store, name, ioFor(double), quick);
    expect(store.labels().some((l) => l.name === "renamed")).toBe(true);
  });

  test("where GitHub shows old events no longer, the rest is kept and the gap is told", async () => {
    const served = await large(3);
    const double = await serve(served, { deepest: 3 });
    const sum = await syncGitHub(openStore(":memory:"), name, ioFor(double), quick).catch((e) => e);
    expect(sum.events).toBe(300);
    expect(sum.notices.join()).toContain("events only back to");
  });

  test("two syncs at once end in the same database", async () => {
    const double = await serve(await large(3));
    const [store, whole] = [openStore(":memory:"), openStore(":memory:")];
    await Promise.all([0, 1].map(() => syncGitHub(store, name, ioFor(double), quick)));
    await syncGitHub(whole, name, ioFor(double), quick);
    expect(contentOf(store)).toBe(contentOf(whole));
  });
});
