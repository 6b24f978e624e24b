import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { expect, test } from "vitest";
import type { Report } from "../core/model/report.ts";
import { countingTeams } from "../testing/counting-teams.ts";

const numbers = (cards: readonly { number: number }[]) => cards.map(({ number }) => number);

test("every team counts its own sprints, and each figure follows the team's own sequence", async () => {
  const { told, call } = await countingTeams();
  const report = async (...name: string[]): Promise<Report> => told("report", ...name);
  const [api1, api2, api3] = [
    await report("API/1"),
    await report("2", "--team", "API"),
    await report("api/3"),
  ];
  expect(api1.sprint).toMatchObject({ number: 1, team: "API", title: "API 1" });
  expect(api1.effort).toMatchObject({ committed: 1.5, added: 0, completed: 0.5, notCompleted: 1 });
  expect(api2.effort).toMatchObject({ committed: 1, completed: 0, notCompleted: 1 });
  // In its team's first, second and third sprint: those of other teams before it do not count.
  expect(
    [api1, api2, api3].map(({ carriedOver }) => carriedOver.map(({ number, depth }) => [number, depth])),
  ).toEqual([[[2, 0]], [[2, 1]], [[2, 2]]]);
  expect(api2.kalm.followUp).toMatchObject([{ text: "Pair more", from: 1, kept: true }]);
  const [web1, web2] = [await report("Web shop/1"), await report("web shop/2")];
  expect(web1.effort).toMatchObject({ committed: 0.6, completed: 0.1, notCompleted: 0.5 });
  expect(numbers(web1.debt.paid)).toEqual([3]);
  expect(numbers(api1.debt.paid)).toEqual([]);
  // The same words of another team: only its own review answers them.
  expect(web2.kalm.followUp).toMatchObject([{ text: "Pair more", from: 1, kept: null, age: 1 }]);
  const infra = [await report("Infra/1"), await report("Infra/2"), await report("Infra/3")];
  expect(
    infra.map(({ effort }) => [effort.committed, effort.added, effort.completed, effort.actual]),
  ).toEqual([
    [0, 0, 0, null],
    [0.5, 0, 0.5, null],
    [0, 1, 0, 1],
  ]);
  expect((await call("report", "Web shop/1")).out).toMatch(
    /Web shop, 4.{1,3}17 Mar 2026[\s\S]*explain "Web shop\/1" committed/,
  );
});

const refusals: [args: string[], words: string][] = [
  [["report", "3"], 'several teams have a sprint 3\n.*Write Infra/3 or API/3 or "Web shop/3"'],
  [["board", "1"], "several teams have a sprint 1"],
  [["explain", "2", "committed"], "several teams have a sprint 2"],
  [["draft", "1"], "several teams have a sprint 1"],
  [["freeze", "1"], "several teams have a sprint 1"],
  [["notes", "1"], "several teams have a sprint 1"],
  [["flow", "1"], "several teams have a sprint 1"],
  [["forecast", "--sprint", "1"], "several teams have a sprint 1"],
  [["report", "API/1", "--team", "Infra"], '"API/1" and --team Infra name two teams'],
  [["report", "API/4"], "there is no sprint API/4\n.*API/1, "],
  [["report", "4"], "there is no sprint 4\n"],
  [["report", "Ape/1"], "there is no sprint Ape/1\n"],
  [["report", "1", "--team", "Ape"], "there is no sprint Ape/1\n"],
  [["report", "/1"], "is not a sprint number"],
  [["report", "API/"], "is not a sprint number"],
  [["freeze", "--team", "Ape"], 'no team is called "Ape"'],
];

test("a name that is none, or that several sprints have, is refused with what there is", async () => {
  const { call } = await countingTeams();
  for (const [args, words] of refusals) {
    const { code, err } = await call(...args);
    expect([args, code]).toEqual([args, 2]);
    expect(err).toMatch(new RegExp(words));
  }
});

test("frozen reports lie in a folder a team, and stay what they are", async () => {
  const { call, read, folder, remove } = await countingTeams();
  const { code, out } = await call("freeze", "--team", "API");
  expect(code).toBe(0);
  expect(out).toMatch(/Sprint API\/1: frozen in content\/reports\/api\/01\.json/);
  expect(out).not.toContain("Infra/");
  expect(await call("freeze", "--check", "--team", "API")).toMatchObject({ code: 0 });
  expect((await call("freeze", "--check")).err).toMatch(
    /reports\/web-shop\/01\.json: sprint Web shop\/1 has ended and is not frozen/,
  );
  expect((await call("freeze", "Web shop/2")).out).toContain("reports/web-shop/02.json");
  expect((await call("freeze")).code).toBe(0);
  expect((await call("freeze", "--check")).out).toMatch(/^9 reports: every digest matches/);
  expect(existsSync(join(folder, "content/reports/01.json"))).toBe(false);
  expect((await call("freeze")).out.match(/is up to date/g)).toHaveLength(9);
  // Without a database each is read from its own file.
  remove("../.sprintcast");
  const kept = JSON.parse((await call("report", "Infra/2", "--json")).out);
  expect([kept.sprint.title, kept.frozen.digest]).toEqual([
    "Infra 2",
    JSON.parse(read("reports/infra/02.json")).frozen.digest,
  ]);
});

