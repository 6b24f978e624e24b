import { afterEach, describe, expect, test } from "vitest";
import { GitHubRefusedError, InterruptedError } from "../errors.ts";
import { createAnswerCheck } from "../github/double/check-answers.ts";
import { type ServedRepository, servedFromBackup } from "../github/double/repository.ts";
import { type DoubleOptions, type Fault, type GitHubDouble, startDouble } from "../github/double/server.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import type { Io } from "./io.ts";
import { syncGitHub } from "./sync-github.ts";

const name = "bare-metal-to-cloud/platform";
const sample = new URL("../sample", import.meta.url).pathname;
const running: GitHubDouble[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((d) => d.close()));
});

async function serve(served: ServedRepository, options: DoubleOptions = {}): Promise<GitHubDouble> {
  const double = await startDouble(served, options);
  running.push(double);
  return double;
}

function ioFor(double: GitHubDouble, more: Partial<Io> = {}, env: Record<string, string> = {}): Io {
  return {
    out: () => {},
    err: () => {},
    isTerminal: false,
    showsProgress: false,
    columns: 80,
    env: { GITHUB_API_URL: double.url, ...env },
    cwd: "/",
    now: () => 0,
    signal: new AbortController().signal,
    ...more,
  };
}

/** A waiting second takes no time: the plugins' own waits stay in force, only shorter. */
const quick = { second: 2, retries: 5 };
const small = () => servedFromBackup(sample, name);

/** More than a page of everything, from the sample's objects. */
async function large(): Promise<ServedRepository> {
  const base = await small();
  const served: ServedRepository = { ...base, issues: [], events: [], comments: [] };
  for (let copy = 0; copy < 8; copy += 1) {
    const shift = copy * 1000;
    const moved = base.issues.map((i) => ({
      ...i,
      number: Number(i.number) + shift,
      id: Number(i.id) + shift * 1000,
    }));
    served.issues.push(...moved);
    const byNumber = new Map(moved.map((i) => [i.number, i]));
    for (const e of base.events) {
      const issue = byNumber.get(Number((e.issue as { number: number }).number) + shift);
      served.events.push({ ...e, id: Number(e.id) + shift * 1_000_000, issue });
    }
    for (const c of base.comments)
      served.comments.push({
        ...c,
        id: Number(c.id) + shift * 1_000_000,
        issue_url: String(c.issue_url).replace(/(\d+)$/, (n) => String(Number(n) + shift)),
      });
  }
  return served;
}

const pages = (n: number): number => Math.max(1, Math.ceil(n / 100));

/** Everything that was kept, but for when it was seen. */
function content(store: Store): unknown {
  store.refresh();
  const numbers = store.timelines({ pullRequests: true }).map((t) => t.number);
  return {
    issues: numbers.map((n) => ({ ...store.issue(n), observedAt: 0, firstSeenAt: 0 })),
    events: numbers.map((n) => store.eventsOf(n)),
    comments: store.commentsOf(numbers),
    milestones: store.milestones().map((m) => ({ ...m, observedAt: 0, firstSeenAt: 0 })),
    labels: store.labels().map((l) => ({ ...l, observedAt: 0, firstSeenAt: 0 })),
  };
}

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
  test("a first sync keeps to its budget, and a quiet second one only asks whether anything changed", async () => {
    const served = await large();
    const double = await serve(served);
    const store = openStore(":memory:");
    const first = await syncGitHub(store, name, ioFor(double), quick);
    const budget =
      pages(served.issues.length) + pages(served.events.length) + pages(served.comments.length) + 5;
    expect(first.requests).toBeLessThanOrEqual(budget);
    expect(first).toMatchObject({
      issues: served.issues.length,
      events: served.events.length,
      comments: served.comments.length,
      problems: [],
    });
    const asked = double.log.length;
    const second = await syncGitHub(store, name, ioFor(double), quick);
    const quiet = double.log.slice(asked);
    expect(quiet.every((r) => r.conditional && r.status === 304)).toBe(true);
    expect(second).toMatchObject({
      issues: 0,
      events: 0,
      comments: 0,
      requests: quiet.length,
      unchanged: quiet.length,
    });
    expect(quiet.length).toBe(5);
  });

  test("a third sync fetches what came since, and nothing of the long past", async () => {
    const served = await large();
    const double = await serve(served);
    const store = openStore(":memory:");
    await syncGitHub(store, name, ioFor(double), quick);
    const issue = served.issues[0]!;
    issue.title = "A new title";
    issue.updated_at = "2030-01-01T00:00:00Z";
    served.events.push({
      ...served.events[0]!,
      id: 9e14,
      event: "renamed",
      rename: { from: "old", to: "A new title" },
      created_at: "2030-01-01T00:00:00Z",
      issue,
    });
    const added = await syncGitHub(store, name, ioFor(double), quick);
    expect(added).toMatchObject({ issues: 1, events: 1 });
    expect(added.requests).toBeLessThanOrEqual(8);
  });

  test("an event that lands late, below the newest known one, is found", async () => {
    const served = await small();
    const double = await serve(served);
    const store = openStore(":memory:");
    await syncGitHub(store, name, ioFor(double), quick);
    const newest = Math.max(...served.events.map((e) => Date.parse(String(e.created_at))));
    served.events.push({
      ...served.events[0]!,
      id: 9e14,
      created_at: new Date(newest - 60_000).toISOString(),
    });
    served.events.push({
      ...served.events[0]!,
      id: 9e14 + 1,
      created_at: new Date(newest + 60_000).toISOString(),
    });
    expect(await syncGitHub(store, name, ioFor(double), quick)).toMatchObject({ events: 2 });
  });
});

