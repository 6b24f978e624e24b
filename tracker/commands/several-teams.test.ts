import { expect, test } from "vitest";
import type { Flow } from "../core/model/flow.ts";
import type { Report } from "../core/model/report.ts";
import { backupTeam } from "../testing/backup-team.ts";
import { teamSettings, teamSprint, twoTeams, twoTeamsHistory } from "../testing/two-teams.ts";

const numbers = (cards: readonly { number: number }[]) =>
  cards.map(({ number }) => number).sort((a, b) => a - b);
const lane = ({ boards }: Report, name: string, which: "start" | "end" = "end") =>
  numbers(boards[which].lanes.find((one) => one.name === name)?.cards ?? []);

test("sprints of two teams overlap, and each team's figures are its own", async () => {
  const { reports, told } = await twoTeams();
  const [web, app, next] = reports as [Report, Report, Report];
  expect([web.sprint.team, app.sprint.team]).toEqual(["Web", "App"]);
  // Web 1: 1 and 5 from the start, 10 since 8 March.
  expect(web.effort).toMatchObject({
    committed: 1,
    added: 0.5,
    final: 1.5,
    completed: 0.5,
    spentElsewhere: 0,
  });
  expect(numbers(web.carriedOver)).toEqual([5, 10]);
  // App 1: 2, 3, 6, 8, and 10 until 8 March.
  expect(app.effort).toMatchObject({ committed: 2.5, removed: 0.5, final: 2, completed: 0.5, actual: 1 });
  expect(app.removed).toMatchObject([{ number: 10, reason: "moved", to: "Web 1" }]);
  // What was only ever in the other team's sprints is in no list: 3's effort, and 2, which was done in Web's days.
  expect(numbers(web.spentElsewhere ?? [])).toEqual([]);
  for (const report of [web, app]) expect(numbers(report.finishedOutside ?? [])).toEqual([4]);
  expect(lane(web, "Backlog", "start")).toEqual([4, 7, 10]);
  expect(lane(app, "Backlog")).toEqual([7, 10]);
  // Each has its own debts: 6 is App's, and App calls debt by another name.
  expect(numbers(web.debt.openCards)).toEqual([7]);
  expect(numbers(app.debt.openCards)).toEqual([7]);
  // Another team's sprint is no earlier sprint of this one.
  expect(next.carriedOver).toMatchObject([{ number: 5, depth: 1 }]);
  expect(next.kalm.followUp.map(({ text }) => text)).toEqual(["Pair more"]);
  expect((await told("kalm", "--team", "App")).pledges).toMatchObject([
    { text: "Ship daily", from: 2, age: 0 },
  ]);
});

test("a team has its own lanes and days", async () => {
  const { reports, call } = await twoTeams();
  const app = reports[1] as Report;
  expect(lane(app, "Doing")).toEqual([8]);
  expect(lane(app, "To do")).toEqual([3, 6]);
  expect(app.sprint).toMatchObject({
    timeZone: "America/New_York",
    start: "2026-03-04T05:00:00.000Z",
    end: "2026-03-18T04:00:00.000Z",
  });
  // An instant without a zone is one of the team's.
  const board = JSON.parse((await call("board", "2", "--at", "2026-03-05T00:00", "--json")).out);
  expect(board.at).toBe("2026-03-05T05:00:00.000Z");
  expect((await call("report", "2")).out).toMatch(/App, 4.{1,3}17 Mar 2026, America\/New_York/);
});

test("the ledger of debt is one for each team", async () => {
  const { call, told } = await twoTeams();
  const all = await call("debt");
  expect(all.out).toMatch(/^Web\n[\s\S]*\nApp\n/m);
  expect(
    (await told("debt", "--team", "Web")).sprints.map(
      ({ sprint, team }: { sprint: number; team: string }) => [sprint, team],
    ),
  ).toEqual([
    [1, "Web"],
    [3, "Web"],
  ]);
  expect(await call("debt", "--format", "svg")).toMatchObject({
    code: 2,
    err: expect.stringContaining("--team: Web, App"),
  });
  expect((await call("debt", "--format", "svg", "--team", "App")).code).toBe(0);
  expect(await call("kalm", "--team", "Ape")).toMatchObject({
    code: 2,
    err: expect.stringContaining("Web, App"),
  });
});

