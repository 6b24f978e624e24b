import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SprintcastError } from "../../errors.ts";
import { run } from "../../program.ts";
import { openStore } from "../../store/open.ts";
import { faultsAt } from "../../testing/github/fault.ts";
import type { DoubleOptions } from "../../testing/github/server.ts";
import { contentOf, ioFor, quick, sampleName, serve, small } from "../../testing/sync-rig.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { syncGitHub } from "./github.ts";

const secret = "ghp_thisIsASecretThatMustNotShow";

/** An error with all that hangs on it, as a careless program might print it. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [
    error.stack,
    JSON.stringify(error),
    (error as SprintcastError).hint,
    everythingIn(error.cause),
  ].join("\n");
}

async function refusal(options: DoubleOptions, env: Record<string, string>, repository = sampleName) {
  const double = await serve(await small(), options);
  const io = ioFor(double, {}, env);
  const error = await syncGitHub(openStore(":memory:"), repository, io, quick).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(SprintcastError);
  expect(everythingIn(error)).not.toContain(secret);
  return error as SprintcastError;
}

const token = { GITHUB_TOKEN: secret };

describe("what GitHub refuses", () => {
  const cases: [string, DoubleOptions, string, RegExp][] = [
    ["a wrong token", { token: "right" }, "github-token-refused", /expired|revoked/],
    ["no right to read", { faultAt: () => "forbidden" }, "github-forbidden", /read access to issues/],
    [
      "single sign-on",
      { faultAt: () => "single-sign-on" },
      "github-single-sign-on",
      /single sign-on.*Configure SSO/,
    ],
    [
      "a permission that an app lacks",
      { faultAt: () => "not-permitted" },
      "github-forbidden",
      /accessible by integration.*issues=read/,
    ],
    [
      "an address that an organisation keeps out",
      { faultAt: () => "kept-out" },
      "github-forbidden",
      /IP allow list/,
    ],
    ["an edition given up", { faultAt: () => "edition-over" }, "github-api-version", /edition 2022-11-28/],
    ["issues turned off", { faultAt: () => "issues-off" }, "github-issues-off", /turned off/],
    ["another server", { faultAt: () => "moved-away" }, "github-moved-away", /another server/],
    [
      "no GitHub at all",
      { faultAt: () => "not-github" },
      "github-odd-answer",
      /sign-in page.*GITHUB_API_URL/,
    ],
    [
      "a cache that answers for GitHub",
      { faultAt: () => "unasked-304" },
      "github-odd-answer",
      /GITHUB_API_URL/,
    ],
    ["a repository that breaks its terms", { faultAt: () => "blocked" }, "github-blocked", /No token helps/],
    ["one that the law forbids", { faultAt: () => "blocked-by-law" }, "github-blocked", /No token helps/],
    [
      "a secondary limit without end that names no time",
      { faultAt: () => "secondary-limit-bare" },
      "github-rate-limited",
      /slow down/,
    ],
    [
      "the same in an older server's words",
      { faultAt: () => "abuse-limit" },
      "github-rate-limited",
      /slow down/,
    ],
    [
      "a secondary limit without end",
      { faultAt: () => "secondary-limit" },
      "github-rate-limited",
      /slow down/,
    ],
  ];
  for (const [what, options, code, words] of cases)
    test(what, async () => {
      const error = await refusal(options, token);
      expect(error).toMatchObject({ code, exitCode: 4 });
      expect(`${error.message} ${error.hint}`).toMatch(words);
    });

  test("a repository that does not exist leaves the database free for the right name", async () => {
    const double = await serve(await small());
    const store = openStore(":memory:");
    const typo = syncGitHub(store, "nobody/nothing", ioFor(double, {}, token), quick);
    await expect(typo).rejects.toMatchObject({ code: "github-no-repository", exitCode: 4 });
    expect(store.repository()).toBe(null);
    await syncGitHub(store, sampleName, ioFor(double), quick);
    expect(store.repository()).toBe(sampleName);
  });

  test("a private repository without a token says that a token may be needed", async () => {
    const error = await refusal({ token: "right" }, {});
    expect(error).toMatchObject({ code: "github-no-repository", exitCode: 4 });
    expect(error.hint).toContain("GITHUB_TOKEN");
  });

  test("an hourly limit that is far off ends the sync and says until when", async () => {
    const reset = Math.floor(Date.now() / 1000) + 3000;
    const error = await refusal({ faultAt: () => "rate-limit", reset }, token);
    expect(error).toMatchObject({ code: "github-rate-limited", exitCode: 4 });
    expect(error.message).toContain(new Date(reset * 1000).toISOString());
  });

  test.each([-2, 2])(
    "a limit is waited for by GitHub's clock, from which this machine's is %i hours off",
    async (hours) => {
      const now = () => Date.now() - hours * 3_600_000;
      const resetIn = (seconds: number) => Math.floor(now() / 1000) + seconds;
      const soon = faultsAt("rate-limit", (n) => n === 3);
      const double = await serve(await small(), { now, faultAt: soon.faultAt, reset: resetIn(30) });
      const waits: number[] = [];
      const io = ioFor(double, { err: (text) => waits.push(Number(/wait (\d+) s/.exec(text)?.[1])) });
      await syncGitHub(openStore(":memory:"), sampleName, io, quick);
      expect(waits).toHaveLength(1);
      expect(waits[0]).toBeGreaterThan(20);
      expect(waits[0]).toBeLessThan(40);

      const late = faultsAt("rate-limit", () => true);
      const reset = resetIn(3000);
      const error = await refusal({ now, faultAt: late.faultAt, reset }, token);
      expect(error.message).toContain(new Date(reset * 1000).toISOString());
      expect(late.count).toBe(1);
    },
  );

  test("nobody at the address", async () => {
    const double = await serve(await small());
    await double.close();
    const io = ioFor(double, {}, token);
    const error = await syncGitHub(openStore(":memory:"), sampleName, io, quick).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "github-unreachable", exitCode: 4 });
    expect((error as Error).message).toContain("ECONNREFUSED");
    expect(everythingIn(error)).not.toContain(secret);
  });
});

describe("a token that runs out", () => {
  const expiring = async (options: DoubleOptions, env: Record<string, string> = token) => {
    const served = await small();
    const store = openStore(":memory:");
    const double = await serve(served, { token: secret, ...options });
    const error = await syncGitHub(store, sampleName, ioFor(double, {}, env), quick).catch((e: unknown) => e);
    expect(everythingIn(error)).not.toContain(secret);
    return { error: error as SprintcastError, store, served };
  };

  test("on the way is told as such; what was fetched is kept and a new one goes on", async () => {
    const { error, store, served } = await expiring({ expiresAfter: 3 });
    expect(error).toMatchObject({ code: "github-token-refused", exitCode: 4 });
    expect(`${error.message} ${error.hint}`).toMatch(/a moment ago.*lives for an hour.*kept/);
    expect(store.knownIssues().length).toBeGreaterThan(0);
    await syncGitHub(store, sampleName, ioFor(await serve(served)), quick);
    const whole = openStore(":memory:");
    await syncGitHub(whole, sampleName, ioFor(await serve(served)), quick);
    expect(contentOf(store)).toBe(contentOf(whole));
  });

  test("soon is told while it still works, and not long before", async () => {
    const served = await small();
    const now = () => Date.parse("2026-03-01T00:00:00Z");
    for (const [tokenExpiration, told] of [
      ["2026-03-05 10:00:00 UTC", ["the token expires on 2026-03-05 10:00 UTC"]],
      ["2026-04-05 10:00:00 UTC", []],
      ["some day", []],
    ] as const) {
      const double = await serve(served, { tokenExpiration, now });
      const { notices } = await syncGitHub(
        openStore(":memory:"),
        sampleName,
        ioFor(double, {}, token),
        quick,
      );
      expect(notices).toEqual(told);
    }
  });

  test("beforehand is told as one that is not accepted", async () => {
    const { error } = await expiring({ expiresAfter: 0 });
    expect(error.message).toBe("GitHub does not accept the token");
  });

  test("what GitHub says is not repeated where it holds the token", async () => {
    const echoes = { forbiddenSays: `Who is ${secret}?`, permissions: `issues=read for ${secret}` };
    for (const fault of ["forbidden", "not-permitted"] as const) {
      const { error } = await expiring({ faultAt: () => fault, ...echoes });
      expect(error.code).toBe("github-forbidden");
    }
  });
});

describe("a moved repository", () => {
  test("in the middle of a sync is followed, from whichever request on", async () => {
    const served = await small();
    const calm = await serve(served);
    const whole = openStore(":memory:");
    const { requests } = await syncGitHub(whole, sampleName, ioFor(calm), quick);
    for (let movedFrom = 2; movedFrom <= requests; movedFrom += 1) {
      const double = await serve(served, { formerly: "old-home/platform", movedFrom });
      const store = openStore(":memory:");
      const sum = await syncGitHub(store, "old-home/platform", ioFor(double), quick);
      expect(sum.notices.join()).toContain(`old-home/platform is now ${sampleName}`);
      expect(contentOf(store)).toBe(contentOf(whole));
    }
  });

  test("takes no issue for transferred that is only missing from a listing", async () => {
    const served = await small();
    const before = await serve({ ...served, name: "old-home/platform" });
    const hidden = served.issues.filter(({ state }) => state === "open").slice(0, 1);
    const later = { ...served, issues: served.issues.filter((issue) => !hidden.includes(issue)), hidden };
    for (let movedFrom = 2; movedFrom <= 12; movedFrom += 1) {
      const store = openStore(":memory:");
      await syncGitHub(store, "old-home/platform", ioFor(before), quick);
      const double = await serve(later, { formerly: "old-home/platform", movedFrom });
      const sum = await syncGitHub(store, "old-home/platform", ioFor(double), quick);
      expect(double.log.map(({ url }) => url)).toContainEqual(expect.stringMatching(/issues\/\d+$/));
      expect(sum.gone, `moved at request ${movedFrom}`).toEqual([]);
    }
  });

  test("is followed, with a note, and the database bears its new name", async () => {
    const double = await serve(await small(), { formerly: "old-home/platform" });
    const store = openStore(":memory:");
    const sum = await syncGitHub(store, "old-home/platform", ioFor(double), quick);
    expect(sum.events).toBeGreaterThan(0);
    expect(sum.notices.join()).toContain(`old-home/platform is now ${sampleName}`);
    expect(store.repository()).toBe(sampleName);
    expect(await syncGitHub(store, sampleName, ioFor(double), quick)).toMatchObject({ issues: 0, events: 0 });
  });
});

describe("before GitHub is asked", () => {
  test("a database of another repository is refused", async () => {
    const double = await serve(await small());
    const store = openStore(":memory:");
    await syncGitHub(store, sampleName, ioFor(double), quick);
    const asked = double.log.length;
    const other = syncGitHub(store, "another/one", ioFor(double), quick);
    await expect(other).rejects.toMatchObject({ code: "store-other-repository", exitCode: 2 });
    expect(double.log.length).toBe(asked);
  });

  test("a token with a line break inside is not quoted by anybody", async () => {
    const error = await refusal({}, { GITHUB_TOKEN: `${secret}\nx` });
    expect(error).toMatchObject({ code: "token-form", exitCode: 2 });
  });

  for (const url of ["nonsense", "ftp://host", `https://me:${secret}@host/api`, "file:///etc/passwd"])
    test(`an address that is none: ${url.replace(secret, "…")}`, async () => {
      const error = await refusal({}, { GITHUB_API_URL: url });
      expect(error).toMatchObject({ code: "api-url-form", exitCode: 2 });
    });
});

test("the token is in no file and in nothing that is printed", async () => {
  const cwd = temporaryFolder();
  const printed: string[] = [];
  const print = { out: (text: string) => printed.push(text), err: (text: string) => printed.push(text) };
  const stop = new AbortController();
  const interrupted: DoubleOptions = { onRequest: () => stop.abort() };
  for (const options of [{ token: secret }, { token: "right" }, interrupted]) {
    const double = await serve(await small(), options);
    const signal = options === interrupted ? stop.signal : new AbortController().signal;
    const io = ioFor(double, { ...print, cwd, signal }, { ...token, SPRINTCAST_DEBUG: "1" });
    await run(["sync", "--repo", sampleName], io, "0");
  }
  expect(printed.join("")).toContain("GitHub does not accept the token");
  expect(printed.join("")).not.toContain(secret);
  const files = readdirSync(join(cwd, ".sprintcast"));
  expect(files).toContain("sprintcast.db");
  for (const file of files)
    expect(readFileSync(join(cwd, ".sprintcast", file)).includes(secret), file).toBe(false);
});
