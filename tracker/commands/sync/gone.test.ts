import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import { repositoriesOf } from "../../core/model/repositories.ts";
import { openStore } from "../../store/open.ts";
import type { Store } from "../../store/store.ts";
import type { Fault } from "../../testing/github/fault.ts";
import { wholeComment, wholeEvent, wholeIssue } from "../../testing/github/objects.ts";
import { type Departure, remove, type ServedRepository } from "../../testing/github/repository.ts";
import type { DoubleOptions } from "../../testing/github/server.ts";
import { budgetOf, ioFor, quick, quietBudgetOf, sampleName, serve, stateOf } from "../../testing/sync-rig.ts";
import { syncGitHub } from "./github.ts";
import { goneNotices } from "./gone.ts";

const day = (n: number): number => Date.parse("2026-03-01T12:00:00Z") + n * 86_400_000;

/** Issues 1 to `open` are open, `closed` more are closed; every third one is a pull request where `pulls` is set. */
function repository(open: number, closed = 0, pulls = false): ServedRepository {
  const url = `https://api.github.invalid/repos/${sampleName}`;
  const issues = Array.from({ length: open + closed }, (_, index) => {
    const number = index + 1;
    const at = new Date(day(-200) + number * 60_000).toISOString();
    const raw = {
      number,
      id: number,
      title: `Issue ${number}`,
      state: number <= open ? "open" : "closed",
      url: `${url}/issues/${number}`,
      repository_url: url,
      created_at: at,
      updated_at: at,
    };
    return wholeIssue(raw, pulls && number % 3 === 0);
  });
  // Nothing comes to be without an event or a comment somewhere.
  const first = issues.slice(0, 1);
  const events = first.map((issue) =>
    wholeEvent({ id: 1, event: "subscribed", created_at: issue.created_at }, issue),
  );
  const comments = first.map(({ created_at, url }) =>
    wholeComment({ id: 1, created_at, body: "Thanks" }, String(url)),
  );
  return { name: sampleName, issues, events, comments, milestones: [], labels: [] };
}

/** Syncs the same double again and again, a day further each time. */
async function daily(served: ServedRepository, options: DoubleOptions = {}) {
  let now = day(0);
  const double = await serve(served, { now: () => now, ...options });
  const store = openStore(":memory:");
  return {
    store,
    double,
    async sync(name = sampleName) {
      const asked = double.log.length;
      const sum = await syncGitHub(store, name, ioFor(double), quick);
      now += 86_400_000;
      return { ...sum, log: double.log.slice(asked) };
    },
  };
}

const numbersAt = (store: Store, at: number): number[] =>
  JSON.parse(stateOf(store, at)).issues.map(({ number }: { number: number }) => number);
const single = /\/issues\/\d+$/;

