import type { LaneTime } from "../core/model/flow.ts";
import { present } from "../core/model/present.ts";
import { hundredths } from "./plain-figures.ts";
import { instantsIn, type PlainState, plainState } from "./plain-state.ts";
import type { RawHistory, RawIssue } from "./random-history.ts";

/** Milliseconds of a span, split at the midnights of UTC: all of them, and those of Monday to Friday. */
function plainTime(spans: readonly { from: number; to: number }[]) {
  const dayLength = 86_400_000;
  let [all, working] = [0, 0];
  for (const { from, to } of spans)
    for (let at = from; at < to; ) {
      const end = Math.min(to, (Math.floor(at / dayLength) + 1) * dayLength);
      const isWeekend = [0, 6].includes(new Date(at).getUTCDay());
      all += end - at;
      working += isWeekend ? 0 : end - at;
      at = end;
    }
  return { days: hundredths(all / dayLength), workingDays: hundredths(working / dayLength) };
}

/** The lane on a board of all sprints; null: none. */
function anyLane(state: PlainState): string | null {
  if (!state.isThere) return null;
  if (state.isDone) return "Done";
  if (state.sprint === null) return state.isOpen && state.dropped === null ? "Backlog" : null;
  if (state.dropped !== null) return "Freezebox";
  return state.inProgress ? "In progress" : "Sprint";
}

/** Whether it is marked at `t` as blocked by an issue that is open then. */
function isWaiting(history: RawHistory, issue: RawIssue, t: number): boolean {
  const open = new Set<number | string>();
  for (const event of issue.events) {
    if (event.at > t) break;
    if (event.kind === "blocked") open.add(event.by);
    if (event.kind === "unblocked") open.delete(event.by);
  }
  return [...open].some((by) => {
    const blocker = history.issues.find(({ number }) => number === by);
    // What nobody ever saw is open for all that is known.
    if (blocker === undefined) return true;
    const state = plainState(blocker, t);
    return state?.isThere === true && state.isOpen;
  });
}

interface Step {
  from: number;
  to: number;
  lane: string | null;
  isWaiting: boolean;
}

function stepsOf(history: RawHistory, issue: RawIssue, until: number): Step[] {
  const all = history.issues.flatMap((one) => instantsIn(one, issue.createdAt, until));
  const instants = [...new Set(all)].sort((a, b) => a - b);
  return instants.map((from, index) => ({
    from,
    to: instants[index + 1] ?? until,
    lane: anyLane(present(plainState(issue, from))),
    isWaiting: isWaiting(history, issue, from),
  }));
}

/** One issue's flow up to `until`, told from raw events second by second; null: it was not there yet. */
export function plainTask(history: RawHistory, number: number, until: number) {
  const issue = present(history.issues[number - 1]);
  if (issue.createdAt >= until) return null;
  const steps = stepsOf(history, issue, until);
  let finished: number | null = null;
  for (const step of steps.toReversed()) {
    if (step.lane !== "Done") break;
    finished = step.from;
  }
  const started = steps.find(({ lane }) => lane === "In progress")?.from ?? null;
  const end = finished ?? until;
  const lived = steps.filter(({ from }) => from < end);
  const lanes: LaneTime["name"][] = ["Backlog", "Sprint", "In progress", "Done", "Freezebox"];
  return {
    number,
    finished,
    started,
    lane: steps.at(-1)?.lane ?? null,
    lead: plainTime([{ from: issue.createdAt, to: end }]),
    cycle: started === null ? null : plainTime([{ from: started, to: end }]),
    lanes: lanes.flatMap((name) => {
      const inside = lived.filter(({ lane }) => lane === name);
      return inside.length === 0 ? [] : [{ name, ...plainTime(inside) }];
    }),
    blocked: plainTime(lived.filter((step) => step.isWaiting)),
    isBlocked: steps.at(-1)?.isWaiting ?? false,
    onBoard: lived.filter(({ lane }) => lane === "Sprint" || lane === "In progress"),
    active: lived.filter((step) => step.lane === "In progress" && !step.isWaiting),
  };
}

export type PlainTask = NonNullable<ReturnType<typeof plainTask>>;

/** Σ over finished tasks of the working time in progress and not blocked ÷ that in a sprint. */
export function plainEfficiency(tasks: readonly PlainTask[]): number | null {
  const of = (steps: readonly Step[]) => plainTime(steps).workingDays;
  const onBoard = of(tasks.flatMap((task) => task.onBoard));
  if (onBoard === 0 || tasks.every(({ cycle }) => cycle === null)) return null;
  return Math.round((of(tasks.flatMap(({ active }) => active)) / onBoard) * 1000) / 1000;
}

/** How many tasks stand in a lane at `t`; of the done ones, those that became so at `from` or later. */
export function plainCount(history: RawHistory, lane: string, t: number, from: number): number {
  return history.issues.filter((issue) => {
    const state = plainState(issue, t);
    if (state === null || anyLane(state) !== lane) return false;
    if (lane !== "Done") return true;
    const before = instantsIn(issue, issue.createdAt, t + 1).findLast(
      (at) => !present(plainState(issue, at)).isDone,
    );
    const since = instantsIn(issue, issue.createdAt, t + 1).find((at) => before === undefined || at > before);
    return present(since) >= from;
  }).length;
}

/** The p-th percentile, interpolated linearly between the two nearest ranks. */
export function plainPercentile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const [low, high] = [present(sorted[Math.floor(place)]), present(sorted[Math.ceil(place)])];
  return hundredths(low + (high - low) * (place - Math.floor(place)));
}
