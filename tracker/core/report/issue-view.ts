import { fieldKey } from "../history/fold-fields.ts";
import { stateReasons } from "../model/event.ts";
import type { Interval, IssueTimeline } from "../model/interval.ts";
import { ownNumber } from "../model/issue-reference.ts";
import { present } from "../model/present.ts";
import { type Provenance, worst } from "../model/provenance.ts";
import type { LaneRule, Rules } from "../model/rules.ts";
import { type Estimate, fieldSizeReader, newerSize, type SizeReader, sizeReader } from "./estimate.ts";
import { type IntervalTest, labelTest, type Named, nameless, typeTest } from "./label-test.ts";
import { type MarkTest, mayPlace, type Perhaps } from "./membership.ts";

export const freezeboxLane = "Freezebox";

/** One issue as a sprint's board shows it at an instant. */
export interface IssueView {
  timeline: IssueTimeline;
  title: string;
  state: "open" | "closed";
  reason: string | null;
  member: Interval | null;
  /** The interval of being closed; null while open. */
  closed: Interval | null;
  /**
   * Dropped: closed as not planned or as a duplicate, converted to a discussion, or carrying the freezebox label; of a
   * pull request: closed and not merged.
   */
  frozen: boolean;
  /** The freezebox label that froze it; null where it was closed as dropped, or is not frozen. */
  freezeLabel: Interval | null;
  /** The interval of being a discussion; null: it is none. */
  converted: Interval | null;
  /** The interval of being transferred or deleted; null: it is there. What is gone is in no sprint and no lane. */
  gone: Interval | null;
  /** In the done lane and not frozen. */
  done: boolean;
  /** Name of the lane, or null: not on this board. */
  lane: string | null;
  role: LaneRule["role"] | "freezebox" | null;
  size: Estimate | null;
  /** The issue's type; null: none, or a GitHub without types. */
  type: Interval | null;
  labels: string[];
  assignees: string[];
  /** How well all of it is known that rules ask for. */
  provenance: Provenance;
  /** The same of being in the sprint, and of being done or dropped. */
  membershipKnown: Provenance;
  settledKnown: Provenance;
}

/** Everything that looking at a board needs, made once per sprint. */
export interface BoardRules {
  rules: Rules;
  isMember: MarkTest;
  /** Whether an interval may mean membership all the same; null: none may. */
  isPerhaps: Perhaps;
  /** Whether an issue or pull request is of the kind that the team counts. */
  counts(timeline: Pick<IssueTimeline, "number" | "pullRequest">): boolean;
  readSize: SizeReader;
  isDebt: IntervalTest;
  isFreezebox: IntervalTest;
  lanes: readonly { rule: LaneRule; hasLabel: IntervalTest | null; isOfType: IntervalTest | null }[];
  /** Whether what a view says rests on an interval (or a doubt) like this one. */
  matters: IntervalTest;
  /** `viewAt` that remembers: for the few instants that many figures ask about. */
  view(timeline: IssueTimeline, t: number): IssueView | null;
}

/** Whether an issue or pull request counts as a task. */
export const isTask =
  ({ count = "issues", foreign }: Pick<Rules, "count" | "foreign">) =>
  ({ number, pullRequest }: Pick<IssueTimeline, "number" | "pullRequest">): boolean =>
    (count === "both" || pullRequest === (count === "pulls")) && foreign?.has(number) !== true;