describe("an issue that left the repository", () => {
  test.each(["transferred", "transferred out of sight", "deleted"] as const)(
    "is found gone though no event tells of it: %s",
    async (how) => {
      const served = repository(12);
      const team = await daily(served);
      await team.sync();
      await team.sync();
      remove(served, 7, how);
      const { gone, notices, log } = await team.sync();
      const found = how === "transferred" ? "transferred" : "deleted";
      expect(gone).toEqual([{ issue: 7, at: day(2), since: day(1), found }]);
      expect(notices).toEqual([]);
      expect(goneNotices(team.store, gone, repositoriesOf([sampleName])).join()).toMatch(
        new RegExp(`#7 "Issue 7" was ${found} .*between 2026-03-02.* and 2026-03-03`),
      );
      // Where it leads to is asked once, too.
      expect(log.filter(({ url }) => single.test(url))).toHaveLength(how === "transferred" ? 2 : 1);
      team.store.refresh();
      const [interval] = present(team.store.timelines({ numbers: [7] })[0]).intervals.filter(
        (i) => i.attribute === "gone",
      );
      expect(interval).toMatchObject({ value: found, from: day(2), provenance: "observed" });
      expect(numbersAt(team.store, day(2) - 1)).toContain(7);
      expect(numbersAt(team.store, day(2))).not.toContain(7);
      expect(team.store.issuesOpenDuring({ from: day(2), to: day(2) + 1 })).not.toContain(7);
      expect(team.store.issuesOpenDuring({ from: day(2) - 1, to: day(2) })).toContain(7);
    },
  );

  test("is asked for once, and told of once", async () => {
    const served = repository(12);
    const team = await daily(served);
    await team.sync();
    remove(served, 7, "deleted");
    expect((await team.sync()).gone).toHaveLength(1);
    const again = await team.sync();
    expect(again.gone).toEqual([]);
    expect(again.notices).toEqual([]);
    expect(again.log.filter(({ url }) => single.test(url))).toEqual([]);
  });

  test.each<[Fault, Departure, string]>([
    ["not-found", "transferred out of sight", "github-no-repository"],
    ["issues-off", "deleted", "github-issues-off"],
    ["blocked-by-law", "deleted", "github-blocked"],
  ])(
    "is not found in any of a repository that is gone itself while they are looked for: %s",
    async (fault, how, code) => {
      const served = repository(12);
      let isGone = false;
      let mayGo = true;
      const team = await daily(served, {
        faultAt(_, url) {
          isGone ||= mayGo && single.test(url);
          return isGone ? fault : null;
        },
      });
      await team.sync();
      const kept = structuredClone(served);
      remove(served, 7, how);
      await expect(team.sync()).rejects.toMatchObject({ code });
      expect(team.store.goneIssues()).toEqual([]);
      // It is there again, and so is the issue, which no listing had shown for a moment.
      Object.assign(served, kept, { gone: new Map() });
      [isGone, mayGo] = [false, false];
      expect((await team.sync()).gone).toEqual([]);
      remove(served, 7, how);
      expect((await team.sync()).gone).toHaveLength(1);
    },
  );

  test("is found though it was closed, where it was among the newest updates", async () => {
    const served = repository(40, 90);
    const team = await daily(served);
    await team.sync();
    remove(served, 130, "deleted");
    expect((await team.sync()).gone.map(({ issue }) => issue)).toEqual([130]);
  });

  test("is not found in one that was closed, or that the listing passed over", async () => {
    const served = repository(130);
    const team = await daily(served);
    await team.sync();
    // Closed after the sync has read what changed, before it reads what is open.
    const open = present(served.issues.find(({ number }) => number === 50));
    const closing = { ...open, state: "closed", updated_at: new Date(day(1)).toISOString() };
    let asked = 0;
    const late = await serve(served, {
      now: () => day(1),
      onAnswer: () => {},
      onRequest: () => {
        asked += 1;
        if (asked === 4) Object.assign(open, closing);
      },
    });
    const sum = await syncGitHub(team.store, sampleName, ioFor(late), quick);
    expect(sum.gone).toEqual([]);
    expect(late.log.filter(({ url }) => single.test(url))).toHaveLength(1);
    expect(team.store.issue(50)?.state).toBe("closed");
  });

  test("is seen at last where the first pass skipped it, for another was closed while it read", async () => {
    const served = repository(230);
    let pages = 0;
    let now = day(0);
    const double = await serve(served, {
      paging: "counted",
      now: () => now,
      onAnswer: (kind) => {
        pages += kind === "issues" ? 1 : 0;
        // After the newest updates and the first hundred open issues: the next page begins one further.
        if (kind === "issues" && pages === 2)
          Object.assign(present(served.issues[0]), {
            state: "closed",
            updated_at: new Date(day(0)).toISOString(),
          });
      },
    });
    const store = openStore(":memory:");
    await syncGitHub(store, sampleName, ioFor(double), quick);
    expect(store.issue(101)).toBeNull();
    now = day(1);
    expect((await syncGitHub(store, sampleName, ioFor(double), quick)).gone).toEqual([]);
    expect(store.issue(101)?.title).toBe("Issue 101");
  });

  test("comes back when it is listed again", async () => {
    const served = repository(12);
    const team = await daily(served);
    await team.sync();
    const hidden = present(served.issues.find(({ number }) => number === 7));
    remove(served, 7, "transferred out of sight");
    await team.sync();
    served.issues.push(hidden);
    expect((await team.sync()).gone).toEqual([]);
    expect(numbersAt(team.store, day(1))).not.toContain(7);
    expect(numbersAt(team.store, day(2))).toContain(7);
    expect(team.store.goneIssues()).toEqual([]);
  });

  test("is told from a repository that was renamed", async () => {
    const served = repository(12);
    const team = await daily(served, { formerly: "old-home/platform" });
    await team.sync("old-home/platform");
    remove(served, 7, "transferred");
    remove(served, 8, "deleted");
    const { gone } = await team.sync("old-home/platform").catch(() => team.sync());
    expect(gone.map(({ issue, found }) => [issue, found])).toEqual([
      [7, "transferred"],
      [8, "deleted"],
    ]);
    expect(numbersAt(team.store, day(5))).toHaveLength(10);
  });

  test("is asked for by the next sync where this one is cut off", async () => {
    const served = repository(12);
    const team = await daily(served);
    await team.sync();
    for (const number of [3, 7, 9]) remove(served, number, "deleted");
    let questions = 0;
    const broken = await serve(served, {
      now: () => day(1),
      faultAt: (n) => {
        questions += single.test(present(broken.log[n - 1]).url) ? 1 : 0;
        return questions > 1 ? "bad-gateway" : null;
      },
    });
    await expect(syncGitHub(team.store, sampleName, ioFor(broken), quick)).rejects.toThrow();
    expect(team.store.goneIssues()).toEqual([]);
    expect((await team.sync()).gone.map(({ issue }) => issue)).toEqual([3, 7, 9]);
  });

  test("of many is found in parts, so that a limit that is soon used up is got through", async () => {
    const served = repository(60);
    const team = await daily(served);
    await team.sync();
    for (let number = 1; number <= 50; number += 1) remove(served, number, "deleted");
    const broken = await serve(served, {
      now: () => day(1),
      faultAt: (_, url) => (url.endsWith("/issues/45") ? "forbidden" : null),
    });
    await expect(syncGitHub(team.store, sampleName, ioFor(broken), quick)).rejects.toThrow();
    expect(team.store.goneIssues()).toHaveLength(40);
    expect((await team.sync()).gone).toHaveLength(10);
  });
});

