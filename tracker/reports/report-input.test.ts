import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Content } from "../content/read.ts";
import { rulesOf } from "../content/settings-schema.ts";
import { present } from "../core/model/present.ts";
import { repositoriesOf } from "../core/model/repositories.ts";
import type { Sprint } from "../core/model/sprint.ts";
import { computeReport } from "../core/report/compute-report.ts";
import { compileRules } from "../core/report/issue-view.ts";
import { markTest } from "../core/report/membership.ts";
import { computeSprintBoard } from "../core/report/sprint-boards.ts";
import { openStore } from "../store/open.ts";
import { history } from "../testing/history-builder.ts";
import { anyInstant, anyStories, storeOfStories, storyContent } from "../testing/random-stories.ts";
import { on } from "../testing/timelines.ts";
import { forNextQuestion, openArchive } from "./archive.ts";
import { sprintBoardsInput } from "./board-input.ts";
import { type ReportArchive, withWords } from "./report-archive.ts";
import { reportInput } from "./report-input.ts";

let content: Content;
beforeAll(async () => {
  content = await storyContent();
});

/** Runs `check` on the sprints of many random histories: as they are known in the end, and at some instant before. */
function everyArchive(check: (archive: ReportArchive, sprint: Sprint, asOf: number) => void): void {
  fc.assert(
    fc.property(anyStories, anyInstant, (stories, some) => {
      const store = storeOfStories(stories);
      const archive = withWords(
        openArchive(
          { history: store, repositories: repositoriesOf(["a/b"]), standings: [] },
          content,
          on("31"),
        ),
      );
      for (const { sprint } of content.sprints)
        for (const asOf of [some, on("31")]) if (sprint.start <= asOf) check(archive, sprint, asOf);
      store.close();
    }),
    // Seeded, for how much is spared is counted below.
    { numRuns: 80, seed: 11 },
  );
}

describe("what is read for one sprint", () => {
  test("gives the report that it gives with all that ever was debt by its end", () => {
    let debts = 0;
    let spared = 0;
    everyArchive((archive, sprint, asOf) => {
      const input = reportInput(archive, sprint, asOf);
      const upToEnd = { from: 0, to: Math.min(sprint.end, asOf) };
      const numbers = archive.store.issuesEverCarrying({ label: "technical debt" }, upToEnd);
      const read = new Set(input.timelines.map(({ number }) => number));
      const more = archive.store.timelines({ numbers: numbers.filter((number) => !read.has(number)) });
      spared += more.length;
      const report = computeReport(input);
      debts += report.debt.paid.length + (report.debt.dropped?.length ?? 0) + report.debt.open;
      const timelines = [...input.timelines, ...more].sort((a, b) => a.number - b.number);
      expect(report).toEqual(computeReport({ ...input, timelines }));
    });
    expect(debts).toBeGreaterThan(20);
    expect(spared).toBeGreaterThan(2);
  });

  test("gives the boards at both ends without the rest of the report", () => {
    everyArchive((archive, sprint, asOf) => {
      const { boards } = computeReport(reportInput(archive, sprint, asOf));
      const input = sprintBoardsInput(archive, sprint, asOf);
      const boardRules = compileRules(rulesOf(content.settings), markTest(sprint.mark, archive.milestones));
      for (const which of ["start", "end"] as const)
        expect(computeSprintBoard(input, which, boardRules)).toEqual(boards[which]);
    });
  });
});

test("issues with a mark, and those on which it came or went, are what their timelines say", () => {
  const span = fc
    .tuple(anyInstant, anyInstant)
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) + 1 }));
  fc.assert(
    fc.property(anyStories, span, (stories, { from, to }) => {
      const store = storeOfStories(stories);
      const all = store.timelines();
      const marks = [
        { mark: { label: "technical debt" }, attribute: "label", key: "technical debt" },
        { mark: { label: "freezebox" }, attribute: "label", key: "freezebox" },
        { mark: { state: "closed" as const }, attribute: "state", key: "closed" },
      ];
      for (const { mark, attribute, key } of marks) {
        const numbersWhere = (test: (i: (typeof all)[number]["intervals"][number]) => boolean) =>
          all
            .filter(({ intervals }) =>
              intervals.some((i) => i.attribute === attribute && i.key === key && test(i)),
            )
            .map(({ number }) => number);
        const carrying = numbersWhere((i) => i.from < to && i.to > from);
        const isIn = (instant: number) => from <= instant && instant < to;
        const isActive = (number: number) => {
          const { intervals } = present(all.find((timeline) => timeline.number === number));
          const isInside = (instant: number) => from < instant && instant < to;
          return (
            intervals.some((i) => isInside(i.from) || isInside(i.to)) ||
            !intervals.some(
              (i) => i.attribute === "state" && i.value === "closed" && i.from <= from && i.to >= to,
            )
          );
        };
        expect(store.issuesEverCarrying(mark, { from, to })).toEqual(carrying);
        expect(store.issuesActiveCarrying(mark, { from, to })).toEqual(carrying.filter(isActive));
        expect(store.issuesChanging(mark, { from, to })).toEqual(
          numbersWhere((i) => isIn(i.from) || isIn(i.to)),
        );
      }
      store.close();
    }),
    { numRuns: 60 },
  );
});

