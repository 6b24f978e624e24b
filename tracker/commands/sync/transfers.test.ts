import { describe, expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import { remove, type ServedRepository } from "../../testing/github/repository.ts";
import { transfer as transferOf } from "../../testing/github/transfer.ts";
import { post } from "../../testing/github/webhooks.ts";
import { startReceiver } from "../../testing/receiver-rig.ts";
import { teamForTest } from "../../testing/team-of-three.ts";

type Team = ReturnType<typeof teamForTest>;

const later = "2026-04-10T08:00:00Z";

/** The double serves the second repository of the team under this number, too. */
const web = "/repositories/3";

/** As `transferOf`, at one instant, to where the double serves the second repository. */
const transfer = (from: ServedRepository, number: number, to: ServedRepository, arrived: number): void =>
  transferOf(from, number, to, { arrived, path: `${web}/issues/${arrived}`, at: later });

async function transferred() {
  const team = teamForTest();
  const { repositories } = await team.gitHub();
  await team.call("sync");
  const before = await told(team);
  const [api, to] = repositories;
  transfer(present(api), 2, present(to), 50);
  team.at("2026-04-10T10:00:00Z");
  return { team, before, api: present(api), to: present(to) };
}

/** What the reports say, in one order, and under the name that the issue has after its first transfer. */
async function told(team: Team) {
  const reports = [];
  for (const sprint of ["1", "2"]) {
    const { effort, debt, unexpected, carriedOver, boards } = await team.told("report", sprint);
    reports.push({ effort, debt, unexpected, carriedOver, boards });
  }
  // Events have other numbers in another repository.
  const named = JSON.stringify(reports, (key, value) =>
    /^(url|title|number)$|eventId$/i.test(key) ? undefined : value,
  ).replaceAll(/"(api#2|api#70)"/g, '"web#50"');
  return JSON.parse(named, (_, value) =>
    Array.isArray(value) ? value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : value,
  );
}

/** What a sync says of issues that are gone. */
const goneLines = (err: string): string[] =>
  err.split("\n").flatMap((line) => /^note: (.* was (?:transferred|deleted) .*)$/.exec(line)?.[1] ?? []);

describe("an issue that is transferred between two repositories of a team", () => {
  test("counts once, where it is now, with the past that it brought", async () => {
    const { team, before } = await transferred();
    const { err } = await team.call("sync");
    expect(err).toMatch(/api#2 "Task 2" was transferred to acme\/web#50 .*: it counts there, with its past/);
    expect(await told(team)).toEqual(before);
    expect((await team.told("report", "1")).effort).toMatchObject({ committed: 4.1, final: 4.6 });
    const state = await team.told("state", "--at", "2026-03-10T12:00:00Z");
    const names = state.issues.map(({ ref }: { ref: string }) => ref);
    expect(names).toContain("web#50");
    expect(names).not.toContain("api#2");
  });

  test("is found under its old name, in commands and in what people wrote", async () => {
    const { team } = await transferred();
    team.write(
      "content/posts/01-review.md",
      "---\ntitle: Review\nkind: review\nsprint: 1\ndate: 2026-03-14\n---\n\n## K.A.L.M.\n\n### Do more\n\n- Fewer of these (api#2)\n",
    );
    await team.call("sync");
    expect(await team.told("issue", "api#2")).toMatchObject({ number: 50, ref: "web#50" });
    const { kalm } = await team.told("report", "2");
    expect(JSON.stringify(kalm.followUp)).toContain("web#50");
  });

  test("stays where it was until it is seen where it went", async () => {
    const { team, before, to } = await transferred();
    // Listings may lag behind.
    to.hidden = to.issues.splice(-1);
    const late = to.events.splice(-1);
    await team.call("sync");
    const meanwhile = await team.told("report", "1");
    expect(meanwhile.effort).toMatchObject({ committed: 4.1, final: 4.6 });
    expect(JSON.stringify(meanwhile)).toContain('"api#2"');
    to.issues.push(...to.hidden.splice(0));
    to.events.push(...late);
    await team.call("sync");
    expect(await told(team)).toEqual(before);
  });

  test("and on to where it came from counts there", async () => {
    const { team, before, api, to } = await transferred();
    await team.call("sync");
    transfer(to, 50, api, 70);
    remove(to, 50, "/repositories/1/issues/70");
    team.at("2026-04-11T10:00:00Z");
    await team.call("sync");
    expect(await told(team)).toEqual(before);
    expect(JSON.stringify(await team.told("report", "1"))).toContain('"api#70"');
  });
});

describe("an issue that is transferred more than once", () => {
  test("between two syncs is told with its end, not with where it only passed", async () => {
    const team = teamForTest();
    const { repositories } = await team.gitHub();
    await team.call("sync");
    const before = await told(team);
    const [api, to] = repositories;
    // Past a repository that is none of the team's, and has forgotten all but where it went.
    transfer(present(api), 2, present(to), 50);
    remove(present(api), 2, "/repositories/1/issues/900");
    present(api).gone = new Map([...(present(api).gone ?? []), [900, `${web}/issues/50`]]);
    team.at("2026-04-10T10:00:00Z");
    const { err } = await team.call("sync");
    expect(err).toMatch(/api#2 "Task 2" was transferred to acme\/web#50 between .*: it counts there/);
    expect(await told(team)).toEqual(before);
  });

  test("in a ring of addresses is told without an end, and once", async () => {
    const team = teamForTest();
    const { repositories, double } = await team.gitHub();
    await team.call("sync");
    const api = present(repositories[0]);
    remove(api, 2, "/repositories/1/issues/900");
    api.gone = new Map([
      ...(api.gone ?? []),
      [900, "/repositories/1/issues/901"],
      [901, "/repositories/1/issues/900"],
    ]);
    team.at("2026-04-10T10:00:00Z");
    const asked = double.log.length;
    const { err, code } = await team.call("sync");
    expect(code).toBe(0);
    expect(err).toMatch(/api#2 "Task 2" was transferred to another repository between/);
    const single = double.log.slice(asked).filter(({ url }) => /\/issues\/\d+$/.test(url));
    expect(single.length).toBeLessThan(15);
  });

  test("out of the team at last is on no board, and doctor says where it is now", async () => {
    const { team, to } = await transferred();
    await team.call("sync");
    remove(to, 50, "transferred");
    team.at("2026-04-11T10:00:00Z");
    const [notice] = goneLines((await team.call("sync")).err);
    const out = (await team.call("doctor")).out.replaceAll(/\s+/g, " ");
    expect(notice).toMatch(/^web#50 "Task 2" was transferred to another repository/);
    expect(out).toContain(notice);
    expect(out).toMatch(
      /api#2 "Task 2" was transferred to acme\/web#50, then to another repository between [^✓]*: it is on no board/,
    );
    expect(out).not.toContain("it counts there");
  });

  test("through another's repository and on to a second one of ours counts there, once", async () => {
    const team = teamForTest();
    const { repositories } = await team.gitHub();
    await team.call("sync");
    const before = await told(team);
    const [api, to] = [present(repositories[0]), present(repositories[1])];
    const kept = structuredClone(api);
    remove(api, 2, "transferred");
    team.at("2026-04-10T10:00:00Z");
    await team.call("sync");
    // Where it was, GitHub now leads on from there.
    Object.assign(api, { issues: kept.issues, events: kept.events, comments: kept.comments });
    transfer(api, 2, to, 50);
    const notices: string[] = [];
    for (const hour of [11, 12]) {
      team.at(`2026-04-10T${hour}:00:00Z`);
      notices.push(...goneLines((await team.call("sync")).err));
    }
    expect(await told(team)).toEqual(before);
    const out = (await team.call("doctor")).out.replaceAll(/\s+/g, " ");
    // It left when it was first found gone, whoever says so.
    expect(notices).toHaveLength(1);
    expect(out).toContain(notices[0]);
    expect(notices[0]).toContain("between 2026-04-10T09:00:00Z and 2026-04-10T10:00:00Z");
    expect(out).toMatch(/api#2 "Task 2" was transferred to acme\/web#50 between [^✓]*: it counts there/);
  });
});

describe("an issue of a single repository that left and came back under another number", () => {
  const alone = async (isSeenAway: boolean) => {
    const team = teamForTest(["acme/api"]);
    const { repositories } = await team.gitHub();
    await team.call("sync");
    const before = await told(team);
    const api = present(repositories[0]);
    const kept = structuredClone(api);
    if (isSeenAway) {
      remove(api, 2, "transferred");
      team.at("2026-04-10T10:00:00Z");
      await team.call("sync");
      Object.assign(api, { issues: kept.issues, events: kept.events, comments: kept.comments });
    }
    transfer(api, 2, api, 70);
    remove(api, 2, "/repositories/1/issues/70");
    team.at("2026-04-11T10:00:00Z");
    await team.call("sync");
    return { team, before };
  };

  test.each([
    ["between two syncs", false],
    ["after a sync that found it gone", true],
  ])("%s counts once, with its past", async (_, isSeenAway) => {
    const { team, before } = await alone(isSeenAway);
    expect(await told(team)).toEqual(before);
    const { issues } = await team.told("state", "--at", "2026-03-10T12:00:00Z");
    const numbers = issues.map(({ number }: { number: number }) => number);
    expect(numbers).toContain(70);
    expect(numbers).not.toContain(2);
  });
});

test("a delivery of a transfer names where it went", async () => {
  const { url, file } = await startReceiver(["acme/api", "acme/web"]);
  const issue = (number: number, repository: string) => ({
    number,
    title: "Task",
    state: "open",
    url: `https://api.github.com/repos/${repository}/issues/${number}`,
    created_at: "2026-05-01T00:00:00Z",
    updated_at: "2026-05-31T00:00:00Z",
  });
  const payload = {
    action: "transferred",
    issue: issue(2, "acme/api"),
    changes: { new_issue: issue(50, "acme/web"), new_repository: { full_name: "acme/web" } },
    repository: { full_name: "acme/api" },
  };
  await post(url, { id: "1", event: "issues", payload });
  expect(file.find("acme/api")?.goneIssues()).toMatchObject([{ issue: 2, to: "acme/web#50" }]);
});