describe("faults on the way", () => {
  const faults: Fault[] = ["bad-gateway", "secondary-limit", "dropped-connection", "truncated-json"];
  const rhythms: [string, (n: number) => boolean][] = [
    ["first request", (n) => n === 1],
    ["every 2nd", (n) => n % 2 === 0],
    ["every 5th", (n) => n % 5 === 0],
    ["three in a row", (n) => n % 9 >= 6],
  ];

  test("every fault at every rhythm ends in the same database", async () => {
    const served = await small();
    const calm = await serve(served);
    const whole = openStore(":memory:");
    const clean = await syncGitHub(whole, name, ioFor(calm), quick);
    const table: Record<string, unknown>[] = [];
    for (const fault of faults)
      for (const [rhythm, hits] of rhythms) {
        const double = await serve(served, { faultAt: (n) => (hits(n) ? fault : null), retryAfter: 1 });
        const store = openStore(":memory:");
        const sum = await syncGitHub(store, name, ioFor(double), quick);
        const equal = JSON.stringify(content(store)) === JSON.stringify(content(whole));
        table.push({
          fault,
          rhythm,
          requests: double.log.length,
          repeated: double.log.length - clean.requests,
          equal,
        });
        expect(sum.problems).toEqual([]);
        expect(equal, `${fault}, ${rhythm}`).toBe(true);
      }
    console.table(table);
  });

  test("a fault that never ends is told as such, and what came before it is kept", async () => {
    const served = await large();
    const double = await serve(served, { faultAt: (n) => (n > 6 ? "bad-gateway" : null) });
    const store = openStore(":memory:");
    await expect(syncGitHub(store, name, ioFor(double), quick)).rejects.toMatchObject({
      code: "github-failed",
      exitCode: 4,
    });
    const calm = await serve(served);
    const rest = await syncGitHub(store, name, ioFor(calm), quick);
    expect(rest.issues).toBeLessThan(served.issues.length);
    const whole = openStore(":memory:");
    await syncGitHub(whole, name, ioFor(calm), quick);
    expect(content(store)).toEqual(content(whole));
  });
});

describe("refusals", () => {
  const secret = "ghp_thisIsASecretThatMustNotShow";
  async function refusedWith(
    options: DoubleOptions,
    env: Record<string, string>,
    repository = name,
  ): Promise<GitHubRefusedError> {
    const double = await serve(await small(), options);
    const error = await syncGitHub(openStore(":memory:"), repository, ioFor(double, {}, env), quick).catch(
      (e) => e,
    );
    expect(error).toBeInstanceOf(GitHubRefusedError);
    const { message, hint, stack, cause } = error as GitHubRefusedError;
    expect(
      JSON.stringify([message, hint, stack, String(cause), (cause as Error | undefined)?.stack]),
    ).not.toContain(secret);
    return error;
  }

  test("a wrong token", async () => {
    expect(await refusedWith({ token: "right" }, { GITHUB_TOKEN: secret })).toMatchObject({
      code: "github-token-refused",
      exitCode: 4,
    });
  });

  test("a private repository without a token says that a token may be needed", async () => {
    const error = await refusedWith({ token: "right" }, {});
    expect(error).toMatchObject({ code: "github-no-repository", exitCode: 4 });
    expect(error.hint).toContain("GITHUB_TOKEN");
  });

  test("a repository that does not exist", async () => {
    expect(await refusedWith({}, { GITHUB_TOKEN: secret }, "nobody/nothing")).toMatchObject({
      code: "github-no-repository",
    });
  });

  test("a secondary limit without end", async () => {
    const error = await refusedWith({ faultAt: () => "secondary-limit" }, { GITHUB_TOKEN: secret });
    expect(error.code).toBe("github-rate-limited");
  });

  test("an interrupt keeps what came and is told as exit code 5", async () => {
    const stop = new AbortController();
    const double = await serve(await large(), {
      onAnswer: (kind) => {
        if (kind === "events") stop.abort();
      },
    });
    const store = openStore(":memory:");
    const error = await syncGitHub(store, name, ioFor(double, { signal: stop.signal }), quick).catch(
      (e) => e,
    );
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error).toMatchObject({ exitCode: 5 });
    const rest = await syncGitHub(store, name, ioFor(double), quick);
    expect(rest.issues).toBe(0);
    expect(rest.events).toBeGreaterThan(0);
  });
});
