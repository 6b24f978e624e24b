import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openStore } from "../../store/open.ts";
import type { Store } from "../../store/store.ts";
import type { ServedRepository } from "../../testing/github/repository.ts";
import { type DoubleOptions, startDouble } from "../../testing/github/server.ts";
import { contentOf, ioFor, quick, sampleName, small, stateOf } from "../../testing/sync-rig.ts";
import { syncGitHub } from "./github.ts";

type Json = Record<string, unknown>;

const url = `https://api.github.com/repos/${sampleName}`;
const long = "2020-02-02T02:02:02Z";
const issue = (rest: Json): Json => ({
  id: 77_000,
  number: 770,
  title: "Task",
  state: "open",
  user: { login: "ana" },
  labels: [],
  milestone: null,
  url: `${url}/issues/770`,
  created_at: long,
  updated_at: long,
  ...rest,
});
const event = (rest: Json): Json => ({
  id: 88_000,
  event: "labeled",
  actor: { login: "ana" },
  label: { name: "bug" },
  issue: { number: 1 },
  created_at: long,
  ...rest,
});
const comment = (rest: Json): Json => ({
  id: 99_000,
  issue_url: `${url}/issues/1`,
  user: { login: "ana" },
  body: "/spend 1d",
  created_at: long,
  updated_at: long,
  ...rest,
});
const beyond = 2 ** 53 + 2;

async function synced(
  served: ServedRepository,
  options: DoubleOptions = {},
  store: Store = openStore(":memory:"),
) {
  const double = await startDouble(served, options);
  try {
    return { store, sum: await syncGitHub(store, sampleName, ioFor(double), quick) };
  } finally {
    await double.close();
  }
}

const base = await small();
const clean = contentOf((await synced(base)).store);

/** The sample, with these objects among the others. */
const among = (more: Partial<ServedRepository>): ServedRepository => ({
  ...base,
  issues: [...base.issues, ...(more.issues ?? [])],
  events: [...base.events, ...(more.events ?? [])],
  comments: [...base.comments, ...(more.comments ?? [])],
  milestones: [...base.milestones, ...(more.milestones ?? [])],
  labels: [...base.labels, ...(more.labels ?? [])],
});

describe("what cannot be read is named, and everything around it is kept", () => {
  test.each<[string, Partial<ServedRepository>, RegExp]>([
    ["an issue number 0", { issues: [issue({ number: 0 })] }, /issue 0: number/],
    ["a negative one", { issues: [issue({ number: -4 })] }, /issue -4: number/],
    ["one beyond 2^53", { issues: [issue({ number: beyond })] }, /issue 9007199254740994: number/],
    ["a number as text", { issues: [issue({ number: "770" })] }, /issue 770: number/],
    ["an issue without a title", { issues: [issue({ title: null })] }, /issue 770: title/],
    ["one that is neither open nor closed", { issues: [issue({ state: "merged" })] }, /issue 770: state/],
    ["one that was never made", { issues: [issue({ created_at: null })] }, /issue 770: created_at/],
    [
      "one made some day",
      { issues: [issue({ created_at: "some day" })] },
      /issue 770: created_at: not an instant/,
    ],
    [
      "an event without created_at",
      { events: [event({ created_at: undefined })] },
      /event 88000: created_at/,
    ],
    ["an event of issue 0", { events: [event({ issue: { number: 0 } })] }, /event 88000: issue\.number/],
    ["an event id beyond 2^53", { events: [event({ id: beyond })] }, /event 9007199254740994: id/],
    ["an event that is none", { events: [event({ event: 7 })] }, /event 88000: event/],
    ["a comment of no issue", { comments: [comment({ issue_url: url })] }, /comment 99000 names no issue/],
    [
      "a comment of issue 0",
      { comments: [comment({ issue_url: `${url}/issues/0` })] },
      /comment 99000 names no issue/,
    ],
    [
      "a comment of an issue beyond 2^53",
      { comments: [comment({ issue_url: `${url}/issues/${beyond}` })] },
      /comment 99000 names no issue/,
    ],
    ["a comment without a date", { comments: [comment({ created_at: null })] }, /comment 99000: created_at/],
    ["a milestone 0", { milestones: [{ number: 0, title: "None", state: "open" }] }, /milestone 0: number/],
    ["a label id beyond 2^53", { labels: [{ id: beyond, name: "rounded" }] }, /label 9007199254740994: id/],
    ["a label without a name", { labels: [{ id: 6, name: null }] }, /label 6: name/],
  ])("%s", async (_, more, told) => {
    const { store, sum } = await synced(among(more));
    expect(sum.problems).toEqual([expect.stringMatching(told)]);
    expect(contentOf(store)).toBe(clean);
  });
});

