import type { IssueEvent } from "../model/event.ts";
import type { Attribute, IssueTimeline } from "../model/interval.ts";
import type { FieldObservation, IssueObservation } from "../model/issue.ts";
import type { Sighting } from "../model/page.ts";
import { present } from "../model/present.ts";
import type { PlacementObservation, ProjectChoice } from "../model/project.ts";
import { doubt } from "./doubt.ts";
import { foldBlockers } from "./fold-blockers.ts";
import { foldFields } from "./fold-fields.ts";
import { foldGone } from "./fold-gone.ts";
import { foldMilestone } from "./fold-milestone.ts";
import { foldProjects } from "./fold-projects.ts";
import { foldParent, type ParentLook } from "./fold-relations.ts";
import { type Draft, foldChain } from "./fold-sets.ts";
import { foldState } from "./fold-state.ts";
import { foldType } from "./fold-type.ts";
import { changeToObserved, foldChanges, type ValueChange, type ValueInput } from "./fold-value.ts";
import type { NameResolver } from "./names/resolver.ts";

export interface TimelineInput {
  /**
   * What GitHub showed last; `firstSeenAt` is when this very content was first seen, epoch milliseconds. `asOf`: the
   * earlier instant of which it is evidence, where a backup kept it.
   */
  observation: IssueObservation & { firstSeenAt: number; asOf?: number };
  /** In any order, repeated or not. */
  events: readonly IssueEvent[];
  resolver: NameResolver;
  /** What GitHub showed of the issue's projects, oldest first. */
  placements?: readonly PlacementObservation[];
  /** What GitHub showed of the issue's fields, oldest first. */
  fieldLooks?: readonly FieldObservation[];
  /** The one project that counts; null: all do. */
  project?: ProjectChoice | null;
  /** Events of other issues that took this one as a sub-issue, or gave it up. */
  toldByParents?: readonly IssueEvent[];
  /** The same of issues of other repositories, as events of this one. */
  toldElsewhere?: readonly IssueEvent[];
  /** The parents that GitHub showed, oldest first. */
  parentLooks?: readonly ParentLook[];
  /** owner/name, where it is known. */
  repository?: string | null;
  /** What was found when GitHub was asked whether it is still there. */
  sightings?: readonly Sighting[];
  /** When it arrived from another repository, where the events that it brought were not read, epoch milliseconds. */
  unreadUntil?: number | undefined;
}

/**
 * Folds one issue's events into half-open intervals, and holds their end against what GitHub showed: where the
 * two differ, the span in which they parted carries a doubt with its reason, and from the observation on the
 * shown value stands as `observed`.
 */
