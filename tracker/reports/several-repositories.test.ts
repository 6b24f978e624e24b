import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Content } from "../content/read.ts";
import { sumDays } from "../core/model/days.ts";
import type { Board, Report } from "../core/model/report.ts";
import { repositoriesOf } from "../core/model/repositories.ts";
import { computeReport } from "../core/report/compute-report.ts";
import { joinHistories } from "../store/joined.ts";
import { anyInstant, anyStories, storeOfStories, storyContent } from "../testing/random-stories.ts";
import { on } from "../testing/timelines.ts";
import { type ArchiveSource, openArchive } from "./archive.ts";
import { withWords } from "./report-archive.ts";
import { reportInput } from "./report-input.ts";

let content: Content;
beforeAll(async () => {
  content = await storyContent();
});

const names = ["acme/api", "acme/web", "acme/infra"];
const shorts = ["api", "web", "infra"];

const lists = {
  unexpected: (r: Report) => r.unexpected,
  carriedOver: (r: Report) => r.carriedOver,
  movedOn: (r: Report) => r.movedOn,
  freezebox: (r: Report) => r.freezebox,
  cameAndWent: (r: Report) => r.cameAndWent,
  done: (r: Report) => r.done,
  removed: (r: Report) => r.removed,
  spentElsewhere: (r: Report) => r.spentElsewhere ?? [],
  corrections: (r: Report) => r.corrections ?? [],
  finishedOutside: (r: Report) => r.finishedOutside ?? [],
  finishedBefore: (r: Report) => r.finishedBefore ?? [],
  late: (r: Report) => r.late ?? [],
  reestimated: (r: Report) => r.reestimated,
  debtOpened: (r: Report) => r.debt.opened,
  debtPaid: (r: Report) => r.debt.paid,
  debtDropped: (r: Report) => r.debt.dropped ?? [],
  debtOpen: (r: Report) => r.debt.openCards,
  changes: (r: Report) => r.changes,
  replay: (r: Report) => r.replay.moves,
  replayCards: (r: Report) => r.replay.cards,
  scopeEvents: (r: Report) => r.burndown.scopeEvents,
  explanations: (r: Report) =>
    Object.entries(r.explanations).flatMap(([figure, rows]) => rows.map((row) => ({ ...row, figure }))),
  lanes: ({ boards }: Report) =>
    [boards.start, boards.end].flatMap((board, end) =>
      board.lanes
        .filter(({ role }) => role !== "backlog")
        .flatMap((lane) => lane.cards.map((card) => ({ ...card, end, lane: lane.name }))),
    ),
} satisfies Record<string, (report: Report) => { number: number; ref?: string }[]>;

/** What of a report is a sum over its issues. */
function sumsOf({ effort, debt, boards, promiseIssues = [] }: Report): Record<string, number> {
  const { counts, unestimated, actualShare: _, sayDo, sayDoInitial, ...days } = effort;
  const laneSums = (which: string, board: Board) =>
    board.lanes.map((lane): [string, number] => [`${which} ${lane.name} days`, lane.days]);
  const held = (which: string, board: Board) =>
    board.lanes.map((lane): [string, number] => [`${which} ${lane.name}`, lane.cards.length + lane.hidden]);
  return Object.fromEntries([
    ...Object.entries(days).map(([name, value]) => [name, value ?? 0]),
    ...Object.entries(counts).map(([name, value]) => [`counts.${name}`, value]),
    ...Object.entries(unestimated).map(([name, value]) => [`unestimated.${name}`, value]),
    ["debt.openAtStart", debt.openAtStart ?? 0],
    ["debt.open", debt.open],
    ["debt.net", debt.net],
    ["debt.daysOwed", debt.daysOwed],
    ["debt.unestimated", debt.unestimated],
    ["promises", promiseIssues.length],
    ...laneSums("start", boards.start),
    ...laneSums("end", boards.end),
    ...held("start", boards.start),
    ...held("end", boards.end),
  ]);
}

const sorted = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

test("a sprint over several repositories is the sum of its parts, and each issue in it what it is alone", () => {
  let issues = 0;
  fc.assert(
    fc.property(fc.array(anyStories, { minLength: 2, maxLength: 3 }), anyInstant, (parts, some) => {
      const stores = parts.map((stories, place) => storeOfStories(stories, names[place], place * 2));
      const archiveOf = (source: ArchiveSource) => withWords(openArchive(source, content, on("31")));
      const repositories = repositoriesOf(names.slice(0, stores.length));
      const all = archiveOf({ history: joinHistories(stores, repositories), repositories, standings: [] });
      const alone = stores.map((history, place) =>
        archiveOf({ history, repositories: repositoriesOf([names[place] ?? ""]), standings: [] }),
      );
      for (const { sprint } of content.sprints)
        for (const asOf of [some, on("31")]) {
          if (sprint.start > asOf) continue;
          const whole = computeReport(reportInput(all, sprint, asOf));
          const each = alone.map((archive) => computeReport(reportInput(archive, sprint, asOf)));
          issues += whole.effort.counts.final;
          const expected = each.map(sumsOf);
          for (const [name, value] of Object.entries(sumsOf(whole)))
            expect([name, value]).toEqual([name, sumDays(expected.map((sums) => sums[name] ?? 0))]);
          for (const [name, list] of Object.entries(lists)) {
            // Where nothing at all has an estimate, the burndown counts tasks: that is no matter of one repository.
            const isAlike = each.every(({ burndown }) => burndown.unit === whole.burndown.unit);
            if (name === "scopeEvents" && !isAlike) continue;
            const named = each.flatMap((report, place) =>
              list(report).map(({ number, ref: _, ...row }) => ({
                number,
                ref: `${shorts[place]}#${number}`,
                ...row,
              })),
            );
            const rows = list(whole).map(({ number, ref, ...row }) => ({ number, ref, ...row }));
            expect([name, sorted(rows)]).toEqual([name, sorted(named)]);
          }
        }
      for (const store of stores) store.close();
    }),
    { numRuns: 40, seed: 5 },
  );
  expect(issues).toBeGreaterThan(100);
});
