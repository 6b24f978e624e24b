import { type Estimate, type SizeReader, sizeAt, sizeReader } from "./estimate.ts";
import type { Interval, IssueTimeline, Provenance } from "./interval.ts";
import type { MarkTest } from "./membership.ts";
import type { LaneRule, Rules } from "./rules.ts";
import { worst } from "./state.ts";

export const freezeboxLane = "Freezebox";

/** One issue as a sprint's board shows it at an instant. */
export interface View {
  timeline: IssueTimeline;
  title: string;
  state: "open" | "closed";
  reason: string | null;
  member: Interval | null;
  frozen: boolean;
  /** In the done lane and not frozen. */
  done: boolean;
  /** Name of the lane, or null: not on this board. */
  lane: string | null;
  role: LaneRule["role"] | "freezebox" | null;
  size: Estimate | null;
  labels: string[];
  assignees: string[];
  provenance: Provenance;
}

const matches = (pattern: string, name: string): boolean => {
  const p = pattern.toLowerCase();
  const n = name.toLowerCase();
  return p.endsWith("*") ? n.startsWith(p.slice(0, -1)) : p === n;
};

export const anyMatch = (patterns: readonly string[], interval: Interval): boolean =>
  patterns.some((p) => matches(p, interval.key) || matches(p, interval.value));

/** Everything that looking at a board needs, made once per sprint. */
export interface Lens {
  rules: Rules;
  isMember: MarkTest;
  readSize: SizeReader;
}

export function lensOf(rules: Rules, isMember: MarkTest): Lens {
  return { rules, isMember, readSize: sizeReader(rules.sizePrefix, rules.sizes) };
}

function holds(rule: LaneRule, view: View, labels: readonly Interval[], status: string | null): boolean {
  const { when } = rule;
  if (when.state !== undefined && when.state !== view.state) return false;
  if (when.member !== undefined && when.member !== (view.member !== null)) return false;
  if (when.assigned !== undefined && when.assigned !== view.assignees.length > 0) return false;
  if (when.status !== undefined && (status === null || !when.status.includes(status))) return false;
  return when.labels === undefined || labels.some((i) => anyMatch(when.labels!, i));
}

/** The issue at `t` through the sprint's lens; null before it was created. */
export function viewAt(timeline: IssueTimeline, t: number, lens: Lens): View | null {
  if (t < timeline.createdAt) return null;
  const labels: Interval[] = [];
  const sources: Provenance[] = [];
  let status: string | null = null;
  const view: View = {
    timeline,
    title: timeline.title,
    state: "open",
    reason: null,
    member: null,
    frozen: false,
    done: false,
    lane: null,
    role: null,
    size: null,
    labels: [],
    assignees: [],
    provenance: "replayed",
  };
  for (const i of timeline.intervals) {
    if (i.from > t || t >= i.to) continue;
    if (i.attribute === "state") view.state = i.value === "closed" ? "closed" : "open";
    else if (i.attribute === "stateReason") view.reason = i.value;
    else if (i.attribute === "title") view.title = i.value;
    else if (i.attribute === "label") labels.push(i);
    else if (i.attribute === "assignee") view.assignees.push(i.value);
    else if (i.attribute === "status") status = i.value;
    if (lens.isMember(i)) view.member = i;
    // A close reason seen at a sync is as good as the close event itself unless the issue was closed again later.
    if (i.attribute !== "title" && i.attribute !== "assignee" && i.attribute !== "stateReason")
      sources.push(i.provenance);
  }
  for (const doubt of timeline.doubts ?? [])
    if (doubt.from <= t && t < doubt.to && doubt.attribute !== "title" && doubt.attribute !== "assignee")
      sources.push(doubt.provenance);
  view.labels = labels.map((i) => i.value);
  view.provenance = worst(sources);
  view.size = sizeAt(timeline, t, lens.readSize);
  const dropped = view.state === "closed" && (view.reason === "not_planned" || view.reason === "duplicate");
  view.frozen = dropped || labels.some((i) => anyMatch(lens.rules.labels.freezebox, i));
  const rule = lens.rules.lanes.findLast((r) => holds(r, view, labels, status));
  view.done = !view.frozen && rule?.role === "done";
  if (view.frozen) {
    view.lane = view.member === null ? null : freezeboxLane;
    view.role = view.member === null ? null : "freezebox";
  } else if (rule !== undefined && (view.member !== null || rule.role === "backlog")) {
    view.lane = rule.name;
    view.role = rule.role;
  }
  return view;
}
