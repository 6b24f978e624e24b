import { expect, test } from "vitest";
import type { Report } from "../core/model/report.ts";
import type { Sprint } from "../core/model/sprint.ts";
import { keptReport, reportedSprint, reportFile } from "./kept-reports.ts";
import type { Content } from "./read.ts";

const sprint = (number: number, team: string | undefined, start: string) => ({
  sprint: { number, ...(team === undefined ? {} : { team }), start: Date.parse(start) } as Sprint,
});
const report = (number: number, team: string | undefined, start: string) =>
  ({ sprint: { number, ...(team === undefined ? {} : { team }), start } }) as Report;
const contentOf = (sprints: { sprint: Sprint }[], teams: string[], more: Partial<Content> = {}) =>
  ({
    dir: "content",
    sprints,
    settings: { teams: teams.map((name) => ({ name })) },
    reports: [],
    reportFiles: new Map(),
    ...more,
  }) as unknown as Content;

const [march, april] = ["2026-03-02T00:00:00Z", "2026-04-06T00:00:00Z"];
const one = [sprint(1, undefined, march)];
const named = [sprint(1, "API", march)];
const both = [sprint(1, "API", march), sprint(1, "Web", april)];
const beside = [sprint(1, undefined, march), sprint(1, "Web", april)];

test.each([
  ["of a team without a name", report(1, undefined, march), one, [], 1],
  ["frozen before its team had a name", report(1, undefined, march), named, ["API"], "API/1"],
  ["whose sprint was moved since", report(1, undefined, april), named, ["API"], "API/1"],
  [
    "of no team, where two have its number, by its start",
    report(1, undefined, april),
    both,
    ["API", "Web"],
    "Web/1",
  ],
  ["of no team, of neither's start", report(1, undefined, "2026-05-04T00:00:00Z"), both, ["API", "Web"], 1],
  ["of no team, beside a sprint of no team", report(1, undefined, april), beside, ["Web"], 1],
  ["of a team", report(1, "Web", march), both, ["API", "Web"], "Web/1"],
  ["of a team that was renamed", report(1, "Backend", march), both, ["API", "Web"], "API/1"],
  ["of a team whose sprint has no file", report(1, "Web", march), named, ["API", "Web"], "Web/1"],
] as const)("a report %s", (_, kept, sprints, teams, name) => {
  const content = contentOf([...sprints], [...teams], { reports: [kept] });
  expect(reportedSprint(kept, content)).toBe(name);
  expect(keptReport(content, name)).toBe(kept);
});

test("a report stays where it lies; a new one goes to its team's folder where numbers are shared", () => {
  const teams = ["API", "Web"];
  expect(reportFile(contentOf(one, []), 1)).toBe("content/reports/01.json");
  expect(reportFile(contentOf(named, teams), "API/1")).toBe("content/reports/01.json");
  expect(reportFile(contentOf(both, teams), "Web/1")).toBe("content/reports/web/01.json");
  const reportFiles = new Map([["Web/1", "content/reports/01.json"]] as const);
  expect(reportFile(contentOf(both, teams, { reportFiles }), "Web/1")).toBe("content/reports/01.json");
  // A sprint without a team has one place only, and nothing of another sprint is ever written over.
  expect(() => reportFile(contentOf([...beside], teams, { reportFiles }), 1)).toThrow(
    expect.objectContaining({
      code: "report-place-taken",
      hint: expect.stringContaining("reports/web/01.json"),
    }),
  );
});
