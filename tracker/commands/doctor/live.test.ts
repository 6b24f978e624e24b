import { describe, expect, test } from "vitest";
import { run } from "../../program.ts";
import { wholeEvent } from "../../testing/github/objects.ts";
import { remove } from "../../testing/github/repository.ts";
import type { DoubleOptions } from "../../testing/github/server.ts";
import {
  cardIn,
  elsewhere,
  january,
  moved,
  roadmap,
  serveProjects,
  team,
  teamName,
  token,
} from "../../testing/project-rig.ts";
import { quietIo } from "../../testing/quiet-io.ts";
import { sampleName, serve, small } from "../../testing/sync-rig.ts";
import type { Check } from "./check.ts";
import { checkLive } from "./live.ts";

const ioOf = (url: string, env: Record<string, string> = token) =>
  quietIo({ cwd: "/nowhere", now: Date.parse("2026-03-01T00:00:00Z"), env: { GITHUB_API_URL: url, ...env } });

const found = (checks: Check[], name: string) => {
  const check = checks.find((one) => one.name === name);
  return check && [check.verdict, check.found];
};

async function live(options: DoubleOptions = {}, change = (_: ReturnType<typeof team>) => {}) {
  const all = team(3);
  all.told.cards.set(1, [cardIn(roadmap, "Done"), cardIn(elsewhere, null)]);
  all.told.changes.set(1, [moved(5, "Todo", "Done")]);
  change(all);
  const double = await serveProjects(all, options);
  const checks = await checkLive(ioOf(double.url), teamName, null);
  return { checks, double };
}

describe("doctor --live", () => {
  test("reads a page of everything, and replays what changed last", async () => {
    const { checks, double } = await live();
    expect(checks.map(({ name, verdict, found }) => `${verdict} ${name}: ${found}`)).toEqual([
      `fine repository: ${teamName} answers`,
      "fine milestones: 0 read",
      "fine labels: 0 read",
      "fine issues: 3 read",
      "fine open issues: 3 read",
      "fine events: 2 read",
      "fine comments: 0 read",
      "fine projects: 5 read",
      "fine issue fields: 3 read",
      "fine replay: 3 issues: the events give the state of now",
      `fine requests: ${double.log.length}`,
    ]);
    expect(new Set(double.log.map(({ url }) => url.split("?")[0]))).toEqual(
      new Set([
        `/repos/${teamName}`,
        ...["milestones", "labels", "issues", "issues/events", "issues/comments"].map(
          (path) => `/repos/${teamName}/${path}`,
        ),
        ...[1, 2, 3].map((number) => `/repos/${teamName}/issues/${number}/events`),
        "/graphql",
      ]),
    );
  });

  test("names what cannot be read, and goes on", async () => {
    const { checks } = await live({}, ({ served }) => {
      served.events.push({ ...served.events[0], id: "seven" });
      served.comments.push({ id: 5 });
    });
    expect(found(checks, "events")?.[0]).toBe("mend");
    expect(found(checks, "events")?.[1]).toMatch(/^1 of 3 cannot be read: event seven: id/);
    expect(found(checks, "comments")?.[0]).toBe("mend");
    expect(found(checks, "replay")?.[0]).toBe("fine");
  });

  test("names what events do not give", async () => {
    const { checks } = await live({}, ({ served }) => {
      Object.assign(served.issues[1] as object, { state: "closed", closed_at: january(9) });
      const renamed = { id: 77, event: "renamed", created_at: january(3), rename: { from: "A", to: "B" } };
      served.events.push(wholeEvent(renamed, served.issues[0] as Record<string, unknown>));
    });
    const [verdict, words] = found(checks, "replay") ?? [];
    expect(verdict).toBe("look");
    expect(words).toMatch(/^of 3 issues, events do not give .*the title of #1 \((observed|unknown)\)/);
    expect(words).toMatch(/the state of #2/);
  });

  test("a refusal of one listing is told there; projects are no fault of a setup", async () => {
    const refused = { data: null, errors: [{ type: "INSUFFICIENT_SCOPES", message: "no scopes" }] };
    const { checks } = await live({
      faultAt: (n) => (n === 6 ? "not-permitted" : null),
      graph: async () => refused,
    });
    expect(found(checks, "events")).toEqual(["mend", expect.stringContaining("accessible by integration")]);
    expect(found(checks, "comments")).toEqual(["fine", "0 read"]);
  });

  test("says when the token and the edition of the API end", async () => {
    const ending = { tokenExpiration: "2026-03-05 10:00:00 UTC", sunset: "Tue, 10 Mar 2028 00:00:00 GMT" };
    const { checks } = await live(ending);
    expect(found(checks, "token")).toEqual(["look", "it expires on 2026-03-05"]);
    expect(found(checks, "edition")).toEqual([
      "look",
      "GitHub gives up this edition of its API on 2028-03-10",
    ]);
    const later = await live({ tokenExpiration: "2026-06-05 10:00:00 UTC" });
    expect(found(later.checks, "token")).toEqual(["fine", "it expires on 2026-06-05"]);
    expect(found(later.checks, "edition")).toBeUndefined();
  });

  test("a repository of some age: a renamed one, with pages that go on", async () => {
    const served = await small();
    remove(served, 5, "deleted");
    const double = await serve(served, { formerly: "old-home/platform" });
    const checks = await checkLive(ioOf(double.url, {}), "old-home/platform", null);
    expect(found(checks, "repository")).toEqual(["look", `old-home/platform is now ${sampleName}`]);
    expect(found(checks, "events")?.[1]).toMatch(/^100 read, the first of more$/);
    expect(found(checks, "projects")?.[0]).toBe("look");
    expect(found(checks, "replay")?.[0]).toBe("fine");
    expect(checks.filter(({ verdict }) => verdict === "mend")).toEqual([]);
  });
});

describe("which GitHub is asked", () => {
  const nowhere = "https://127.0.0.1:9";

  test("the one of the team's settings, unless the environment names another", async () => {
    const double = await serveProjects(team(1));
    const io = quietIo({ cwd: "/nowhere", now: 0, env: {} });
    await expect(checkLive(io, teamName, double.url)).rejects.toThrow();
    expect(double.log.at(-1)?.url).toBe(`/api/v3/repos/${teamName}`);
    const checks = await checkLive(ioOf(double.url, {}), teamName, nowhere);
    expect(found(checks, "repository")?.[0]).toBe("fine");
  });
});

describe("the command", () => {
  test("needs no content, asks nothing but GET and GraphQL questions, and prints JSON", async () => {
    const double = await serveProjects(team(2));
    const io = ioOf(double.url);
    expect(await run(["doctor", "--live", teamName, "--json"], io, "0")).toBe(0);
    expect(JSON.parse(io.printed.out)).toMatchObject({ schema: "sprintcast/doctor@1", fine: true });
    expect(io.printed.out).not.toContain(token.GITHUB_TOKEN);
    for (const { query } of double.asked) expect(query.trim()).toMatch(/^query /);
  });

  test.each([
    [["--live", "no repository"], 2, "--live"],
    [["--live", "nobody/nothing"], 4, "knows no repository"],
    [["--live"], 3, "settings.yml"],
  ])("doctor %j ends with %d", async (args, code, words) => {
    const double = await serveProjects(team(1));
    const io = ioOf(double.url);
    expect(await run(["doctor", ...args], io, "0")).toBe(code);
    expect(io.printed.err).toContain(words);
  });
});
