import { describe, expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import { openStore } from "../../store/open.ts";
import { backupTeam, member } from "../../testing/backup-team.ts";
import { wholeComment, wholeEvent, wholeIssue } from "../../testing/github/objects.ts";
import { remove, type ServedRepository } from "../../testing/github/repository.ts";
import { budgetOf, ioFor, quick, quietBudgetOf, sampleName, serve } from "../../testing/sync-rig.ts";
import { syncGitHub } from "./github.ts";

const day = (n: number): number => Date.parse("2026-03-01T12:00:00Z") + n * 86_400_000;
const iso = (n: number): string => new Date(day(n)).toISOString().replace(".000", "");
const url = `https://api.github.invalid/repos/${sampleName}`;

/** Issues 1 to 3, each with two comments of which the second says effort; 3 is closed. */
function repository(): ServedRepository {
  const served: ServedRepository = {
    name: sampleName,
    issues: [],
    events: [],
    comments: [],
    milestones: [],
    labels: [],
  };
  for (const number of [1, 2, 3]) {
    const raw = {
      number,
      id: number,
      title: `Issue ${number}`,
      state: number === 3 ? "closed" : "open",
      url: `${url}/issues/${number}`,
      repository_url: url,
      comments: 2,
      created_at: iso(-9),
      updated_at: iso(-5),
    };
    const issue = wholeIssue(raw, false);
    served.issues.push(issue);
    served.events.push(wholeEvent({ id: number, event: "subscribed", created_at: iso(-9) }, issue));
    for (const [nth, body] of ["Hello", "/spend 2d"].entries())
      served.comments.push(
        wholeComment({ id: number * 10 + nth, created_at: iso(-6 + nth), body }, `${url}/issues/${number}`),
      );
  }
  return served;
}

const issueOf = (served: ServedRepository, number: number) =>
  present(served.issues.find((one) => one.number === number));

/** Takes a comment away. GitHub counts one less, and may mark the issue as updated and tell of it by an event. */
function unsay(
  served: ServedRepository,
  id: number,
  at: number,
  tells: { event?: boolean; update?: boolean } = {},
) {
  const number = Math.floor(id / 10);
  served.comments = served.comments.filter((one) => one.id !== id);
  const issue = issueOf(served, number);
  issue.comments = Number(issue.comments) - 1;
  if (tells.update) issue.updated_at = iso(at);
  if (tells.event)
    served.events.push(wholeEvent({ id: 1000 + id, event: "comment_deleted", created_at: iso(at) }, issue));
}

async function daily(served: ServedRepository) {
  let now = day(0);
  const double = await serve(served, { now: () => now });
  const store = openStore(":memory:");
  return {
    store,
    async sync() {
      const asked = double.log.length;
      const sum = await syncGitHub(store, sampleName, ioFor(double), quick);
      now += 86_400_000;
      const log = double.log.slice(asked).map((request) => request.url);
      return { ...sum, questions: log.filter((one) => /issues\/\d+/.test(one)) };
    },
    deleted: () =>
      store
        .commentsOf([1, 2, 3])
        .flatMap(({ id, deleted }) => (deleted === undefined ? [] : [[id, deleted.at, deleted.provenance]])),
  };
}

describe("a comment that said effort and was deleted", () => {
  test("is gone from the event on, and only its issue is asked for again", async () => {
    const served = repository();
    const team = await daily(served);
    await team.sync();
    unsay(served, 21, 0.5, { event: true, update: true });
    const sum = await team.sync();
    expect(team.deleted()).toEqual([[21, day(0.5), "replayed"]]);
    expect(sum.questions).toEqual([expect.stringContaining("/issues/2/comments?")]);
    expect(sum.notices.join()).toContain(
      "#2: the comment of 2026-02-24T12:00:00Z, which may record effort, was deleted",
    );
  });

  test.each([
    ["the page of the newest comments lacks it", 21, {}],
    ["the issue counts one less", 21, { update: true }],
    ["a closed issue counts one less", 31, { update: true }],
  ])("is found without an event: %s", async (_, id, tells) => {
    const served = repository();
    const team = await daily(served);
    await team.sync();
    unsay(served, id, 0.5, tells);
    const sum = await team.sync();
    expect(team.deleted()).toEqual([[id, day(1), "observed"]]);
    expect(sum.questions).toHaveLength(1);
  });

  test("is found among more comments than a page holds, by the count of its open issue alone", async () => {
    const served = repository();
    for (let i = 0; i < 150; i += 1)
      served.comments.push(
        wholeComment({ id: 5000 + i, created_at: iso(-1), body: "Yes" }, `${url}/issues/3`),
      );
    issueOf(served, 3).comments = 152;
    const team = await daily(served);
    await team.sync();
    unsay(served, 11, 0.5);
    // Another one came, so that GitHub counts as many as before.
    served.comments.push(wholeComment({ id: 12, created_at: iso(0.6), body: "Sorry" }, `${url}/issues/1`));
    Object.assign(issueOf(served, 1), { comments: 2, updated_at: iso(0.6) });
    expect((await team.sync()).questions).toHaveLength(1);
    expect(team.deleted()).toEqual([[11, day(1), "observed"]]);
  });

  test("costs no request where nothing was deleted, and none again once it is known", async () => {
    const served = repository();
    unsay(served, 10, -4, { event: true });
    const team = await daily(served);
    const first = await team.sync();
    expect([first.questions, first.requests <= budgetOf(served)]).toEqual([[], true]);
    expect((await team.sync()).requests).toBe(quietBudgetOf(served));
    unsay(served, 11, 1.5, { event: true, update: true });
    expect((await team.sync()).questions).toHaveLength(1);
    expect((await team.sync()).requests).toBe(quietBudgetOf(served));
    Object.assign(issueOf(served, 1), { title: "Another title", updated_at: iso(3.5) });
    const last = await team.sync();
    expect([last.questions, last.notices]).toEqual([[], []]);
    expect(team.deleted()).toEqual([[11, day(1.5), "replayed"]]);
  });

  test("of an issue that is gone itself is asked for no more", async () => {
    const served = repository();
    const team = await daily(served);
    await team.sync();
    remove(served, 2, "deleted");
    expect((await team.sync()).questions).toEqual([`/repos/${sampleName}/issues/2`]);
    expect(team.deleted()).toEqual([]);
  });

  test("without a word on effort is nobody's business", async () => {
    const served = repository();
    const team = await daily(served);
    await team.sync();
    unsay(served, 20, 0.5, { event: true, update: true });
    expect((await team.sync()).questions).toHaveLength(1);
    expect(team.deleted()).toEqual([]);
  });
});

describe("a backup", () => {
  const said = { event: "commented", id: 900, created_at: "2026-03-04T09:00:00Z", body: "/spend 2d" };
  const told = { event: "comment_deleted", id: 901, created_at: "2026-03-18T09:00:00Z" };
  const older = [member(1, { events: [said], updated: "2026-03-10T09:00:00Z" })];
  const newer = [member(1, { events: [told], updated: "2026-03-18T09:00:00Z" })];

  test("that lacks a comment of an older one lets it count until then, and names what it corrects", async () => {
    const team = backupTeam();
    expect((await team.sync("2026-03-10T10:00:00Z", older)).code).toBe(0);
    expect((await team.sync("2026-04-01T10:00:00Z", newer)).code).toBe(0);
    const report = async (number: string) => JSON.parse((await team.call("report", number, "--json")).out);
    expect((await report("1")).effort.actual).toBe(2);
    const second = await report("2");
    expect(second.corrections).toMatchObject([{ number: 1, correction: -2 }]);
  });

  test("that tells of a deletion before the end of a frozen sprint restates it", async () => {
    const team = backupTeam();
    await team.sync("2026-03-14T10:00:00Z", [member(1, { events: [said], updated: "2026-03-10T09:00:00Z" })]);
    expect((await team.call("freeze", "1")).code).toBe(0);
    const event = { ...told, created_at: "2026-03-11T09:00:00Z" };
    await team.sync("2026-04-01T10:00:00Z", [
      member(1, { events: [event], updated: "2026-03-11T09:00:00Z" }),
    ]);
    expect((await team.call("freeze", "1")).code).toBe(0);
    const { effort, restatements } = JSON.parse(team.read("reports/01.json"));
    expect(effort.actual).toBe(2);
    expect(JSON.stringify(restatements)).toContain("actual");
  });

  test("alone knows nothing of it, and an older one that is read afterwards dates it all the same", async () => {
    const team = backupTeam();
    await team.sync("2026-04-01T10:00:00Z", newer);
    const report = async () => JSON.parse((await team.call("report", "1", "--json")).out);
    expect((await report()).effort.actual).toBeNull();
    await team.sync("2026-03-10T10:00:00Z", older);
    expect((await report()).effort.actual).toBe(2);
  });
});
