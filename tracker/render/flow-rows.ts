import type { Flow, FlowTask, Spread } from "../core/model/flow.ts";
import { flowFigures } from "./figures/flow.ts";
import { counted, dateFormat, daysText, rangeText, shareText } from "./format.ts";

/** What a flow is of, as a heading. */
export function flowTitle({ sprint }: Flow): string {
  return sprint === null ? "Flow of all tasks" : `Flow of sprint ${sprint.number}: ${sprint.title}`;
}

/** Its span, and how much was finished in it. */
export function flowLede(flow: Flow): string {
  const day = (iso: string, back = 0) =>
    dateFormat("sv-SE", { timeZone: flow.timeZone, dateStyle: "short" }).format(
      new Date(Date.parse(iso) - back),
    );
  const soFar = flow.sprint?.running === true ? " so far" : "";
  return `${rangeText(day(flow.from), day(flow.to, 1))}: ${counted(flow.finished.length, "task")} finished${soFar}.`;
}

export interface SpreadRow {
  label: string;
  spread: Spread;
}

/** Cycle time, lead time and the time in each lane, in the order in which every output has them. */
export const spreadRows = (flow: Flow): SpreadRow[] => [
  { label: flowFigures.cycle.title, spread: flow.cycle },
  { label: flowFigures.lead.title, spread: flow.lead },
  ...flow.lanes.map((spread) => ({ label: `${spread.name} lane`, spread })),
];

/** One sentence each on efficiency and on waiting. */
export function flowSentences({ efficiency, blocked }: Flow): string[] {
  const share =
    efficiency === null
      ? "not known: no finished task was in a sprint"
      : `${shareText(efficiency)} of the working time in a sprint was spent in progress and not blocked`;
  const waits =
    blocked.tasks === 0
      ? "no finished task was marked as blocked"
      : `${counted(blocked.tasks, "finished task")} waited ${daysText(blocked.days)} days in all, ${daysText(blocked.workingDays)} of them working days`;
  return [`${flowFigures.efficiency.title}: ${share}.`, `${flowFigures.blocked.title}: ${waits}.`];
}

/** Where a task's days went: In progress 2.1, Sprint 0.5. */
export const laneText = ({ lanes }: FlowTask): string =>
  lanes.map(({ name, days }) => `${name} ${daysText(days)}`).join(", ");
