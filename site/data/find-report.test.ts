import type { Post } from "sprintcast/content";
import type { Report } from "sprintcast/report";
import { makeReport } from "sprintcast/testing";
import { describe, expect, it } from "vitest";
import type { Site } from "./assemble.ts";
import { frontReport, reportOf } from "./find-report.ts";

const reportFor = (number: number, team?: string): Report => {
  const report = makeReport({ number, cards: 2 });
  return team === undefined ? report : { ...report, sprint: { ...report.sprint, team } };
};
const reports = [reportFor(1), reportFor(2), reportFor(2, "Web"), reportFor(3)];

const postOf = (kind: string, date: string, sprint: number | null, team?: string) =>
  ({ slug: date, title: date, kind, date, sprint, ...(team === undefined ? {} : { team }) }) as Post;
const siteOf = (posts: Post[], some = reports) => ({ reports: some, posts }) as unknown as Site;
const named = (report: Report | null) => report && [report.sprint.number, report.sprint.team];

describe("the report of a post's sprint", () => {
  it.each([
    [{ sprint: 2 }, [2, undefined]],
    [{ sprint: 2, team: "Web" }, [2, "Web"]],
    [{ sprint: 1, team: "Web" }, null],
    [{ sprint: 9 }, null],
    [{ sprint: null }, null],
    [null, null],
  ])("of %j is %j", (post, expected) => {
    expect(named(reportOf(siteOf([]), post as Post | null))).toEqual(expected);
  });
});

describe("the front page shows the report of", () => {
  it.each<[string, Post[], unknown]>([
    ["the newest review's sprint", [postOf("review", "2026-01-10", 1), postOf("review", "2026-02-10", 2)], 2],
    [
      "that sprint though later posts are of others",
      [postOf("review", "2026-01-10", 1), postOf("daily", "2026-03-01", 3)],
      1,
    ],
    ["the last sprint where nothing was reviewed", [postOf("planning", "2026-01-01", 1)], 3],
    ["the last sprint where the review is of none", [postOf("review", "2026-01-10", null)], 3],
    ["no sprint where the review's has no report", [postOf("review", "2026-01-10", 9)], undefined],
  ])("%s", (_, posts, number) => {
    expect(frontReport(siteOf(posts))?.sprint.number).toBe(number);
  });

  it("the review's own team", () => {
    expect(named(frontReport(siteOf([postOf("review", "2026-01-10", 2, "Web")])))).toEqual([2, "Web"]);
  });

  it("no sprint where there is none", () => {
    expect(frontReport(siteOf([], []))).toBeNull();
  });
});
