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
const sizes = ["size: S", "size: M", "size: L"] as const;
const areas = ["area: api", "area: site", "area: data", "bug", "docs"] as const;
const debt = "technical debt";
const people = ["dev-1", ...Array.from({ length: 23 }, (_, index) => `dev-${index + 2}`)] as const;
/** What GitHub writes beside the changes that count. */
const chatter = ["mentioned", "subscribed", "referenced", "head_ref_deleted", "locked"] as const;

/** The span of sprint `index` (from 0). */
export function syntheticSprint(index: number): { title: string; start: number; end: number } {
  const start = beginning - 9 * 3_600_000 + index * sprintDays * day;
  return { title: `Sprint ${index + 1}`, start, end: start + sprintDays * day };
}

/** A made-up repository as pages of `perPage` issues with all their events; the same seed gives the same pages. */
export function* syntheticPages(size: SyntheticSize, perPage = 1000): Generator<HistoryPage> {
  const random = randomOf(size.seed);
  const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(random() * list.length)] ?? list[0];
  const world: World = { random, pick, nextEvent: 1 };
  const observedAt = syntheticSprint(size.sprints).end;
  for (let first = 1; first <= size.issues; first += perPage) {
    const page = emptyPage();
    if (first === 1) page.milestones = milestones(size.sprints, observedAt);
    if (first === 1) page.labels = labels(observedAt);
    for (let number = first; number < first + perPage && number <= size.issues; number++) {
      const life = liveIssue(number, size, world, observedAt);
      page.issues.push(observationOf(life, observedAt, pick(people)));
      for (const event of life.events) page.events.push(event);
    }
    yield page;
  }
}

/** An issue under way, with the means to make things happen to it. */
class Life {
  readonly number: number;
  readonly createdAt: number;
  readonly events: IssueEvent[] = [];
  readonly labels = new Set<string>();
  readonly assignees: string[] = [];
  title: string;
  milestone: { number: number; title: string } | null = null;
  closedAt: number | null = null;
  at: number;
  private readonly until: number;
  private readonly world: World;

  constructor(number: number, createdAt: number, until: number, world: World) {
    this.number = number;
    this.createdAt = createdAt;
    this.at = createdAt;
    this.until = until;
    this.world = world;
    this.title = `Task ${number}: make the thing work`;
  }

  /** Something happens within `after` milliseconds from the last. */
  emit(kind: string, fields: Partial<IssueEvent> = {}, after = day * 2): void {
    const { pick, random } = this.world;
    this.at = Math.min(this.until, this.at + 1000 + Math.floor(random() * after));
    const id = this.world.nextEvent++;
    this.events.push({ id, issue: this.number, at: this.at, actor: pick(people), kind, ...fields });
  }

  put(label: string): void {
    this.labels.add(label);
    this.emit("labeled", { label }, 1);
  }

  take(label: string): void {
    this.labels.delete(label);
    this.emit("unlabeled", { label });
  }

  rename(to: string): void {
    this.emit("renamed", { rename: { from: this.title, to } });
    this.title = to;
  }

  plan(index: number, after?: number): void {
    this.milestone = milestoneOf(index);
    this.emit("milestoned", { milestone: this.milestone.title }, after);
  }

  close(stateReason: "not_planned" | null, after?: number): void {
    this.emit("closed", { stateReason }, after);
    this.closedAt = this.at;
  }
}

interface World {
  random: () => number;
  pick<T>(list: readonly [T, ...T[]]): T;
  nextEvent: number;
}

function liveIssue(number: number, size: SyntheticSize, world: World, observedAt: number): Life {
  const { random, pick } = world;
  const createdAt = beginning + Math.floor((number / size.issues) * (observedAt - beginning - 3 * day));
  const life = new Life(number, createdAt, observedAt - 1000, world);
  const estimate = pick(sizes);
  life.put(estimate);
  life.put(pick(areas));
  if (random() < 0.03) life.put(debt);
  if (random() < 0.1) life.rename(`${life.title} at last`);
  if (random() < 0.25) planIssue(life, estimate, size.sprints, world);
  if (random() < 0.95) {
    life.close(random() < 0.1 ? "not_planned" : null, 20 * day);
    if (random() < 0.05) {
      life.emit("reopened");
      life.close(null);
    }
  }
  const wanted = Math.round(size.eventsPerIssue * (0.8 + 0.4 * random()));
  while (life.events.length < wanted) life.emit(pick(chatter), {}, day);
  return life;
}

/** Into this sprint or the next; some are estimated anew, some moved on. */
function planIssue(life: Life, estimate: string, sprints: number, { random, pick }: World): void {
  const now = Math.floor((life.at - beginning) / (sprintDays * day));
  const index = Math.min(sprints - 1, now + (random() < 0.7 ? 1 : 0));
  life.plan(index);
  const assignee = pick(people);
  life.assignees.push(assignee);
  life.emit("assigned", { assignee });
  if (random() < 0.2) {
    life.take(estimate);
    life.put(pick(sizes));
  }
  if (random() < 0.15) {
    life.emit("demilestoned", { milestone: milestoneOf(index).title }, 10 * day);
    life.plan(Math.min(sprints - 1, index + 1), 1);
  }
}

function observationOf(life: Life, observedAt: number, author: string): IssueObservation {
  const { number, createdAt, closedAt, title, milestone, assignees } = life;
  const reason = life.events.findLast((event) => event.kind === "closed")?.stateReason ?? "completed";
  return {
    number,
    observedAt,
    createdAt,
    updatedAt: life.at,
    closedAt,
    title,
    state: closedAt === null ? "open" : "closed",
    stateReason: closedAt === null ? null : reason,
    labels: [...life.labels],
    milestone,
    assignees,
    author,
    pullRequest: false,
    url: `https://github.invalid/team/product/issues/${number}`,
    body: null,
    parent: null,
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