export function compileRules(rules: Rules, isMember: MarkTest, isPerhaps: Perhaps = null): BoardRules {
  const { estimate } = rules;
  const readSize =
    estimate === undefined ? sizeReader(rules.sizePrefix, rules) : fieldSizeReader(estimate, rules);
  const isFreezebox = labelTest(rules.labels.freezebox);
  const lanes = rules.lanes.map((rule) => ({
    rule,
    hasLabel: rule.when.labels === undefined ? null : labelTest(rule.when.labels),
    isOfType: rule.when.type === undefined ? null : typeTest(rule.when.type),
  }));
  const asksAssignees = rules.lanes.some((rule) => rule.when.assigned !== undefined);
  const asksType = rules.lanes.some((rule) => rule.when.type !== undefined);
  const isDebtLabel = labelTest(rules.labels.debt);
  const isDebtType = typeTest(rules.types?.debt ?? []);
  const asksStatus = rules.lanes.some((rule) => rule.when.status !== undefined);
  const matters: IntervalTest = (i) => {
    if (i.attribute === "label")
      return (
        readSize(i) !== null || isFreezebox(i) || isMember(i) || lanes.some(({ hasLabel }) => hasLabel?.(i))
      );
    if (i.attribute === "status") return asksStatus || isMember(i);
    if (i.attribute === "iteration") return isMember(i);
    if (i.attribute === "field")
      return estimate !== undefined && i.key === fieldKey(estimate.from, estimate.name);
    if (i.attribute === "type") return asksType;
    if (i.attribute === "blockedBy") return false;
    return i.attribute !== "title" && (asksAssignees || i.attribute !== "assignee");
  };
  const seen = new Map<number, Map<IssueTimeline, IssueView | null>>();
  const boardRules: BoardRules = {
    rules,
    isMember,
    isPerhaps,
    counts: isTask(rules),
    readSize,
    isDebt: (i) => isDebtLabel(i) || isDebtType(i),
    isFreezebox,
    lanes,
    matters,
    view(timeline, t) {
      const views = seen.get(t) ?? new Map<IssueTimeline, IssueView | null>();
      if (views.size === 0) seen.set(t, views);
      let view = views.get(timeline);
      if (view === undefined) {
        view = viewAt(timeline, t, boardRules);
        views.set(timeline, view);
      }
      return view;
    },
  };
  return boardRules;
}

function holds(
  { rule, hasLabel, isOfType }: BoardRules["lanes"][number],
  view: IssueView,
  labels: readonly Interval[],
  statuses: readonly string[],
): boolean {
  const { when } = rule;
  if (when.state !== undefined && when.state !== view.state) return false;
  if (when.member !== undefined && when.member !== (view.member !== null)) return false;
  if (when.assigned !== undefined && when.assigned !== view.assignees.length > 0) return false;
  if (when.status !== undefined && !statuses.some((status) => present(when.status).includes(status)))
    return false;
  if (isOfType !== null && (view.type === null || !isOfType(view.type))) return false;
  return hasLabel === null || labels.some(hasLabel);
}

/** The issue at `t` through the sprint's rules; null before it was created. */
export function viewAt(timeline: IssueTimeline, t: number, boardRules: BoardRules): IssueView | null {
  if (t < timeline.createdAt) return null;
  const view: IssueView = {
    timeline,
    title: timeline.title,
    state: "open",
    reason: null,
    member: null,
    closed: null,
    frozen: false,
    freezeLabel: null,
    converted: null,
    gone: null,
    done: false,
    lane: null,
    role: null,
    size: null,
    type: null,
    labels: [],
    assignees: [],
    provenance: "replayed",
    membershipKnown: "replayed",
    settledKnown: "replayed",
  };
  const labels: Interval[] = [];
  const weak: Interval[] = [];
  const statuses: string[] = [];
  let isMerged = false;
  for (const i of timeline.intervals) {
    if (i.from > t || t >= i.to) continue;
    if (i.attribute === "state") view.closed = i.value === "closed" ? i : null;
    else if (i.attribute === "stateReason") view.reason = i.value;
    else if (i.attribute === "title") view.title = i.value;
    else if (i.attribute === "label") {
      labels.push(i);
      view.size = newerSize(view.size, i, boardRules.readSize);
    } else if (i.attribute === "assignee") view.assignees.push(i.value);
    else if (i.attribute === "discussion") view.converted = i;
    else if (i.attribute === "gone") view.gone = i;
    else if (i.attribute === "merged") isMerged = true;
    else if (i.attribute === "status") statuses.push(i.value);
    else if (i.attribute === "type") view.type = i;
    else if (i.attribute === "field") view.size = newerSize(view.size, i, boardRules.readSize);
    if (boardRules.isMember(i)) view.member = i;
    if (i.provenance !== "replayed") weak.push(i);
  }
  view.state = view.closed === null ? "open" : "closed";
  view.labels = labels.map((i) => i.value).sort();
  if (view.closed === null) view.converted = null;
  const dropped =
    view.converted !== null ||
    isUnmerged(view, isMerged) ||
    (view.closed !== null && (view.reason === "not_planned" || view.reason === "duplicate"));
  const freezeLabel = labels.find(boardRules.isFreezebox) ?? null;
  view.frozen = dropped || freezeLabel !== null;
  view.freezeLabel = dropped ? null : freezeLabel;
  if (weak.length > 0 || timeline.doubts !== undefined)
    Object.assign(view, certaintyAt(view, t, weak, boardRules));
  if (isReasonUnknown(view)) {
    view.provenance = worst([view.provenance, "inferred"]);
    view.settledKnown = worst([view.settledKnown, "inferred"]);
  }
  if (view.gone !== null) return { ...view, member: null, frozen: false, freezeLabel: null };
  putInLane(view, labels, statuses, boardRules);
  return view;
}