describe("what is odd and can be read, is", () => {
  const now = Date.parse("2026-06-01T00:00:00Z");

  test("actors, authors and assignees that are gone", async () => {
    const gone = { user: null, assignee: null, assignees: [null] };
    const { store, sum } = await synced(
      among({
        issues: [issue(gone)],
        events: [event({ actor: null, issue: { number: 770 } })],
        comments: [comment({ user: null, issue_url: `${url}/issues/770` })],
      }),
    );
    expect(sum.problems).toEqual([]);
    expect(store.issue(770)).toMatchObject({ author: null, assignees: [] });
    expect(store.eventsOf(770)).toMatchObject([{ actor: null, label: "bug" }]);
    expect(store.commentsOf([770])).toMatchObject([{ author: null, body: "/spend 1d" }]);
  });

  test("an event of a kind that came later, kept and without effect", async () => {
    const { store, sum } = await synced(
      among({ events: [event({ event: "teleported", label: undefined, to: { planet: "Mars" } })] }),
    );
    expect(sum.problems).toEqual([]);
    expect(store.eventsOf(1).map(({ kind }) => kind)).toContain("teleported");
    expect(stateOf(store, now)).toBe(stateOf((await synced(base)).store, now));
  });

  test("a text of a megabyte, to its last letter", async () => {
    const body = `${"ä 1 €\n".repeat(150_000)}/spend 1d`;
    const { store, sum } = await synced(
      among({ issues: [issue({ body })], comments: [comment({ body, issue_url: `${url}/issues/770` })] }),
    );
    expect(sum.problems).toEqual([]);
    expect(store.issue(770)?.body).toBe(body);
    expect(store.commentsOf([770])[0]?.body).toBe(body);
    expect(store.issuesWithEffort()).toContain(770);
  });

  test("names that no keyboard has", async () => {
    const names = [
      "\u0000nul",
      "\ud800 half",
      "\ufffd half",
      "'; DROP TABLE event; --",
      "r1_event",
      "ﷺ",
      "a\u202eb",
    ];
    const labels = names.map((name, index) => ({ id: 500 + index, name }));
    const events = names.map((name, index) =>
      event({ id: 600 + index, label: { name }, issue: { number: 770 } }),
    );
    const { store, sum } = await synced(among({ issues: [issue({ labels })], events, labels }));
    expect(sum.problems).toEqual([]);
    store.refresh();
    const [timeline] = store.timelines({ numbers: [770] });
    const worn = timeline?.intervals.filter(({ attribute }) => attribute === "label") ?? [];
    expect(worn.map(({ value }) => value)).toEqual(
      expect.arrayContaining(["\u0000nul", "'; DROP TABLE event; --", "r1_event", "ﷺ", "a\u202eb"]),
    );
  });

  test("whatever comes twice, comes once", async () => {
    const twice = {
      ...base,
      issues: [...base.issues, ...base.issues],
      events: [...base.events, ...base.events],
    };
    const { store, sum } = await synced({ ...twice, comments: [...base.comments, ...base.comments] });
    expect(sum.events).toBe(base.events.length);
    expect(contentOf(store)).toBe(clean);
  });

  test("events in any order in the listing replay to the same", async () => {
    const expected = stateOf((await synced(base)).store, now);
    const orders = fc.sample(fc.shuffledSubarray(base.events, { minLength: base.events.length }), {
      numRuns: 3,
      seed: 5,
    });
    for (const events of orders) {
      // All at one page: the listing goes by time, whatever the order in which it was told.
      const { store } = await synced({ ...base, events });
      expect(stateOf(store, now)).toBe(expected);
    }
  });
});

