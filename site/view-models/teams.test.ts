import { makeReport } from "sprintcast/testing";
import { describe, expect, it } from "vitest";
import { apart, teamsOf } from "./teams.ts";

const reportOf = (number: number, team?: string) => {
  const report = makeReport({ number, cards: 1 });
  return { ...report, sprint: { ...report.sprint, ...(team === undefined ? {} : { team }) } };
};
// One name begins with another's, and a third differs from it in case alone.
const teams = [{ name: "Api" }, { name: "Api core" }, { name: "Empty" }];
const reports = [
  reportOf(1, "Api core"),
  reportOf(1, "Api"),
  reportOf(2, "api"),
  reportOf(3),
  reportOf(2, "Api"),
];

describe("teams", () => {
  it("come as the settings list them, each with its own reports in their order", () => {
    const found = teamsOf(teams, reports);
    expect(found.map(({ name, reports: own }) => [name, own.map(({ sprint }) => sprint.number)])).toEqual([
      ["Api", [1, 2]],
      ["Api core", [1]],
      ["Empty", []],
    ]);
    expect(new Set(found.map(({ address }) => address)).size).toBe(teams.length);
  });

  it("are shown apart so that each report stands once, also those of no team and of one that is gone", () => {
    const groups = apart(teamsOf(teams, reports), reports, "Others");
    expect(groups.map(({ name }) => name)).toEqual(["Api", "Api core", "Others"]);
    const shown = groups.flatMap((group) => group.reports);
    expect(shown.length).toBe(reports.length);
    expect(new Set(shown)).toEqual(new Set(reports));
  });

  it("are none where there is one only: then all reports stand under no heading", () => {
    expect(apart([], reports, "Others")).toEqual([{ name: null, reports }]);
  });
});