describe("requests", () => {
  const sizes = fc.record({
    open: fc.oneof(fc.integer({ min: 0, max: 330 }), fc.constantFrom(0, 1, 99, 100, 101, 200, 201)),
    closed: fc.integer({ min: 0, max: 230 }),
    pulls: fc.boolean(),
    paging: fc.constantFrom("opaque" as const, "counted" as const),
    leave: fc.uniqueArray(fc.integer({ min: 1, max: 330 }), { maxLength: 4 }),
  });

  test("a first sync keeps to its budget, a quiet one asks no more than a page per hundred open issues, and each that is missing is asked for once", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ open, closed, pulls, paging, leave }) => {
        const served = repository(open, closed, pulls);
        const team = await daily(served, { paging });
        expect((await team.sync()).requests).toBeLessThanOrEqual(budgetOf(served));
        const quiet = await team.sync();
        expect(quiet.requests).toBeLessThanOrEqual(quietBudgetOf(served));
        expect(quiet.log.every(({ conditional, status }) => conditional && status === 304)).toBe(true);
        const budget = quietBudgetOf(served);
        const issues = served.issues.filter((one) => one.pull_request === undefined && one.state === "open");
        const left = leave
          .filter((number) => issues.some((one) => one.number === number))
          .sort((a, b) => a - b);
        for (const number of left) remove(served, number, "deleted");
        const after = await team.sync();
        expect(after.gone.map(({ issue }) => issue)).toEqual(left);
        expect(after.requests).toBeLessThanOrEqual(budget + left.length + Math.min(1, left.length));
        const rest = issues.map((one) => Number(one.number)).filter((number) => !left.includes(number));
        team.store.refresh();
        expect(team.store.issuesOpenDuring({ from: day(9), to: day(9) + 1 })).toEqual(rest);
        await team.double.close();
      }),
      { numRuns: 20, seed: 8 },
    );
  }, 120_000);
});