test("a report is the same whether timelines were kept from the question before or not", () => {
  let left = 0;
  everyArchive((archive, sprint, asOf) => {
    const first = computeReport(reportInput(archive, sprint, asOf));
    expect(computeReport(reportInput(forNextQuestion(archive), sprint, asOf))).toEqual(first);
    left += archive.timelines.size;
    expect(forNextQuestion(archive, archive.timelines.size).timelines.size).toBe(archive.timelines.size);
    expect(forNextQuestion(archive, 0).timelines.size).toBe(0);
    expect(computeReport(reportInput(archive, sprint, asOf))).toEqual(first);
  });
  expect(left).toBeGreaterThan(100);
});

describe("what is read for one sprint leaves out nothing that its report tells of", () => {
  test.each([
    ["by names as they are written", {}, {}],
    ["by patterns, in another case", { debt: ["TECHNICAL*"], freezebox: ["freeze*"] }, {}],
    ["by names in another case", { debt: ["Technical Debt"], freezebox: ["FREEZEBOX"] }, {}],
    ["by another form of the prefix of effort", {}, { actualPrefix: "Actual/" }],
  ])("of labels found %s, though GitHub lists none of them any more", (_, labels, more) => {
    const { settings } = content;
    const asked = { ...settings, ...more, labels: { ...settings.labels, ...labels } };
    const often = { debts: 0, elsewhere: 0, dropped: 0 };
    everyArchive((found, sprint, asOf) => {
      const archive = { ...found, content: { ...content, settings: asked } };
      const input = reportInput(archive, sprint, asOf);
      const report = computeReport(input);
      expect(report).toEqual(computeReport({ ...input, timelines: archive.store.timelines() }));
      often.debts += report.debt.opened.length;
      often.elsewhere += report.spentElsewhere?.length ?? 0;
      often.dropped += report.freezebox.length;
    });
    for (const [kind, times] of Object.entries(often)) expect(times, kind).toBeGreaterThan(10);
  });
});

test("who may have been in a sprint is read, though no interval in it says so", () => {
  const store = openStore(":memory:");
  // GitHub shows it on the first sprint's milestone after the end; since when, no event tells.
  const shown = { number: 1, milestone: { number: 1, title: "Sprint 1" } };
  const events: [number, string, string][] = [
    [1, "milestoned", "Sprint 3"],
    [2, "demilestoned", "Sprint 3"],
  ];
  const listed = { milestones: { 1: "Sprint 1", 2: "Sprint 2", 3: "Sprint 3" }, seenOn: 149 };
  store.append(
    history(
      [{ ...shown, state: "closed", stateReason: "completed", events: [...events, [3, "closed"]] }],
      listed,
    ),
  );
  store.refresh();
  const source = { history: store, repositories: repositoriesOf(["a/b"]), standings: [] };
  const archive = withWords(openArchive(source, content, on("31")));
  const known = content.sprints.map(
    ({ sprint }) => computeReport(reportInput(archive, sprint)).provenance.boards,
  );
  expect(known).toEqual(["unknown", "replayed", "replayed"]);
  store.close();
});

test("a milestone that was renamed after its last issue left it makes no figure that calls itself sure", () => {
  const issue = (number: number, title: string) => ({
    number,
    events: [
      [120, "labeled", "size: L"],
      [124, "milestoned", title],
      [140, "demilestoned", title],
    ] as [number, string, string][],
    labels: ["size: L"],
  });
  const reportWith = (title: string) => {
    const page = history([issue(1, title)], { milestones: { 1: "Sprint 1", 2: "Sprint 2" } });
    const milestones = page.milestones.map((one) => ({ ...one, createdAt: on("01") }));
    const store = openStore(":memory:");
    store.append({ ...page, milestones });
    store.refresh();
    const repositories = repositoriesOf(["a/b"]);
    const archive = withWords(
      openArchive({ history: store, repositories, standings: [] }, content, on("31")),
    );
    const report = computeReport(reportInput(archive, present(content.sprints[0]).sprint));
    store.close();
    return { committed: report.effort.committed, known: report.provenance.committed };
  };
  expect(reportWith("Sprint 1")).toEqual({ committed: 1, known: "replayed" });
  // Whether that was this sprint's, nobody can tell any more.
  expect(reportWith("Draft")).toEqual({ committed: 0, known: "inferred" });
  expect(reportWith("Sprint 2")).toEqual({ committed: 0, known: "replayed" });
});
