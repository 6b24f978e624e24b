import fc from "fast-check";
import { expect, test } from "vitest";
import { present } from "../core/model/present.ts";
import type { Report } from "../core/model/report.ts";
import { repositoriesOf } from "../core/model/repositories.ts";
import { computeReport } from "../core/report/compute-report.ts";
import { figureKeys, figures, nameOf } from "../render/figures/figures.ts";
import { anyStories, storeOfStories, storyContent } from "../testing/random-stories.ts";
import { on } from "../testing/timelines.ts";
import { openArchive } from "./archive.ts";
import { issueLife } from "./issue-life.ts";
import { withWords } from "./report-archive.ts";
import { reportInput } from "./report-input.ts";

/** The figures of a report that name an issue, ratios left out. */
const figuresNaming = (report: Report, issue: number): string[] =>
  figureKeys
    .filter((key) => figures[key].rowsOf === undefined)
    .filter((key) => figures[key].rows(report).some(({ number }) => number === issue))
    .map(nameOf);

test("an issue's life names every figure of every report that counts it, and reads no report for nothing", async () => {
  const content = await storyContent();
  let [named, asked, all] = [0, 0, 0];
  fc.assert(
    fc.property(anyStories, (stories) => {
      const store = storeOfStories(stories);
      const source = { history: store, repositories: repositoriesOf(["a/b"]), standings: [] };
      const archive = withWords(openArchive(source, content, on("31")));
      const reports = new Map(
        content.sprints
          .filter(({ sprint }) => sprint.start <= archive.asOf)
          .map(({ sprint }) => [sprint.number, computeReport(reportInput(archive, sprint))]),
      );
      for (const { number, pullRequest } of store.timelines()) {
        if (pullRequest) continue;
        const life = issueLife(archive, number, (sprint) => {
          asked += 1;
          return present(reports.get(Number(sprint)));
        });
        all += reports.size;
        const told = new Map(
          life.sprints.map((one) => [one.number, one.counted.map(({ figure }) => figure)]),
        );
        for (const [sprint, report] of reports) {
          const figuresHere = figuresNaming(report, number);
          named += figuresHere.length;
          expect([...new Set(told.get(sprint) ?? [])].sort(), `#${number} in ${sprint}`).toEqual(
            figuresHere.sort(),
          );
        }
      }
      store.close();
    }),
    // Seeded, for how much is spared is counted below.
    { numRuns: 80, seed: 5 },
  );
  expect(named).toBeGreaterThan(200);
  expect(asked).toBeLessThan(all);
});
