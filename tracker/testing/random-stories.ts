import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type Content, readContent } from "../content/read.ts";
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
} from "./timelines.ts";

/** A team with three sprints of a week in May 2024, marked by milestones. */
export async function storyContent(): Promise<Content> {
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-input-"));
  try {
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
    return await readContent(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const issues = 12;
// Every sixth hour: then many things happen at the very start or end of a sprint.
export const anyInstant: fc.Arbitrary<number> = fc
  .integer({ min: 0, max: 4 * 29 })
  .map((quarter) => on("01") + quarter * 6 * 3_600_000);
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
  { weight: 4, arbitrary: fc.tuple(anyInstant, name).map(([t, n]) => label(t, n)) },
  { weight: 2, arbitrary: fc.tuple(anyInstant, name).map(([t, n]) => unlabel(t, n)) },
  { weight: 3, arbitrary: fc.tuple(anyInstant, sprint).map(([t, n]) => enter(t, n)) },
  { weight: 1, arbitrary: fc.tuple(anyInstant, sprint).map(([t, n]) => leave(t, n)) },
  { weight: 3, arbitrary: anyInstant.map((t) => close(t)) },
  { weight: 1, arbitrary: anyInstant.map((t) => close(t, "not_planned")) },
  { weight: 2, arbitrary: anyInstant.map(reopen) },
  { weight: 1, arbitrary: anyInstant.map(convert) },
  {
    weight: 1,
    arbitrary: fc.tuple(anyInstant, fc.integer({ min: 1, max: issues })).map(([t, n]) => adopt(t, n)),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(anyInstant, fc.integer({ min: 1, max: issues })).map(([t, n]) => orphan(t, n)),
  },
);
/** A list of events for each issue of May 2024, in no order. */
export const anyStories: fc.Arbitrary<EventSpec[][]> = fc.array(fc.array(event, { maxLength: 10 }), {
  minLength: 1,
  maxLength: issues,
});

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

/** The stories in a store; `before`: how many milestones its repository had before the first sprint's. */
export function storeOfStories(stories: EventSpec[][], repository = "a/b", before = 0): Store {
  const told = stories.map((events, index) => {
    const inOrder = [...events].sort((a, b) => Number(a.at) - Number(b.at));
    return toldIssue(index + 1, "01", inOrder.filter(isPossible()));
  });
  const store = openStore(":memory:");
  store.setRepository(repository);
  store.append({
    issues: told.map(({ observation }) => observation),
    events: told.flatMap(({ events }) => events),
    comments: [],
    labels: [],
    milestones: [1, 2, 3].map((number) => ({
      number: number + before,
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
