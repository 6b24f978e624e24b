import { daysText, type FigureKey, figures, isFigureKey, numberText, shortOf } from "sprintcast/render";
import type { Restatement } from "sprintcast/report";

/** A restated figure in words: what it is called, its frozen text, and what history says now. */
export interface ChangeOfFigure {
  label: string;
  before: string;
  now: string;
}

/** Where a restatement's path in the report is not the figure's key. */
const keys: Record<string, FigureKey> = {
  "debt.opened": "debtOpened",
  "debt.paid": "debtPaid",
  "debt.open": "debtOpen",
  "debt.net": "debtNet",
};

export function changeOfFigure({
  figure: path,
  frozen,
  now,
}: Restatement["changes"][number]): ChangeOfFigure {
  if (path === "goalMet") return { label: "goal", before: verdictOf(frozen), now: verdictOf(now) };
  const [room, group, ...rest] = path.split(".");
  const last = rest.at(-1);
  if (room === "effort" && group !== undefined && last !== undefined)
    return { label: partLabel(group, last), before: daysText(frozen), now: daysText(now) };
  const key = keys[path] ?? group ?? path;
  if (!isFigureKey(key))
    return { label: spaced(path.replaceAll(".", " ")), before: daysText(frozen), now: daysText(now) };
  const figure = figures[key];
  return { label: figure.label, before: numberText(figure, frozen), now: numberText(figure, now) };
}

const verdictOf = (goalMet: number | null): string =>
  goalMet === null ? "open" : goalMet ? "met" : "missed";

/** effort.counts.committed: tasks committed. effort.unestimated.final: without an estimate, final. */
function partLabel(group: string, key: string): string {
  const label = isFigureKey(key) ? shortOf(figures[key]) : spaced(key);
  if (group === "counts") return `tasks ${label}`;
  return group === "unestimated" ? `${figures.unestimated.label}, ${label}` : `${spaced(group)} ${label}`;
}

/** completedInitial: completed initial. */
const spaced = (key: string) => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
