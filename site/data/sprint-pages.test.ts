import type { Report } from "sprintcast/report";
import { makeReport } from "sprintcast/testing";
import { english, wordsOf } from "sprintcast/words";
import { describe, expect, it } from "vitest";
import { pageWords } from "../view-models/format.ts";
import { teamsOf } from "../view-models/teams.ts";
import { sprintPathsOf } from "../view-models/urls.ts";
import type { Site } from "./assemble.ts";
import { figuresAt, numbersOfTeams, replayOf, reportsAt } from "./sprint-pages.ts";

const reportFor = (number: number, team?: string, cards = 3): Report => {
  const report = makeReport({ number, cards });
  return team === undefined ? report : { ...report, sprint: { ...report.sprint, team } };
};

const siteOf = (isShared: boolean, reports: Report[], names = ["API & Co", "Web"]) =>
  ({
    reports,
    teams: teamsOf(
      names.map((name) => ({ name })),
      reports,
    ),
    sprintPaths: sprintPathsOf(isShared, () => undefined),
    words: pageWords(wordsOf("en-GB", {}), "UTC"),
  }) satisfies Partial<Site>;

/** The address of each page, as the file of its route makes it. */
function addresses(site: ReturnType<typeof siteOf>): string[] {
  const below = reportsAt(site, "sprints").map(({ params }) => `/sprints/${params.number}/`);
  const ofTeams = reportsAt(site, "team").map(
    ({ params }) => `/teams/${params.team}/sprints/${params.number}/`,
  );
  return [...below, ...ofTeams];
}

describe("each sprint has one page, at the address that links to it have", () => {
  it.each([
    ["of one team", false, [], [reportFor(1), reportFor(2)], ["/sprints/1/", "/sprints/2/"]],
    [
      "of teams that share their sprints' numbers",
      false,
      ["API & Co", "Web"],
      [reportFor(1, "Web"), reportFor(2, "API & Co")],
      ["/sprints/1/", "/sprints/2/"],
    ],
    [
      "of teams that count their own, one of nobody's among them",
      true,
      ["API & Co", "Web"],
      [reportFor(1, "API & Co"), reportFor(1, "Web"), reportFor(1)],
      ["/sprints/1/", "/teams/api-co/sprints/1/", "/teams/web/sprints/1/"],
    ],
  ])("%s", (_, isShared, names, reports, expected) => {
    const site = siteOf(isShared, reports, names);
    expect(addresses(site)).toEqual(expected);
    expect(addresses(site).sort()).toEqual(reports.map(({ sprint }) => site.sprintPaths.page(sprint)).sort());
    const shown = [...reportsAt(site, "sprints"), ...reportsAt(site, "team")].map(
      ({ props }) => props.report,
    );
    expect(new Set(shown)).toEqual(new Set(reports));
  });

  it("none where nothing is reported", () => {
    expect(addresses(siteOf(true, []))).toEqual([]);
    expect(numbersOfTeams(siteOf(true, []))).toEqual([]);
  });
});

describe("an old address, by a number that is several teams' now", () => {
  it("leads on to the sprints of that number, where no sprint of all has it", () => {
    const reports = [reportFor(1, "API & Co"), reportFor(1, "Web"), reportFor(2, "Web"), reportFor(3)];
    const found = numbersOfTeams(siteOf(true, [...reports, reportFor(3, "Web")]));
    expect(
      found.map(({ params, props }) => [params.number, props.of.map(({ sprint }) => sprint.team)]),
    ).toEqual([
      ["1", ["API & Co", "Web"]],
      ["2", ["Web"]],
    ]);
  });

  it("is a page of its own where numbers are of all", () => {
    expect(numbersOfTeams(siteOf(false, [reportFor(1, "Web")]))).toEqual([]);
  });
});

describe("the page of all figures", () => {
  it("is there for a sprint whose figures rest on many tasks, with those figures alone", () => {
    const site = siteOf(false, [reportFor(1, undefined, 3), reportFor(2, undefined, 60)], []);
    const [page, ...more] = figuresAt(site, "sprints");
    expect([page?.params.number, more]).toEqual(["2", []]);
    expect(page?.props.figures.length).toBeGreaterThan(0);
    for (const { rows } of page?.props.figures ?? []) expect(rows.length).toBeGreaterThan(12);
    expect(figuresAt(site, "team")).toEqual([]);
  });
});

describe("what a sprint's board plays", () => {
  it("survives being written down, and knows the role of every lane that a card is in", () => {
    const report = reportFor(1, undefined, 12);
    const replay = replayOf({ words: pageWords(english, "UTC") }, report);
    expect(JSON.parse(JSON.stringify(replay))).toEqual(replay);
    const roles = new Map(replay.roles.map(([name, role]) => [name, role]));
    for (const [, , lane] of replay.moves)
      if (lane >= 0) expect(roles.get(replay.lanes[lane] ?? "")).toBeTruthy();
    expect(roles.get("Done")).toBe("done");
    expect(replay.unit).toBe("days");
  });

  it("counts what the sprint's sizes count", () => {
    const report: Report = { ...reportFor(1), unit: "points" };
    const { unit, texts } = replayOf({ words: pageWords(english, "UTC") }, report);
    expect([unit, texts.mark]).toEqual(["points", english.texts.amounts.marks.points]);
  });
});
