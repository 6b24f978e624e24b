import { expect, test } from "vitest";
import type { IssueTimeline } from "../core/model/interval.ts";
import { present } from "../core/model/present.ts";
import type { Report } from "../core/model/report.ts";
import type { Sprint } from "../core/model/sprint.ts";
import { openStore } from "../store/open.ts";
import { reportOn } from "../testing/report-on.ts";
import { scopeFigures } from "../testing/scope-figures.ts";
import { simulate } from "../testing/simulate.ts";
import { sprintOf } from "../testing/timelines.ts";
import { trueTimelines } from "../testing/true-timelines.ts";
import { everyday, type Weights } from "../testing/weights.ts";
import { milestoneTitles } from "./archive.ts";

const day = 86_400_000;

/**
 * How every figure of sprints of two days on each milestone stands to the truth, of some simulated repositories. `guessed`:
 * right, and not told as sure.
 */
function judged(changes: Partial<Weights>, seeds: number, ...more: number[]) {
  const found = { equal: 0, guessed: 0, admitted: 0, wrong: [] as string[] };
  for (const seed of [...Array.from({ length: seeds }, (_, index) => index + 1), ...more]) {
    const simulation = simulate(seed, 200, { ...everyday, ...changes });
    const { page } = simulation;
    const store = openStore(":memory:");
    store.append(page);
    store.refresh();
    const [replayed, truth, milestones] = [
      store.timelines(),
      trueTimelines(simulation),
      milestoneTitles(store),
    ];
    store.close();
    const begin = present(simulation.truth[0]).at;
    const asOf = present(page.issues[0]).observedAt;
    for (const { number, title } of page.milestones)
      for (const start of [0, 2, 4, 6].map((days) => begin + days * day)) {
        const mark: Sprint["mark"] = { by: "milestone", title, number };
        const sprint = sprintOf(1, { start, end: start + 2 * day, mark });
        const of = (timelines: IssueTimeline[]) =>
          reportOn(timelines, { sprint, sprints: [sprint], milestones, asOf });
        const [report, expected] = [of(replayed), of(truth)];
        for (const figure of scopeFigures)
          if (figureOf(report, figure) === figureOf(expected, figure)) {
            found.equal++;
            if (report.provenance[figure] !== "replayed") found.guessed++;
          } else if (report.provenance[figure] !== "replayed") found.admitted++;
          else found.wrong.push(`seed ${seed}, ${title}, day ${(start - begin) / day}: ${figure}`);
      }
  }
  return found;
}

/** The sum, and where it has one the count of the issues behind it. */
const figureOf = ({ effort }: Report, figure: (typeof scopeFigures)[number]): string =>
  [effort[figure], (effort.counts as Partial<Record<string, number>>)[figure]].join();

test("no figure is wrong and calls itself replayed where labels came without an event", () => {
  expect(judged({ silentLabel: 1 }, 10).wrong).toEqual([]);
});

test("no figure is wrong and calls itself replayed, however often milestones and labels are deleted and made again", () => {
  const milestones = judged({ milestone: 16, deleteMilestone: 0.3, remakeMilestone: 0.9 }, 25);
  expect(milestones.wrong).toEqual([]);
  expect(milestones.admitted).toBeGreaterThan(50);
  const labels = judged({ deleteLabel: 0.4, remakeLabel: 0.3 }, 15);
  expect(labels.wrong).toEqual([]);
  expect(labels.admitted).toBeGreaterThan(50);
});

test("no figure is wrong and calls itself replayed where milestones are renamed, before an event shows it or never", () => {
  const seldom = judged({ renameMilestone: 0.5 }, 10);
  expect(seldom.wrong).toEqual([]);
  const often = judged({ renameMilestone: 1.5, milestone: 16 }, 25);
  expect(often.wrong).toEqual([]);
  expect(often.admitted).toBeGreaterThan(20);
  // Nearly all is still told without a guess.
  expect(often.equal).toBeGreaterThan(often.admitted * 20);
  const all = { deleteMilestone: 0.3, remakeMilestone: 0.9, renameMilestone: 0.5, milestone: 16 };
  expect(judged(all, 15).wrong).toEqual([]);
});

test("every figure calls itself replayed where nothing is renamed or deleted", () => {
  const { equal, guessed, admitted, wrong } = judged({}, 10);
  expect({ guessed, admitted, wrong }).toEqual({ guessed: 0, admitted: 0, wrong: [] });
  expect(equal).toBeGreaterThan(1000);
});

test("no figure is wrong and calls itself replayed where labels are renamed, swap their names, and are deleted", () => {
  // Beside the first, seeds that once were wrong.
  const renamed = judged({ renameLabel: 1 }, 15, 88);
  expect(renamed.wrong).toEqual([]);
  const swapped = judged({ swapLabels: 0.5 }, 10, 16, 23, 36, 42, 99);
  expect(swapped.wrong).toEqual([]);
  const all = judged({ deleteLabel: 0.4, remakeLabel: 0.3, renameLabel: 0.5 }, 15, 18);
  expect(all.wrong).toEqual([]);
  expect(judged({ deleteLabel: 0.4, remakeLabel: 0.3 }, 0, 66).wrong).toEqual([]);
  for (const { guessed, equal } of [renamed, swapped, all]) expect(guessed / equal).toBeLessThan(0.33);
  // One rename in some of these lives weakens little.
  const seldom = judged({ renameLabel: 0.1 }, 15);
  expect(seldom.wrong).toEqual([]);
  expect(seldom.guessed / seldom.equal).toBeLessThan(0.05);
});
