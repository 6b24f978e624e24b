import type { Flow, FlowTask, Spread } from "../core/model/flow.ts";
import { english, type Words } from "../words/words.ts";
import { countOf, dateFormat, daysText, rangeText, shareText, sprintInWords } from "./format.ts";

/** What a flow is of, as a heading. */
export function flowTitle({ sprint, team }: Flow): string {
  if (sprint !== null) return `Flow of ${sprintInWords({ ...sprint, team })}`;
  return team === undefined ? "Flow of all tasks" : `Flow of all tasks of ${team}`;
}

/** Its span, and how much was finished in it. */
export function flowLede(flow: Flow, words: Words = english): string {
  const day = (iso: string, back = 0) =>
    dateFormat("sv-SE", { timeZone: flow.timeZone, dateStyle: "short" }).format(
      new Date(Date.parse(iso) - back),
    );
  const { lede, ledeSoFar } = words.texts.flow;
  return words.say(flow.sprint?.running === true ? ledeSoFar : lede, {
    range: rangeText(day(flow.from), day(flow.to, 1), words),
    n: flow.finished.length,
  });
}

export interface SpreadRow {
  label: string;
  spread: Spread;
}

/** Cycle time, lead time and the time in each lane, in the order in which every output has them. */
export const spreadRows = (flow: Flow, words: Words = english): SpreadRow[] => {
  const { flowFigures, flow: texts } = words.texts;
  return [
    { label: flowFigures.cycle.title, spread: flow.cycle },
    { label: flowFigures.lead.title, spread: flow.lead },
    ...flow.lanes.map((spread) => ({ label: words.say(texts.laneRow, { lane: spread.name }), spread })),
  ];
};

/** One sentence each on efficiency and on waiting. */
export function flowSentences({ efficiency, blocked }: Flow, words: Words = english): string[] {
  const texts = words.texts.flow;
  const waited = {
    n: blocked.tasks,
    time: countOf(blocked.days, "day", words),
    workingTime: countOf(blocked.workingDays, "workingDay", words),
    days: daysText(blocked.days, words),
    workingDays: daysText(blocked.workingDays, words),
  };
  return [
    efficiency === null
      ? texts.efficiency.none
      : words.say(texts.efficiency.known, { share: shareText(efficiency, words) }),
    blocked.tasks === 0 ? texts.waits.none : words.say(texts.waits.known, waited),
  ];
}

/** Where a task's days went: In progress 2.1, Sprint 0.5. */
export const laneText = ({ lanes }: FlowTask): string =>
  lanes.map(({ name, days }) => `${name} ${daysText(days)}`).join(", ");
