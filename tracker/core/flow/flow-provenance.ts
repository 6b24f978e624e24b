import { type Provenance, worst } from "../model/provenance.ts";
import type { MeasuredTask } from "./flow-task.ts";
import type { Path } from "./stays.ts";
import type { Span } from "./work-clock.ts";

/** What the figures of a flow rest on. */
export interface FlowGround {
  /** What was finished in the span. */
  finished: readonly MeasuredTask[];
  /** What was finished in the span that ages are held against. */
  compared: readonly MeasuredTask[];
  /** What stood on a board in the span. */
  onBoard: readonly MeasuredTask[];
  /** What may have, since its history has a gap there: each as well known as that. */
  perhaps: readonly MeasuredTask[];
  /** What was finished in the span, too, but may have been in no sprint that is measured. */
  perhapsFinished: readonly MeasuredTask[];
}

/** Whether an issue stood on a sprint's board in the span, or became done in it. */
export const isOnBoardIn = ({ stays }: Path, span: Span): boolean =>
  stays.some(
    ({ role, from, to }) =>
      from < span.to &&
      span.from < to &&
      role !== null &&
      role !== "backlog" &&
      (role !== "done" || span.from <= from),
  );

/**
 * Whether it stood on a sprint's board in the span if it was in that sprint, and was there: not where it was done before
 * and all the while.
 */
export function wouldBeOnBoardIn({ stays }: Path, span: Span): boolean {
  const there = stays.filter(({ isGone, from }) => !isGone && from < span.to);
  const last = there.findLastIndex(({ from }) => from <= span.from);
  return there.slice(Math.max(last, 0)).some(({ role, from }) => role !== "done" || span.from <= from);
}

/**
 * A figure is as good as the weakest task that it rests on, or that it may have to count. What stood on no board, whoever
 * asked for it, takes nothing from it.
 */
export function flowProvenance({
  finished,
  compared,
  onBoard,
  perhaps,
  perhapsFinished,
}: FlowGround): Record<string, Provenance> {
  const of = (list: readonly MeasuredTask[]) => worst(list.map(({ task }) => task.provenance));
  const over = [...finished, ...perhapsFinished];
  const done = of(over);
  const waited = worst([done, ...over.map(({ waiting }) => waiting.provenance)]);
  const standing = worst([of(onBoard), of(perhaps)]);
  return {
    lead: done,
    cycle: done,
    lanes: done,
    efficiency: waited,
    blocked: waited,
    weeks: done,
    ageing: worst([standing, of(compared)]),
    cumulative: standing,
  };
}
