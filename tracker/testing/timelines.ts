import { type NameResolver, nameResolver, noNames } from "../core/history/names/resolver.ts";
import { foldTimeline } from "../core/history/timeline.ts";
import type { IssueEvent, IssueReference } from "../core/model/event.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import type { IssueObservation } from "../core/model/issue.ts";
import type { Sighting } from "../core/model/page.ts";
import { present } from "../core/model/present.ts";
import type { Rules } from "../core/model/rules.ts";
import type { Sprint } from "../core/model/sprint.ts";

const plain = nameResolver(noNames);

/** Milestones named "Sprint N" bear the number N; all other names mean themselves. */
const resolver: NameResolver = {
  ...plain,
  resolve(kind, name, at) {
    const found = plain.resolve(kind, name, at);
    const number = kind === "milestone" ? /^Sprint (\d+)$/.exec(name)?.[1] : undefined;
    return number === undefined ? found : { ...found, key: number };
  },
};

/** Instants as tests write them: "06T10:30" is the 6th of May 2024 at that time, UTC. */
export const on = (text: string): number =>
  Date.parse(`2024-05-${text.length === 2 ? `${text}T00:00` : text}:00Z`);

export type EventSpec = Partial<
  Pick<
    IssueEvent,
    "label" | "milestone" | "assignee" | "rename" | "stateReason" | "actor" | "relation" | "type" | "field"
  >
> & {
  at: string | number;
  kind: string;
};

/**
 * One issue's timeline from its story, told as events; what GitHub shows at the end follows from them. A `parent`
 * has been its parent from the beginning. `gone`: when it was found missing, and as what.
 */
export function timelineOf(
  number: number,
  created: string | number,
  told: EventSpec[],
  more: Partial<IssueObservation> = {},
  gone: readonly Pick<Sighting, "at" | "found">[] = [],
): IssueTimeline {
  const { observation, events } = toldIssue(number, created, told, more);
  return foldTimeline({
    observation: { ...observation, firstSeenAt: observation.observedAt },
    events,
    resolver,
    parentLooks: [
      { since: observation.observedAt, until: observation.observedAt, parent: observation.parent },
    ],
    sightings: gone.map((one) => ({ issue: number, since: one.at - 1, ...one })),
  });
}

/** What GitHub tells of an issue with this story. */
export function toldIssue(
  number: number,
  created: string | number,
  told: EventSpec[],
  more: Partial<IssueObservation> = {},
): { observation: IssueObservation; events: IssueEvent[] } {
  const createdAt = typeof created === "number" ? created : on(created);
  const born = more.parent ? [adopt(createdAt, more.parent)] : [];
  const events = [...told, ...born].map((t, index): IssueEvent => {
    const at = typeof t.at === "number" ? t.at : on(t.at);
    return { actor: "ann", ...t, id: number * 1000 + index, issue: number, at };
  });
  return { observation: { ...shownAfter(number, createdAt, events), ...more }, events };
}