export function foldTimeline({
  observation,
  events,
  resolver,
  placements = [],
  fieldLooks = [],
  project = null,
  toldByParents = [],
  toldElsewhere = [],
  parentLooks = [],
  repository = null,
  sightings = [],
  unreadUntil,
}: TimelineInput): IssueTimeline {
  const history = inOrder(events);
  const draft: Draft = { intervals: [], doubts: [] };
  const { createdAt, firstSeenAt, asOf = firstSeenAt } = observation;
  const by = Math.max(asOf, createdAt);
  const latest = Math.max(firstSeenAt, by);
  const input = { events: history, observation, by, latest, createdAt };

  foldState(input, draft);
  foldTitle(input, draft);
  foldMilestone({ ...input, resolver }, draft);
  const rare = rareIn(history);
  if (rare.isInProject || placements.length + fieldLooks.length > 0) {
    foldProjects({ events: history, placements, choice: project, createdAt }, draft);
    foldFields({ events: history, fieldLooks, placements, choice: project, createdAt }, draft);
  }
  const named = (kind: "label" | "assignee", names: string[]) => ({
    value: names.map((name) => ({ key: resolver.resolve(kind, name, by).key, name })),
    by,
    latest,
  });
  const chain = { events: history, createdAt, resolver };
  foldChain({ ...chain, attribute: "label", shown: named("label", observation.labels) }, draft);
  foldChain({ ...chain, attribute: "assignee", shown: named("assignee", observation.assignees) }, draft);

  const { number } = observation;
  const isRelated = rare.isRelated || toldByParents.length + toldElsewhere.length > 0;
  const relations = {
    number,
    // Ids of two repositories say nothing of each other.
    events: toldElsewhere.length === 0 ? history : [...history, ...toldElsewhere].sort(byTime),
    toldByParents: inOrder(toldByParents),
    looks: parentLooks,
    repository,
    createdAt,
  };
  if (isRelated || parentLooks.some(({ parent }) => parent !== null)) foldParent(relations, draft);
  if (rare.isTyped || observation.type !== undefined)
    foldType({ events: history, createdAt, shown: observation.type, by }, draft);
  if (isRelated) foldBlockers(relations, draft);
  foldGone(sightings, history, createdAt, draft);
  if (unreadUntil !== undefined && createdAt < unreadUntil)
    for (const attribute of brought)
      draft.doubts.push(doubt(attribute, createdAt, unreadUntil, "inferred", unread));

  return {
    number,
    createdAt,
    author: observation.author,
    pullRequest: observation.pullRequest,
    url: observation.url,
    title: observation.title,
    intervals: draft.intervals,
    ...(draft.doubts.length > 0 ? { doubts: draft.doubts } : {}),
  };
}

/** What the events that an issue brought along may tell of it. Pull requests, which are merged, do not arrive. */
const isBrought: Readonly<Record<Attribute, boolean>> = {
  state: true,
  stateReason: true,
  title: true,
  label: true,
  milestone: true,
  assignee: true,
  status: true,
  iteration: true,
  discussion: true,
  gone: false,
  merged: false,
  parent: true,
  type: true,
  blockedBy: true,
  field: true,
};
const brought = (Object.keys(isBrought) as Attribute[]).filter((attribute) => isBrought[attribute]);
const unread = "it arrived from another repository, and its events until then were not read";

/** What most histories have nothing of: then it need not be folded. */
function rareIn(events: readonly IssueEvent[]) {
  const found = { isInProject: false, isRelated: false, isTyped: false };
  for (const { kind, status, iteration, field } of events) {
    if (status !== undefined || iteration !== undefined || field !== undefined) found.isInProject = true;
    if (kind.startsWith("parent_issue_") || kind.startsWith("blocked_by_")) found.isRelated = true;
    if (kind.startsWith("issue_type_")) found.isTyped = true;
  }
  return found;
}

const byTime = (a: IssueEvent, b: IssueEvent): number => a.at - b.at || a.id - b.id;

/** The order of a history: (at, id), each event once. */
export function inOrder(events: readonly IssueEvent[]): readonly IssueEvent[] {
  if (events.every((event, index) => index === 0 || byTime(present(events[index - 1]), event) < 0))
    return events;
  const sorted = [...events].sort(byTime);
  return sorted.filter((event, index) => event.id !== sorted[index - 1]?.id);
}

function foldTitle({ events, observation, by, createdAt }: ValueInput, draft: Draft): void {
  const renames = events.filter((event) => event.kind === "renamed" && event.rename !== undefined);
  const first = renames[0]?.rename?.from ?? observation.title;
  const steps: ValueChange[] = [{ at: createdAt, value: first, event: null }];
  for (const event of renames) {
    const { from, to } = present(event.rename);
    const before = present(steps.at(-1));
    if (before.value !== from) {
      draft.doubts.push(doubt("title", before.at + 1, event.at, "unknown", "a retitling is missing"));
    }
    steps.push({ at: Math.max(event.at, createdAt), value: to, event });
  }
  const shown = steps.findLast((step) => step.at <= by);
  if (shown !== undefined && shown.value !== observation.title) {
    const why = "no event gives the title that GitHub shows";
    changeToObserved("title", steps, { value: observation.title, by, why, provenance: "unknown" }, draft);
  }
  foldChanges("title", steps, draft);
}