test("flow and forecast are of one team, and the website keeps each", async () => {
  const { call, told, read } = await twoTeams();
  const [web, app] = [await told("flow", "--team", "Web"), await told("flow", "--team", "App")];
  const finished = (flow: Flow) => flow.finished.map(({ number }) => number);
  expect([finished(web), finished(app)]).toEqual([
    [1, 4],
    [2, 4],
  ]);
  expect([web.team, app.team, app.timeZone]).toEqual(["Web", "App", "America/New_York"]);
  expect(app.lanes.map(({ name }: { name: string }) => name)).toContain("Doing");
  expect(app.ageing).toMatchObject([{ number: 8, lane: "Doing" }]);
  for (const line of [["flow"], ["forecast", "--tasks", "3"]])
    expect(await call(...line)).toMatchObject({ code: 2, err: expect.stringContaining("--team: Web, App") });
  expect(await call("flow", "2", "--team", "Web")).toMatchObject({ code: 2 });
  expect((await told("forecast", "--tasks", "3", "--team", "App")).refused.reason).toBe("too few periods");
  await call("freeze");
  for (const [name, flow] of [
    ["web", web],
    ["app", app],
  ])
    expect(JSON.parse(read(`reports/flow-${name}.json`))).toEqual(flow);
});

test("freezing holds each to its own, and a planning looks back at the team's sprint before", async () => {
  const { call, read } = await twoTeams();
  expect((await call("freeze")).code).toBe(0);
  expect((await call("freeze", "--check")).code).toBe(0);
  expect((await call("draft", "3", "--planning")).code).toBe(0);
  const planning = read("posts/03-planning.md");
  expect(planning).toContain("#10");
  expect(planning).not.toContain("#3 ");
});

test.each([
  ["team: Weg", /team: no team is called "Weg"; did you mean "Web"\?/],
  ["team: Web", /sprint 2 starts at .*, before sprint 1/],
])("%s in the second sprint is refused", async (line, words) => {
  const team = backupTeam({ settings: teamSettings });
  team.write("sprints/01.md", teamSprint(1, "Web", "Web 1", "2026-03-02", "2026-03-13"));
  team.write(
    "sprints/02.md",
    teamSprint(2, "App", "App 1", "2026-03-04", "2026-03-17").replace("team: App", line),
  );
  const { code, err } = await team.call("report", "1");
  expect(code).toBe(3);
  expect(err).toMatch(words);
});

test.each([
  [
    "two teams of one name",
    "teams: [{ name: Web }, { name: web }]",
    /teams\.1\.name: another team is called so/,
  ],
  [
    "a team without a done lane",
    "teams: [{ name: Web, lanes: [{ name: A, role: sprint, when: {} }, { name: B, role: sprint, when: {} }] }]",
    /teams\.0\.lanes: expected exactly one lane with role done/,
  ],
  [
    "a zone that is none",
    "teams: [{ name: Web, timeZone: Mars }]",
    /teams\.0\.timeZone: expected an IANA time zone/,
  ],
])("%s is named", async (_, yaml, words) => {
  const { code, err } = await backupTeam({ settings: `${yaml}\n` }).call("report", "1");
  expect(code).toBe(3);
  expect(err).toMatch(words);
});

test("a team that is the only one has the figures that it has without a name", async () => {
  const { issues, milestones } = twoTeamsHistory;
  const documents = async (teams: string, line: string) => {
    const team = backupTeam({ settings: teams });
    for (const [number, title, first, last] of [
      [1, "Web 1", "2026-03-02", "2026-03-13"],
      [2, "Web 2", "2026-03-16", "2026-03-27"],
    ] as const)
      team.write(
        `sprints/0${number}.md`,
        teamSprint(number, "", title, first, last).replace("team: \n", line === "" ? "" : `${line}\n`),
      );
    await team.sync("2026-03-30T09:00:00Z", issues, milestones);
    const told: unknown[] = [];
    for (const args of [
      ["report", "1"],
      ["report", "2"],
      ["debt"],
      ["kalm"],
      ["flow", "1"],
      ["board", "2"],
    ]) {
      const { code, out } = await team.call(...args, "--json");
      expect(code).toBe(0);
      told.push(JSON.parse(out, (key, value) => (key === "team" ? undefined : value)));
    }
    return told;
  };
  const named = await documents("teams: [{ name: Web }]\n", "team: Web");
  expect(named).toEqual(await documents("", ""));
  // Teams that no sprint names change nothing either.
  expect(await documents("teams: [{ name: Web }, { name: App }]\n", "")).toEqual(named);
});
