import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Report } from "../core/model/report.ts";
import { type BackupIssue, labeled, milestoned, writeBackup } from "../testing/backup-folder.ts";
import { createGraph, type GraphDouble, readSchema } from "../testing/github/graph.ts";
import { cardIn, team as projectTeam, roadmap } from "../testing/project-rig.ts";
import { serve } from "../testing/sync-rig.ts";
import { teamForTest } from "../testing/team-of-three.ts";

const names = ["acme/api", "acme/web"];
const planned = "2026-02-27T09:00:00Z";
const at = "2026-03-30T09:00:00Z";

interface Side {
  milestones?: { number: number; title: string }[];
  labels?: { id: number; name: string }[];
  issues: BackupIssue[];
}

const issue = (number: number, more: Partial<BackupIssue>): BackupIssue => ({
  number,
  created: "2026-02-20T09:00:00Z",
  updated: at,
  ...more,
});

/** The names of the tasks that sprint 1 has, with this line in its file. */
async function membersOf(mark: string, api: Side, web: Side): Promise<string[]> {
  const team = teamForTest(names);
  team.write(
    "content/sprints/01.md",
    `---\nnumber: 1\ntitle: Sprint 1\ngoal: G\nfirstDay: 2026-03-02\nlastDay: 2026-03-13\n${mark}\n---\n`,
  );
  const dirs = [api, web].flatMap(({ issues, milestones = [], labels }, place) => {
    const dir = join(team.folder, `backup-${place}`);
    writeBackup(dir, at, issues, milestones, names[place]);
    if (labels !== undefined)
      writeFileSync(
        join(dir, "labels.json"),
        JSON.stringify(labels.map((one) => ({ color: "ededed", ...one }))),
      );
    return ["--backup", dir];
  });
  expect(await team.call("sync", ...dirs)).toMatchObject({ code: 0, err: "" });
  const report: Report = await team.told("report", "1");
  const board = report.boards.end.lanes.filter(({ role }) => role !== "backlog");
  return board.flatMap(({ cards }) => cards.map(({ ref }) => ref ?? "none")).sort();
}

test("a milestone that was renamed in one repository is still the sprint there, whatever another has", async () => {
  const marked = (number: number, title: string, now: { number: number; title: string }) =>
    issue(number, { milestone: now, events: [milestoned(planned, title)] });
  const api = { number: 1, title: "Sprint 1" };
  const web = { number: 4, title: "Sprint One" };
  const other = { number: 1, title: "Other" };
  expect(
    await membersOf(
      "milestone: Sprint 1",
      { milestones: [api], issues: [marked(1, "Sprint 1", api), issue(2, {})] },
      {
        milestones: [web, other],
        issues: [marked(1, "Other", other), marked(2, "Sprint 1", web), marked(3, "Sprint One", web)],
      },
    ),
  ).toEqual(["api#1", "web#2", "web#3"]);
});

test("a number means a milestone of the first repository, and a title in the others", async () => {
  const marked = (number: number, milestone: { number: number; title: string }) =>
    issue(number, { milestone, events: [milestoned(planned, milestone.title)] });
  const four = { number: 4, title: "The fourth" };
  const titled = { number: 9, title: "4" };
  expect(
    await membersOf(
      "milestone: 4",
      { milestones: [four], issues: [marked(1, four)] },
      { milestones: [four, titled], issues: [marked(1, four), marked(2, titled)] },
    ),
  ).toEqual(["api#1", "web#2"]);
});

test("a label that was renamed in one repository is another in the others", async () => {
  const labelled = (number: number, then: string, now = then) =>
    issue(number, { labels: [now], events: [labeled(planned, then)] });
  expect(
    await membersOf(
      "label: sprint",
      {
        labels: [
          { id: 100, name: "iteration" },
          { id: 200, name: "sprint" },
        ],
        issues: [labelled(1, "iteration"), labelled(2, "sprint")],
      },
      // Once called sprint here, and iteration since.
      { labels: [{ id: 100, name: "iteration" }], issues: [labelled(1, "sprint", "iteration")] },
    ),
  ).toEqual(["api#2", "web#1"]);
});

test("an iteration of a project that both repositories share is one sprint over both", async () => {
  const schema = readSchema();
  const sides = names.map((name) => {
    const { served, told } = projectTeam(2);
    served.name = name;
    return { served, told };
  });
  const [api, web] = sides.map(({ told }) => told.cards);
  api?.set(1, [cardIn(roadmap, "Todo", "Sprint 1")]);
  web?.set(1, [cardIn(roadmap, "Todo", "Sprint 2")]);
  web?.set(2, [cardIn(roadmap, "Done", "Sprint 1")]);
  const graphs = new Map(sides.map(({ served, told }) => [served.name, createGraph(schema, served, told)]));
  const graph: GraphDouble = (body) => {
    const { owner, name } = body.variables ?? {};
    const [first] = graphs.values();
    return (graphs.get(`${owner}/${name}`) ?? first ?? expect.fail())(body);
  };
  const team = teamForTest(names);
  team.write(
    "content/sprints/01.md",
    "---\nnumber: 1\ntitle: Sprint 1\ngoal: G\nfirstDay: 2026-01-05\nlastDay: 2026-01-18\niteration: Sprint 1\n---\n",
  );
  const [first, second] = sides.map(({ served }) => served);
  let now = Date.parse("2026-01-04T09:00:00Z");
  const options = { graph, now: () => now, beside: [second ?? expect.fail()] };
  const double = await serve(first ?? expect.fail(), options);
  Object.assign(team.env, { GITHUB_API_URL: double.url, GITHUB_TOKEN: "token" });
  for (const day of ["04", "19"]) {
    now = Date.parse(`2026-01-${day}T09:00:00Z`);
    team.at(`2026-01-${day}T09:00:00Z`);
    expect(await team.call("sync")).toMatchObject({ code: 0, err: "" });
  }
  const report: Report = await team.told("report", "1");
  expect(report.carriedOver.map(({ ref }) => ref).sort()).toEqual(["api#1", "web#2"]);
  const doctor = await team.call("doctor");
  expect(doctor.out).toContain('iteration "Sprint 1"');
});
