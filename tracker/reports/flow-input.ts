import { blockersOf } from "../core/flow/blocked.ts";
import { type FlowInput, flowSpans } from "../core/flow/compute-flow.ts";
import { ownNumber } from "../core/model/issue-reference.ts";
import { present } from "../core/model/present.ts";
import { placeOf } from "../core/model/repositories.ts";
import type { Sprint } from "../core/model/sprint.ts";
import type { History } from "../store/store.ts";
import { type Archive, timelinesOf } from "./archive.ts";
import { formerlyMarked, issuesMarked, rulesAt } from "./board-input.ts";
import { issuesNearDone } from "./report-input.ts";

/** What the flow of one sprint, or of all tasks (`sprint` null), is computed from. `asOf`: epoch ms. */
export function flowInput(
  archive: Archive,
  sprint: Sprint | null,
  { weeks, asOf = archive.asOf }: { weeks: number; asOf?: number },
): FlowInput {
  const { store, content, milestones } = archive;
  const { settings } = content;
  const sprints = content.sprints.map((one) => one.sprint);
  const { timeZone } = settings;
  const { span, reference } = flowSpans({ asOf, sprint, weeks, bornAt: 0, timeZone });
  const around = { from: Math.min(span.from, reference.from), to: span.to };
  const marked = sprints.flatMap(({ mark }) => issuesMarked(store, mark, milestones, around));
  const finished = issuesNearDone(store, settings, around);
  const timelines = timelinesOf(archive, [...marked, ...finished, ...perhapsMarked(archive, sprint, span)]);
  const blockers = timelines.flatMap(blockersOf).flatMap((key) => ownNumber(key) ?? []);
  return {
    repository: present(archive.repositories.names[0]),
    asOf,
    rules: rulesAt(archive, span.to),
    sprints,
    milestones,
    sprint,
    weeks,
    bornAt: timelines.reduce(
      (first, { createdAt }) => Math.min(first, createdAt),
      firstIssueAt(store) ?? asOf,
    ),
    timelines: [...new Set([...timelines, ...timelinesOf(archive, blockers)])],
    links: settings.links,
  };
}

/**
 * Issues that bore the sprint's mark (null: any sprint's) at some time, and may have in [from, to), that were on what its
 * milestone may have been called, or of whose marks nothing is known: those that may have been in a sprint then must be there to say so. A status that every
 * sprint shares tells of too many.
 */
function perhapsMarked(
  { store, content, milestones }: Archive,
  only: Sprint | null,
  span: { from: number; to: number },
): number[] {
  const marks = (only === null ? content.sprints.map(({ sprint }) => sprint) : [only]).map(
    ({ mark }) => mark,
  );
  const formerly = marks.flatMap((mark) => formerlyMarked(store, mark, milestones, span));
  const doubtful = [...Map.groupBy(marks, ({ by }) => by)].flatMap(([by, some]) => {
    const nameless = store.issuesInDoubt(span, [by], "nameless");
    if (by === "status") return nameless;
    const doubted = new Set(store.issuesInDoubt(span, [by, "gone"]));
    if (doubted.size === 0) return [];
    const marked = some.flatMap((mark) => issuesMarked(store, mark, milestones));
    return [...nameless, ...marked.filter((number) => doubted.has(number))];
  });
  return [...formerly, ...doubtful];
}

/** When the first issue that is known was created, epoch ms; numbers of one repository rise with time. */
function firstIssueAt(store: History): number | null {
  const firsts = [...Map.groupBy(store.knownIssues(), placeOf).values()].flatMap((keys) => keys.slice(0, 1));
  const created = firsts.flatMap((key) => store.issue(key)?.createdAt ?? []);
  return created.length === 0 ? null : Math.min(...created);
}