function shownAfter(number: number, createdAt: number, unordered: IssueEvent[]): IssueObservation {
  const events = [...unordered].sort((a, b) => a.at - b.at || a.id - b.id);
  const shown: IssueObservation = {
    number,
    observedAt: on("31"),
    createdAt,
    updatedAt: events.at(-1)?.at ?? createdAt,
    closedAt: null,
    title: `Task ${number}`,
    state: "open",
    stateReason: null,
    labels: [],
    milestone: null,
    assignees: [],
    author: "ann",
    pullRequest: false,
    url: `https://github.com/a/b/issues/${number}`,
    body: null,
    parent: null,
  };
  for (const e of events) {
    if (e.kind === "labeled" && !shown.labels.includes(present(e.label))) shown.labels.push(present(e.label));
    if (e.kind === "unlabeled") shown.labels = shown.labels.filter((l) => l !== e.label);
    if (e.kind === "milestoned")
      shown.milestone = {
        number: Number(present(e.milestone).replace(/\D/g, "")),
        title: present(e.milestone),
      };
    if (e.kind === "demilestoned") shown.milestone = null;
    if (e.kind === "assigned") shown.assignees = [...shown.assignees, present(e.assignee)];
    if (e.kind === "unassigned") shown.assignees = shown.assignees.filter((one) => one !== e.assignee);
    if (e.kind === "parent_issue_added") shown.parent = e.relation ?? null;
    if (e.kind === "parent_issue_removed") shown.parent = null;
    if (e.kind.startsWith("issue_type_")) shown.type = e.type?.to ?? null;
    if (e.kind === "renamed") shown.title = present(e.rename).to;
    if (e.kind === "closed")
      Object.assign(shown, { state: "closed", stateReason: e.stateReason ?? "completed", closedAt: e.at });
    if (e.kind === "converted_to_discussion")
      Object.assign(shown, { state: "closed", stateReason: "completed", closedAt: e.at });
    if (e.kind === "reopened")
      Object.assign(shown, { state: "open", stateReason: "reopened", closedAt: null });
  }
  return shown;
}

export const label = (at: string | number, name: string): EventSpec => ({ at, kind: "labeled", label: name });
export const unlabel = (at: string | number, name: string): EventSpec => ({
  at,
  kind: "unlabeled",
  label: name,
});
export const assign = (at: string | number, login: string): EventSpec => ({
  at,
  kind: "assigned",
  assignee: login,
});
export const unassign = (at: string | number, login: string): EventSpec => ({
  ...assign(at, login),
  kind: "unassigned",
});
export const enter = (at: string | number, sprint = 1): EventSpec => ({
  at,
  kind: "milestoned",
  milestone: `Sprint ${sprint}`,
});
export const leave = (at: string | number, sprint = 1): EventSpec => ({
  at,
  kind: "demilestoned",
  milestone: `Sprint ${sprint}`,
});
export const close = (
  at: string | number,
  stateReason: IssueEvent["stateReason"] = "completed",
): EventSpec => ({
  at,
  kind: "closed",
  stateReason,
});
/** It becomes a sub-issue of that one. */
export const adopt = (at: string | number, parent: IssueReference): EventSpec => ({
  at,
  kind: "parent_issue_added",
  relation: parent,
});
export const orphan = (at: string | number, parent: IssueReference): EventSpec => ({
  at,
  kind: "parent_issue_removed",
  relation: parent,
});
export const reopen = (at: string | number): EventSpec => ({ at, kind: "reopened" });

export const convert = (at: string | number): EventSpec => ({ at, kind: "converted_to_discussion" });

export const rules: Rules = {
  timeZone: "UTC",
  workdays: [1, 2, 3, 4, 5],
  daysOff: [],
  lanes: [
    { name: "Backlog", role: "backlog", when: { state: "open", member: false } },
    { name: "Sprint", role: "sprint", when: { state: "open", member: true } },
    { name: "In progress", role: "progress", when: { state: "open", member: true, labels: ["in progress"] } },
    { name: "Done", role: "done", when: { state: "closed" } },
  ],
  sizes: { S: 0.1, M: 0.5, L: 1 },
  sizePrefix: "size: ",
  actualPrefix: "actual: ",
  labels: { debt: ["technical debt"], freezebox: ["freezebox"], kalmPrefix: "kalm: " },
  hoursPerDay: 8,
  daysPerWeek: 5,
};

/** Sprint 1 is 6–10 May 2024, Monday to Friday, UTC; sprint N follows N−1 after a weekend. */
export function sprintOf(number: number, more: Partial<Sprint> = {}): Sprint {
  const week = 7 * 24 * 3_600_000 * (number - 1);
  return {
    number,
    title: `Sprint ${number}`,
    goal: "A goal",
    start: on("06") + week,
    end: on("11") + week,
    grace: 0,
    capacityDays: 5,
    mark: { by: "milestone", title: `Sprint ${number}`, number },
    goalMet: null,
    ...more,
  };
}
