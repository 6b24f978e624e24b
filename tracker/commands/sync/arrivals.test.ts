import { describe, expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import type { Fault } from "../../testing/github/fault.ts";
import type { ServedRepository } from "../../testing/github/repository.ts";
import type { DoubleOptions } from "../../testing/github/server.ts";
import { transfer } from "../../testing/github/transfer.ts";
import { teamForTest } from "../../testing/team-of-three.ts";

const later = "2026-04-10T08:00:00Z";
const names = ["acme/web"];
type Json = Record<string, unknown>;

const events = (number: number, page = "") => `/repos/acme/web/issues/${number}/events?per_page=100${page}`;

/**
 * A team of one repository, to which a second one of the same GitHub may give its issues away. What an issue brings is
 * shown by its own listings alone.
 */
async function team(options: DoubleOptions = {}) {
  const made = teamForTest(names);
  const { double, repositories } = await made.gitHub(["acme/web", "acme/api"], options);
  const [web, api] = repositories as [ServedRepository, ServedRepository];
  return {
    ...made,
    web,
    api,
    double,
    /** api#1 was closed; before that it was closed and reopened, retitled and had another label. */
    arrive(number = 1, arrived = 50) {
      const issue = present(api.issues.find((one) => one.number === number));
      const told = (id: number, event: string, created_at: string, more: Json = {}) =>
        api.events.push({ id, event, created_at, actor: { login: "ana" }, issue, ...more });
      told(801, "closed", "2026-03-02T09:00:00Z", { state_reason: "completed" });
      told(802, "reopened", "2026-03-03T09:00:00Z");
      told(803, "renamed", "2026-03-03T10:00:00Z", { rename: { from: "Old words", to: issue.title } });
      told(804, "labeled", "2026-03-02T10:00:00Z", { label: { name: "technical debt" } });
      told(805, "unlabeled", "2026-03-04T10:00:00Z", { label: { name: "technical debt" } });
      // Of the other repository alone: nothing tells that it was dropped.
      told(806, "labeled", "2026-03-04T11:00:00Z", { label: { name: "only at api" } });
      transfer(api, number, web, {
        arrived,
        path: `/repositories/1/issues/${arrived}`,
        at: later,
        isOwnAlone: true,
      });
    },
    stateOn: async (at: string, number = 50) =>
      (await made.told("state", "--at", at)).issues.find((one: Json) => one.number === number),
  };
}

const asked = (double: { log: { url: string }[] }, from = 0) => double.log.slice(from).map(({ url }) => url);

const past = [
  ["2026-03-02T08:59:59Z", { state: "open", title: "Old words", labels: ["size: L"] }],
  ["2026-03-02T12:00:00Z", { state: "closed", title: "Old words", labels: ["size: L", "technical debt"] }],
  ["2026-03-03T12:00:00Z", { state: "open", title: "Task 1", labels: ["size: L", "technical debt"] }],
  ["2026-03-04T12:00:00Z", { state: "open", labels: ["only at api", "size: L"] }],
  ["2026-03-06T12:00:00Z", { state: "closed", labels: ["only at api", "size: L"] }],
  ["2026-04-10T12:00:00Z", { state: "closed", labels: ["size: L"] }],
] as const;

describe("an issue that arrives from another repository", () => {
  test("has the past that its own events tell, which no listing of the repository shows", async () => {
    const made = await team();
    await made.call("sync");
    made.arrive();
    made.at("2026-04-10T10:00:00Z");
    const { err } = await made.call("sync");
    expect(err).not.toContain("50");
    for (const [at, state] of past) {
      const found = await made.stateOn(at);
      expect(found).toMatchObject(state);
      expect(found.provenance.labels).toBe("replayed");
      expect(found.provenance.state).toBe("replayed");
    }
  });

  test("is the same where it is there at the first sync", async () => {
    const made = await team();
    made.arrive();
    await made.call("sync");
    for (const [at, state] of past) expect(await made.stateOn(at)).toMatchObject(state);
  });

  test("is asked for its events once, and again only where all is read anew", async () => {
    const made = await team();
    await made.call("sync");
    made.arrive();
    await made.call("sync");
    expect(asked(made.double).filter((url) => url === events(50))).toHaveLength(1);
    const before = made.double.log.length;
    await made.call("sync");
    expect(asked(made.double, before).filter((url) => url.includes("/50"))).toEqual([]);
    await made.call("sync", "--full");
    expect(asked(made.double, before).filter((url) => url === events(50))).toHaveLength(1);
  });

  test.each<Fault | null>([null, "not-found", "forbidden"])(
    "brings its comments, however old they are, where GitHub answers its events with %s",
    async (fault) => {
      const made = await team({ faultAt: (_, url) => (url === events(50) ? fault : null) });
      const [comment] = made.web.comments;
      // More than a page of what came later.
      for (let id = 5000; id < 5150; id += 1)
        made.web.comments.push({ ...comment, id, body: "Thanks", updated_at: "2026-04-10T07:00:00Z" });
      await made.call("sync");
      expect((await made.told("report", "1")).effort.actual).toBe(0.25);
      made.arrive();
      present(made.web.issues.at(-1)).comments = 1;
      await made.call("sync");
      expect((await made.told("report", "1")).effort.actual).toBe(1.25);
      const before = made.double.log.length;
      await made.call("sync");
      expect(asked(made.double, before).filter((url) => url.includes("/50/"))).toEqual([]);
    },
  );

  test("while the sync runs, after the issues were read and long unchanged, is there at its end", async () => {
    let arrive = () => {};
    const made = await team({
      faultAt(_, url) {
        if (url.includes("/issues/events")) arrive();
        return null;
      },
    });
    await made.call("sync");
    made.at("2026-04-10T10:00:00Z");
    arrive = () => {
      arrive = () => {};
      made.arrive();
      const issue = present(made.web.issues.at(-1));
      issue.updated_at = "2026-03-06T09:00:00Z";
    };
    await made.call("sync");
    for (const [at, state] of past.slice(0, -1)) expect(await made.stateOn(at)).toMatchObject(state);
  });

  test.each<[Fault, number]>([
    ["not-found", 404],
    ["issues-off", 410],
    ["blocked-by-law", 451],
    ["forbidden", 403],
  ])(
    "whose events are refused (%s) is inferred until then, said once, and by doctor",
    async (fault, status) => {
      const made = await team({ faultAt: (_, url) => (url === events(50) ? fault : null) });
      await made.call("sync");
      made.arrive();
      made.at("2026-04-10T10:00:00Z");
      const { err, code } = await made.call("sync");
      expect(code).toBe(0);
      expect(err).toMatch(
        new RegExp(
          `#50 "Task 1" came from another repository at 2026-04-10T08:00:00Z, .* is inferred \\(GitHub answered ${status}\\)`,
        ),
      );
      const { provenance } = await made.stateOn("2026-03-06T12:00:00Z");
      expect(provenance).toMatchObject({ state: "inferred", title: "inferred", labels: "inferred" });
      const now = await made.stateOn("2026-04-10T09:00:00Z");
      expect(now.provenance.state).toBe("observed");
      const before = made.double.log.length;
      const again = await made.call("sync");
      expect(again.err).not.toContain("#50");
      expect(asked(made.double, before)).not.toContain(events(50));
      expect((await made.call("doctor")).out.replaceAll(/\s+/g, " ")).toContain(
        '#50 "Task 1" came from another repository at 2026-04-10T08:00:00Z',
      );
    },
  );

  test("is asked for again after a sync that was cut off between the pages of its events", async () => {
    let isCut = true;
    const made = await team({
      faultAt: (_, url) =>
        isCut && url.includes("/issues/50/events") && /after=/.test(url) ? "rate-limit" : null,
      reset: 4_000_000_000,
    });
    await made.call("sync");
    const issue = present(made.api.issues.find(({ number }) => number === 1));
    // The oldest stand on the last page.
    for (let id = 1000; id < 1150; id += 1)
      made.api.events.push({
        id,
        event: "subscribed",
        created_at: "2026-03-05T10:00:00Z",
        actor: null,
        issue,
      });
    made.arrive();
    made.at("2026-04-10T10:00:00Z");
    expect((await made.call("sync")).code).toBe(4);
    expect((await made.stateOn("2026-03-02T12:00:00Z")).provenance.state).toBe("inferred");
    isCut = false;
    expect((await made.call("sync")).code).toBe(0);
    for (const [at, state] of past) expect(await made.stateOn(at)).toMatchObject(state);
  });

  test("and leaves again before its events are read is found gone by the next sync, and no other's events are taken", async () => {
    let leave = () => {};
    const made = await team({
      faultAt(_, url) {
        if (url === events(50)) leave();
        return null;
      },
    });
    await made.call("sync");
    made.arrive();
    leave = () =>
      transfer(made.web, 50, made.api, { arrived: 90, path: "/repositories/3/issues/90", at: later });
    made.at("2026-04-10T10:00:00Z");
    const first = await made.call("sync");
    expect(first).toMatchObject({ code: 0 });
    expect(first.err).not.toMatch(/redirects|is now/);
    const { err } = await made.call("sync");
    expect(err).toMatch(/#50 "Task 1" was transferred to acme\/api#90/);
    expect((await made.call("doctor")).out).not.toContain("arrived");
  });

  test("is asked for again where the repository itself could not be seen when it was asked", async () => {
    let isGone = false;
    let mayGo = true;
    const made = await team({
      faultAt(_, url) {
        isGone ||= mayGo && url === events(50);
        return isGone ? "not-found" : null;
      },
    });
    await made.call("sync");
    made.arrive();
    made.at("2026-04-10T10:00:00Z");
    expect((await made.call("sync")).code).toBe(4);
    [isGone, mayGo] = [false, false];
    expect((await made.call("sync")).code).toBe(0);
    for (const [at, state] of past) expect(await made.stateOn(at)).toMatchObject(state);
  });

  test("is read from a repository that is renamed while the sync runs", async () => {
    const made = await team({ formerly: "acme/old", movedFrom: 1000 });
    made.settings(["acme/old"]);
    await made.call("sync");
    made.arrive();
    made.at("2026-04-10T10:00:00Z");
    expect((await made.call("sync")).code).toBe(0);
    for (const [at, state] of past) expect(await made.stateOn(at)).toMatchObject(state);
  });
});