/** Gives the view the lane that its state asks for, and says whether that is being done. */
function putInLane(
  view: IssueView,
  labels: readonly Interval[],
  statuses: readonly string[],
  boardRules: BoardRules,
): void {
  let furthest: LaneRule | undefined;
  let backlog: LaneRule | undefined;
  for (const lane of boardRules.lanes) {
    if (!holds(lane, view, labels, statuses)) continue;
    furthest = lane.rule;
    if (lane.rule.role === "backlog") backlog = lane.rule;
  }
  view.done = !view.frozen && furthest?.role === "done";
  // A rule that does not ask for membership must not draw the whole repository onto the board.
  const rule = view.member !== null ? furthest : view.done ? undefined : backlog;
  if (!view.frozen) {
    view.lane = rule?.name ?? null;
    view.role = rule?.role ?? null;
  } else if (view.member !== null) {
    view.lane = freezeboxLane;
    view.role = "freezebox";
  }
}

/** Closed for a reason that GitHub has added since: that it counts as done is a guess. */
const isReasonUnknown = ({ closed, reason }: IssueView): boolean =>
  closed !== null && reason !== null && !stateReasons.includes(reason);

/** Where no event tells of the closing, none can tell of the merge either. */
const isUnmerged = ({ timeline, closed }: IssueView, isMerged: boolean): boolean =>
  timeline.pullRequest && closed !== null && closed.startEvent !== null && !isMerged;

/** Attributes of which rules ask as a whole, if at all. */
const ofOneValue: ReadonlySet<Interval["attribute"]> = new Set(["title", "type", "blockedBy"]);

type Certainty = Pick<IssueView, "provenance" | "membershipKnown" | "settledKnown">;

/**
 * The worst of what a view rests on, of all of it and of its two questions: whether the issue is in the sprint, and
 * whether it is settled. Labels that no rule asks for, and who is assigned where none asks, weaken nothing. `weak`: the
 * intervals in force at `t` that are not replayed.
 */
function certaintyAt(
  view: IssueView,
  t: number,
  weak: readonly Interval[],
  boardRules: BoardRules,
): Certainty {
  const sources: { named: Named; provenance: Provenance }[] = [];
  for (const i of weak) {
    // A reason seen at a sync is as good as the closing event; one that was guessed is not.
    if (i.attribute === "stateReason" && (view.closed === null || i.provenance === "observed")) continue;
    if (boardRules.matters(i)) sources.push({ named: i, provenance: i.provenance });
  }
  for (const { attribute, from, to, provenance, about } of view.timeline.doubts ?? []) {
    if (t < from || t >= to || (attribute === "stateReason" && view.closed === null)) continue;
    // A parent in a repository that is none of the team's changes no figure.
    if (attribute === "parent" && about !== undefined && ownNumber(about.key) === null) continue;
    const named = { attribute, ...(about ?? nameless) };
    const isAsked = about !== undefined || ofOneValue.has(attribute);
    if (!isAsked || boardRules.matters(named)) sources.push({ named, provenance });
  }
  const of = (test: (named: Named) => boolean) =>
    worst(sources.flatMap(({ named, provenance }) => (test(named) ? [provenance] : [])));
  return {
    provenance: of(() => true),
    membershipKnown: of((named) => placesInSprint(named, boardRules)),
    settledKnown: of((named) => !isOfSize(named, boardRules) && !boardRules.isMember(named)),
  };
}

const placesInSprint = (named: Named, { isMember }: BoardRules): boolean =>
  named.attribute === "milestone" || named.attribute === "gone" || mayPlace(named, isMember);

/** Whether it decides what an issue counts, and not whether it does. A parent counts by its sub-issues. */
const isOfSize = (named: Named, { readSize }: BoardRules): boolean =>
  named.attribute === "milestone" || named.attribute === "parent" || readSize(named) !== null;

/** Why dropped work was dropped, and since when; null where it was not. */
export function droppedWhy(view: IssueView | null): { reason: string; since: Interval | null } | null {
  if (view === null || !view.frozen) return null;
  if (view.converted !== null) return { reason: "converted to a discussion", since: view.converted };
  if (view.freezeLabel !== null) return { reason: "put into the freezebox", since: view.freezeLabel };
  if (view.timeline.pullRequest) return { reason: "closed without a merge", since: view.closed };
  const reason = view.reason === "duplicate" ? "duplicate" : "closed as not planned";
  return { reason, since: view.closed };
}