test("a report in a folder that is not its team's is named, and a second one of a sprint is, too", async () => {
  const { call, read, write } = await countingTeams();
  await call("freeze");
  const text = read("reports/api/01.json");
  write("reports/infra/01.json", text);
  write("reports/01.json", text);
  const { out } = await call("doctor");
  expect(out).toMatch(/reports\/infra\/01\.json.*sprint 1 of the team API/);
  expect(out).toMatch(/reports\/api\/01\.json: it is not read: the report of sprint API\/1 is read from/);
});

test("documents say whose sprint they mean", async () => {
  const { told, call } = await countingTeams();
  expect(await told("board", "API/1")).toMatchObject({ sprint: 1, team: "API" });
  expect(await told("explain", "API/1", "committed")).toMatchObject({ sprint: 1, team: "API" });
  expect((await told("notes", "API/1")).sprint).toMatchObject({ number: 1, team: "API" });
  expect(await told("flow", "API/2")).toMatchObject({ team: "API", sprint: { number: 2, title: "API 2" } });
  expect((await told("issue", "2")).sprints).toMatchObject([
    { number: 1, team: "API", depth: 0 },
    { number: 2, team: "API", depth: 1 },
    { number: 3, team: "API", depth: 2 },
  ]);
  expect((await told("kalm")).pledges).toMatchObject([
    { text: "Pair more", team: "API", from: 1, kept: true, age: 1 },
    { text: "Ship daily", team: "Infra", from: 1, kept: null, age: 2 },
    { text: "Pair more", team: "Web shop", from: 1, kept: null, age: 2 },
  ]);
  expect((await call("kalm")).out).toMatch(/API\/1 .*\n.*Infra\/1 .*\n.*Web shop\/1 /);
  for (const args of [["report", "API/1"], ["board", "API/1"], ["explain", "API/1", "committed"], ["debt"]]) {
    const rows = parseCsv((await call(...args, "--format", "csv")).out, { columns: true }) as Record<
      string,
      string
    >[];
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ team }) => team !== undefined && team !== "")).toBe(true);
  }
  for (const format of ["slack", "teams"])
    expect((await call("report", "Infra/2", "--format", format)).out).toContain("Sprint 2 of Infra: Infra 2");
});

test("a message links the page of the team's sprint", async () => {
  const { call } = await countingTeams("url: https://acme.example/reviews\n");
  expect((await call("report", "Web shop/2", "--format", "slack")).out).toContain(
    "https://acme.example/reviews/teams/web-shop/sprints/2/",
  );
});

test("drafts are the team's own, and find what was written", async () => {
  const { call, read } = await countingTeams();
  expect((await call("draft", "API/3")).out).toContain("content/posts/api/03-review.md");
  expect(read("posts/api/03-review.md")).toMatch(/^sprint: 3\nteam: "API"\n/m);
  expect((await call("draft", "API/1")).out).toContain("content/posts/api/01-review.md");
  expect((await call("draft", "Web shop/2", "--planning")).out).toContain("posts/web-shop/02-planning.md");
  // It looks back at its own team's first sprint.
  expect(read("posts/web-shop/02-planning.md")).toContain("Task 4");
  expect(read("posts/web-shop/02-planning.md")).not.toContain("Task 2");
  expect((await call("draft", "Infra/2", "--notes")).code).toBe(0);
  const facts = (await call("draft", "Infra/3", "--context")).out;
  expect(facts).toContain("# Facts of sprint 3 of Infra");
  expect(facts).not.toContain("Pair more");
});

test.each([
  [
    "a post that could be of several teams",
    "sprint: 1",
    /sprint: several teams have a sprint 1: .*team: API/s,
  ],
  ["a post of no team", "sprint: 1\nteam: Ape", /team: no team is called "Ape"/],
])("%s is refused", async (_, lines, words) => {
  const { call, write } = await countingTeams();
  write("posts/new.md", `---\ntitle: A\nkind: note\n${lines}\ndate: 2026-03-04\n---\n\nText\n`);
  const { code, err } = await call("report", "API/1");
  expect(code).toBe(3);
  expect(err).toMatch(words);
});

test("a number twice in one team is refused, and tasks that would count in two teams are named", async () => {
  const { call, write, read } = await countingTeams();
  write("posts/new.md", "---\ntitle: A\nkind: note\nsprint: 9\nteam: API\ndate: 2026-03-04\n---\n\nText\n");
  write("sprints/infra/01.md", read("sprints/infra/01.md").replace("title: Infra 1", "title: API 1"));
  const { out } = await call("doctor");
  expect(out).toMatch(/posts\/new\.md.*sprint API\/9, which has no file/);
  expect(out).toMatch(/the same tasks carry its mark and that of sprint (API|Infra)\/1/);
  write("sprints/infra/04.md", read("sprints/infra/03.md"));
  const { code, err } = await call("report", "API/1");
  expect([code, err]).toEqual([3, expect.stringMatching(/number 3 is taken by .*infra\/0[34]\.md/)]);
});
