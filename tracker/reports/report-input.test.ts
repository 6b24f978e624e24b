import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Content, readContent } from "../content/read.ts";
import { rulesOf } from "../content/settings-schema.ts";
import { present } from "../core/model/present.ts";
import { repositoriesOf } from "../core/model/repositories.ts";
import type { Sprint } from "../core/model/sprint.ts";
import { computeReport } from "../core/report/compute-report.ts";
import { compileRules } from "../core/report/issue-view.ts";
import { markTest } from "../core/report/membership.ts";
import { computeSprintBoard } from "../core/report/sprint-boards.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import {
  adopt,
  close,
  convert,
  type EventSpec,
  enter,
  label,
  leave,
  on,
  orphan,
  reopen,
  toldIssue,
  unlabel,
} from "../testing/timelines.ts";
import { type Archive, openArchive } from "./archive.ts";
import { sprintBoardsInput } from "./board-input.ts";
import { reportInput } from "./report-input.ts";

let folder: string;
let content: Content;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-input-"));
  mkdirSync(join(folder, "sprints"));
  writeFileSync(join(folder, "settings.yml"), "repository: a/b\ntimeZone: UTC\n");
  for (const [number, first, last] of [
    [1, "06", "10"],
    [2, "13", "17"],
    [3, "20", "24"],
  ])
    writeFileSync(
      join(folder, `sprints/0${number}.md`),
      `---\nnumber: ${number}\ntitle: Sprint ${number}\ngoal: A goal\nfirstDay: 2024-05-${first}\n` +
        `lastDay: 2024-05-${last}\ncapacityDays: 5\nmilestone: Sprint ${number}\n---\n`,
    );
  content = await readContent(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const issues = 12;
// Every sixth hour: then many things happen at the very start or end of a sprint.
const at = fc.integer({ min: 0, max: 4 * 29 }).map((quarter) => on("01") + quarter * 6 * 3_600_000);
const sprint = fc.integer({ min: 1, max: 3 });
const name = fc.constantFrom(
  "technical debt",
  "technical debt",
  "freezebox",
  "size: S",
  "size: L",
  "actual: M",
  "in progress",
);
const event: fc.Arbitrary<EventSpec> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(at, name).map(([t, n]) => label(t, n)) },
  { weight: 2, arbitrary: fc.tuple(at, name).map(([t, n]) => unlabel(t, n)) },
  { weight: 3, arbitrary: fc.tuple(at, sprint).map(([t, n]) => enter(t, n)) },
  { weight: 1, arbitrary: fc.tuple(at, sprint).map(([t, n]) => leave(t, n)) },
  { weight: 3, arbitrary: at.map((t) => close(t)) },
  { weight: 1, arbitrary: at.map((t) => close(t, "not_planned")) },
  { weight: 2, arbitrary: at.map(reopen) },
  { weight: 1, arbitrary: at.map(convert) },
  { weight: 1, arbitrary: fc.tuple(at, fc.integer({ min: 1, max: issues })).map(([t, n]) => adopt(t, n)) },
  { weight: 1, arbitrary: fc.tuple(at, fc.integer({ min: 1, max: issues })).map(([t, n]) => orphan(t, n)) },
);
const anyStories = fc.array(fc.array(event, { maxLength: 10 }), { minLength: 1, maxLength: issues });

/** Leaves out what takes away something that is not there: that would look like another name of something else. */
function isPossible(): (event: EventSpec) => boolean {
  const labels = new Set<string | undefined>();
  let milestone: string | null = null;
  return (event) => {
    if (event.kind === "unlabeled") return labels.delete(event.label);
    if (event.kind === "labeled") labels.add(event.label);
    if (event.kind === "demilestoned" && event.milestone !== milestone) return false;
    if (event.kind === "milestoned") milestone = event.milestone ?? null;
    if (event.kind === "demilestoned") milestone = null;
    return true;
  };
}

function storeOf(stories: EventSpec[][]): Store {
  const told = stories.map((events, index) => {
    const inOrder = [...events].sort((a, b) => Number(a.at) - Number(b.at));
    return toldIssue(index + 1, "01", inOrder.filter(isPossible()));
  });
  const store = openStore(":memory:");
  store.setRepository("a/b");
  store.append({
    issues: told.map(({ observation }) => observation),
    events: told.flatMap(({ events }) => events),
    comments: [],
    labels: [],
    milestones: [1, 2, 3].map((number) => ({
      number,
      title: `Sprint ${number}`,
      observedAt: on("31"),
      state: "open" as const,
      dueOn: null,
      createdAt: null,
      closedAt: null,
    })),
  });
  store.refresh();
  return store;
}

/** Runs `check` on the sprints of many random histories: as they are known in the end, and at some instant before. */
function everyArchive(check: (archive: Archive, sprint: Sprint, asOf: number) => void): void {
  fc.assert(
    fc.property(anyStories, at, (stories, some) => {
      const store = storeOf(stories);
      const archive = openArchive(
        { history: store, repositories: repositoriesOf(["a/b"]), standings: [] },
        content,
        on("31"),
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
    expect(spared).toBeGreaterThan(3);
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
  const span = fc.tuple(at, at).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) + 1 }));
  fc.assert(
    fc.property(anyStories, span, (stories, { from, to }) => {
      const store = storeOf(stories);
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