describe("clocks that differ", () => {
  const hour = 3_600_000;
  const noon = Date.parse("2026-06-01T12:00:00Z");

  test.each([-25, -1, 1, 25])(
    "by %i hours between two syncs lose nothing of what came between them",
    async (hours) => {
      const served = structuredClone(base);
      let now = noon;
      const options = { now: () => now };
      const { store } = await synced(served, options);
      const added = new Date(noon + 60_000).toISOString();
      served.issues.push(issue({ created_at: added, updated_at: added }));
      served.events.push(event({ created_at: added, issue: served.issues.at(-1) }));
      served.comments.push(comment({ created_at: added, updated_at: added, issue_url: `${url}/issues/770` }));
      now = noon + hours * hour;
      await synced(served, options, store);
      now = noon + 2 * hour;
      await synced(served, options, store);
      const whole = await synced(served, options);
      expect(contentOf(store)).toBe(contentOf(whole.store));
    },
  );

  test("an object of the far future hides nothing of what comes after it", async () => {
    const served = among({
      issues: [issue({ updated_at: "2999-01-01T00:00:00Z" })],
      events: [event({ created_at: "2999-01-01T00:00:00Z" })],
      comments: [comment({ updated_at: "2999-01-01T00:00:00Z" })],
    });
    let now = noon;
    const options = { now: () => now };
    const { store } = await synced(served, options);
    now += hour;
    const later = new Date(now).toISOString();
    served.issues.push(issue({ number: 771, id: 77_100, created_at: later, updated_at: later }));
    served.events.push(event({ id: 88_100, created_at: later, issue: { number: 771 } }));
    served.comments.push(
      comment({ id: 99_100, created_at: later, updated_at: later, issue_url: `${url}/issues/771` }),
    );
    now += hour;
    await synced(served, options, store);
    expect(store.issue(771)).not.toBe(null);
    expect(store.eventsOf(771)).toHaveLength(1);
    expect(store.commentsOf([771])).toHaveLength(1);
  });
});

describe("an answer that is of no use, from the fifth on", () => {
  const limits = (limitHeaders: Record<string, string>): DoubleOptions => ({
    faultAt: (n) => (n > 4 ? "rate-limit" : null),
    limitHeaders,
  });
  const none = "x-ratelimit-remaining";

  test.each<[string, DoubleOptions, string]>([
    ["no content", { faultAt: (n) => (n > 4 ? "no-content" : null) }, "github-odd-answer"],
    ["a page of HTML", { faultAt: (n) => (n > 4 ? "not-github" : null) }, "github-odd-answer"],
    [
      "JSON that is cut off each time",
      { faultAt: (n) => (n > 4 ? "truncated-json" : null) },
      "github-unreachable",
    ],
    ["a limit without a word on when it ends", limits({ [none]: "0" }), "github-rate-limited"],
    ["one that ends soon", limits({ [none]: "0", "x-ratelimit-reset": "soon" }), "github-rate-limited"],
    ["one that ended long ago", limits({ [none]: "0", "x-ratelimit-reset": "-5" }), "github-rate-limited"],
    ["one that ends never", limits({ [none]: "0", "x-ratelimit-reset": "9e99" }), "github-rate-limited"],
    ["a wait of less than nothing", limits({ "retry-after": "-5" }), "github-rate-limited"],
    ["a wait without end", limits({ "retry-after": "99999999999" }), "github-rate-limited"],
    [
      "a wait until a day long past",
      limits({ "retry-after": "Sun, 06 Nov 1994 08:49:37 GMT" }),
      "github-rate-limited",
    ],
    ["a wait that is no number", limits({ "retry-after": "a while" }), "github-rate-limited"],
    ["a rest that is no number", limits({ [none]: "NaN", "retry-after": "1" }), "github-rate-limited"],
  ])(
    "%s, ends the sync with a clear error; the next one brings the rest",
    async (_, options, code) => {
      const store = openStore(":memory:");
      const failed = await synced(base, options, store).catch((error: unknown) => error);
      expect(failed).toMatchObject({ code, exitCode: 4 });
      expect((failed as Error).message).not.toMatch(/NaN|undefined|Invalid/);
      await synced(base, {}, store);
      expect(contentOf(store)).toBe(clean);
    },
    60_000,
  );
});
