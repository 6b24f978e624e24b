import type { IssueEvent } from "../core/model/event.ts";
import type { IssueObservation } from "../core/model/issue.ts";
import type { HistoryPage } from "../core/model/page.ts";
import { randomOf } from "../testing/random.ts";

export interface SyntheticSize {
  issues: number;
  /** On average per issue; a fifth more or less. */
  eventsPerIssue: number;
  sprints: number;
  seed: number;
}

const day = 86_400_000;
const sprintDays = 14;
const beginning = Date.parse("2022-01-03T09:00:00Z");
const sizes = ["size: S", "size: M", "size: L"];
const areas = ["area: api", "area: site", "area: data", "bug", "docs"];
const debt = "technical debt";
const people = Array.from({ length: 24 }, (_, index) => `dev-${index + 1}`);
/** What GitHub writes beside the changes that count. */
const chatter = ["mentioned", "subscribed", "referenced", "head_ref_deleted", "locked"];

/** The span of sprint `index` (from 0). */
export function syntheticSprint(index: number): { title: string; start: number; end: number } {
  const start = beginning - 9 * 3_600_000 + index * sprintDays * day;
  return { title: `Sprint ${index + 1}`, start, end: start + sprintDays * day };
}

/** A made-up repository as pages of `perPage` issues with all their events; the same seed gives the same pages. */
export function* syntheticPages(size: SyntheticSize, perPage = 1000): Generator<HistoryPage> {
  const random = randomOf(size.seed);
  const observedAt = syntheticSprint(size.sprints).end;
  const numbers = { event: 1 };
  for (let first = 1; first <= size.issues; first += perPage) {
    const page = emptyPage();
    if (first === 1) page.milestones = milestones(size.sprints, observedAt);
    if (first === 1) page.labels = labels(observedAt);
    for (let number = first; number < first + perPage && number <= size.issues; number++) {
      const life = liveIssue(number, size, random, numbers, observedAt);
      page.issues.push(life.issue);
      for (const event of life.events) page.events.push(event);
    }
    yield page;
  }
}

function liveIssue(
  number: number,
  size: SyntheticSize,
  random: () => number,
  numbers: { event: number },
  observedAt: number,
): { issue: IssueObservation; events: IssueEvent[] } {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const createdAt = beginning + Math.floor((number / size.issues) * (observedAt - beginning - 3 * day));
  let at = createdAt;
  const events: IssueEvent[] = [];
  const emit = (kind: string, fields: Partial<IssueEvent> = {}, after = day * 2) => {
    at = Math.min(observedAt - 1000, at + 1000 + Math.floor(random() * after));
    events.push({ id: numbers.event++, issue: number, at, actor: pick(people), kind, ...fields });
  };
  const carried = new Set<string>();
  const add = (label: string, after = 1) => {
    carried.add(label);
    emit("labeled", { label }, after);
  };
  const drop = (label: string) => {
    carried.delete(label);
    emit("unlabeled", { label });
  };

  let estimate = pick(sizes);
  add(estimate);
  add(pick(areas));
  if (random() < 0.03) add(debt);
  let title = `Task ${number}: make the thing work`;
  if (random() < 0.1) {
    const to = `${title} at last`;
    emit("renamed", { rename: { from: title, to } });
    title = to;
  }
  let milestone: { number: number; title: string } | null = null;
  const assignees: string[] = [];
  const index = Math.floor((at - beginning) / (sprintDays * day));
  if (random() < 0.25) {
    milestone = milestoneOf(Math.min(size.sprints - 1, index + (random() < 0.7 ? 1 : 0)));
    emit("milestoned", { milestone: milestone.title });
    assignees.push(pick(people));
    emit("assigned", { assignee: assignees[0]! });
    if (random() < 0.2) {
      drop(estimate);
      estimate = pick(sizes);
      add(estimate);
    }
    if (random() < 0.15) {
      emit("demilestoned", { milestone: milestone.title }, 10 * day);
      milestone = milestoneOf(Math.min(size.sprints - 1, milestone.number));
      emit("milestoned", { milestone: milestone.title }, 1);
    }
  }
  let closedAt: number | null = null;
  if (random() < 0.95) {
    emit("closed", { stateReason: random() < 0.1 ? "not_planned" : null }, 20 * day);
    closedAt = at;
    if (random() < 0.05) {
      emit("reopened");
      emit("closed", { stateReason: null });
      closedAt = at;
    }
  }
  const wanted = Math.round(size.eventsPerIssue * (0.8 + 0.4 * random()));
  while (events.length < wanted) emit(pick(chatter), {}, day);
  const reason = events.findLast((event) => event.kind === "closed")?.stateReason ?? "completed";
  return {
    events,
    issue: {
      number,
      observedAt,
      createdAt,
      updatedAt: at,
      closedAt,
      title,
      state: closedAt === null ? "open" : "closed",
      stateReason: closedAt === null ? null : reason,
      labels: [...carried],
      milestone,
      assignees,
      author: pick(people),
      pullRequest: false,
      url: `https://github.invalid/team/product/issues/${number}`,
      body: null,
      parent: null,
    },
  };
}

function milestoneOf(index: number): { number: number; title: string } {
  return { number: index + 1, title: syntheticSprint(index).title };
}

function milestones(count: number, observedAt: number): HistoryPage["milestones"] {
  return Array.from({ length: count }, (_, index) => ({
    ...milestoneOf(index),
    observedAt,
    state: "open" as const,
    dueOn: syntheticSprint(index).end,
    createdAt: beginning,
    closedAt: null,
  }));
}

function labels(observedAt: number): HistoryPage["labels"] {
  return [...sizes, ...areas, debt].map((name, index) => ({
    id: index + 1,
    name,
    observedAt,
    color: "ededed",
    description: null,
  }));
}

function emptyPage(): HistoryPage {
  return { issues: [], events: [], comments: [], milestones: [], labels: [] };
}
