import { daysText, type FigureKey, figuresIn, isFigureKey, numberText, shortOf } from "sprintcast/render";
import type { Restatement } from "sprintcast/report";
import type { Words } from "sprintcast/words";

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

export function changeOfFigure(
  { figure: path, frozen, now }: Restatement["changes"][number],
  words: Words,
): ChangeOfFigure {
  const figures = figuresIn(words);
  const days = { before: daysText(frozen, words), now: daysText(now, words) };
  if (path === "goalMet")
    return {
      label: words.texts.sprint.restated.goal,
      before: verdictOf(frozen, words),
      now: verdictOf(now, words),
    };
  const [room, group, ...rest] = path.split(".");
  const last = rest.at(-1);
  if (room === "effort" && group !== undefined && last !== undefined)
    return { label: partLabel(group, last, words), ...days };
  const key = keys[path] ?? group ?? path;
  if (!isFigureKey(key)) return { label: spaced(path.replaceAll(".", " ")), ...days };
  const figure = figures[key];
  return {
    label: figure.label,
    before: numberText(figure, frozen, words),
    now: numberText(figure, now, words),
  };
}

function verdictOf(goalMet: number | null, { texts }: Words): string {
  const { goalMet: met, goalMissed, goalOpen } = texts.sprint.restated;
  if (goalMet === null) return goalOpen;
  return goalMet ? met : goalMissed;
}

/** effort.counts.committed: tasks committed. effort.unestimated.final: without an estimate, final. */
function partLabel(group: string, key: string, words: Words): string {
  const { tasks, unestimated } = words.texts.sprint.restated;
  const figure = isFigureKey(key) ? shortOf(figuresIn(words)[key]) : spaced(key);
  if (group === "counts") return words.say(tasks, { figure });
  return group === "unestimated" ? words.say(unestimated, { figure }) : `${spaced(group)} ${figure}`;
}

/** completedInitial: completed initial. */
const spaced = (key: string) => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
