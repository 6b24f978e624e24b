import {
  briefAmount,
  capital,
  daysText,
  definitionIn,
  doubtfulIn,
  type FigureKey,
  type FigureRow,
  figuresIn,
  isFigureKey,
  numberText,
  shareText,
  toldIn,
  unitIn,
  unitMark,
} from "sprintcast/render";
import type { Provenance, Report } from "sprintcast/report";
import { forReaders, isOver, issueNameOf, type Unit, unitOf } from "sprintcast/report";
import type { Words } from "sprintcast/words";

/** A figure ready to print: its words, its value, how certain it is, and what it rests on. */
export interface ShownFigure {
  key: FigureKey;
  label: string;
  text: string;
  /** In the figure's own unit; null: unknown. */
  value: number | null;
  /** Follows the text: d, tasks; empty for a share, whose text ends in %. */
  unit: string;
  definition: string;
  /** A warning; null where the figure is replayed from events. */
  doubt: string | null;
  rows: FigureRow[];
  /** The figures whose rows these are, with the issues of each; empty: the rows are its own. */
  parts: FigurePart[];
}

export interface FigurePart {
  key: FigureKey;
  /** As issues are named: #12. */
  numbers: string[];
}

/** The figures whose rows stand wherever a sum does. */
const isOnPage = (key: FigureKey): key is "committed" | "completed" =>
  key === "committed" || key === "completed";

/** How many rows stand below a figure itself; all of them have a page of their own. */
export const fewRows = 12;

/** The tasks of a share stand once on a page: under the figures that it is made of. */
export function partText({ key, numbers }: FigurePart, words: Words): string {
  const { forTasks, none, part } = words.texts.sprint.effort;
  if (isOnPage(key)) return forTasks[key];
  const figure = capital(figuresIn(words)[key].label);
  return words.say(part, { figure, issues: numbers.length === 0 ? none : words.list(numbers) });
}

/** The warning about a figure that is not replayed from events; null where none is needed. */
export function doubtOf(provenance: Provenance | undefined, { texts }: Words): string | null {
  return provenance === undefined || provenance === "replayed" ? null : texts.amounts.doubts[provenance];
}

/** A figure of a report as the pages show it. */
export function figureOf(report: Report, key: FigureKey, words: Words): ShownFigure {
  const figures = figuresIn(words);
  const figure = figures[key];
  const value = figure.value(report);
  return {
    key,
    label: figure.label,
    text: numberText(figure, value, words),
    value,
    unit: unitOfValue(unitIn(figure, report), value, words),
    definition: definitionIn(figure, report),
    doubt: doubtOf(report.provenance[key], words),
    rows: figure.rows(report),
    parts: (figure.rowsOf ?? []).filter(isFigureKey).map((part) => ({
      key: part,
      numbers: figures[part].rows(report).flatMap((row) => (row.number === null ? [] : [issueNameOf(row)])),
    })),
  };
}

/** Counts of debts have no unit, since the heading above them says what they are. */
function unitOfValue(unit: ReturnType<typeof unitIn>, value: number | null, words: Words): string {
  if (unit === "share" || unit === "debts" || value === null) return "";
  return unit === "calendar days" ? words.texts.amounts.marks.calendarDays : unitMark(unit, value, words);
}

/** A segment of a horizontal bar, in per cent of the bar's full length. */
export interface Segment {
  key: string;
  label: string;
  days: number;
  x: number;
  width: number;
}

/** Lays segments end to end on a bar that is `full` days long; empty ones are left out. */
export function layOut(parts: { key: string; label: string; days: number }[], full: number): Segment[] {
  let x = 0;
  const segments: Segment[] = [];
  for (const part of parts) {
    if (part.days <= 0 || full <= 0) continue;
    const width = (part.days / full) * 100;
    segments.push({ ...part, x, width });
    x += width;
  }
  return segments;
}

/**
 * The sprint's sum as a drawing: the scope at the start and at the end as two bars of one scale, with the capacity
 * (man-days) as a mark across them.
 */
export interface Sum {
  terms: { sign: string; figure: ShownFigure }[];
  bars: { label: string; segments: Segment[] }[];
  full: number;
  unit: Unit;
  /** Per cent of the scale; null: the team gave no capacity, or sizes are no days. */
  capacity: number | null;
}

export function sumOf(report: Report, words: Words): Sum {
  const { effort: texts } = words.texts.sprint;
  const figure = (key: FigureKey) => figureOf(report, key, words);
  const { effort, sprint } = forReaders(report);
  const unit = unitOf(report);
  const full = Math.max(
    effort.committed,
    effort.final,
    effort.committed + effort.added + Math.max(0, effort.reestimated),
    sprint.capacityDays ?? 0,
    0.01,
  );
  return {
    full,
    unit,
    capacity: sprint.capacityDays === null ? null : (sprint.capacityDays / full) * 100,
    terms: [
      { sign: "", figure: figure("committed") },
      { sign: "+", figure: figure("added") },
      ...(unit === "tasks" ? [] : [changeTerm(figure("reestimated"))]),
      { sign: "−", figure: figure("removed") },
      { sign: "=", figure: figure("final") },
    ],
    bars: [
      { label: texts.atStart, segments: layOut(partsAtStart(report, words), full) },
      {
        label: isOver(report) ? texts.atEnd : texts.soFar,
        segments: layOut(partsAtEnd(report, words), full),
      },
    ],
  };
}

/** A change that brings its own sign, in some languages between marks of direction: the sum has one already. */
const changeTerm = (figure: ShownFigure) => ({
  sign: (figure.value ?? 0) < 0 ? "−" : "+",
  figure: { ...figure, text: figure.text.replace(/^\p{Cf}*[+−-]\p{Cf}*/u, "") },
});

function partsAtStart(report: Report, { texts }: Words): Parameters<typeof layOut>[0] {
  const { effort } = forReaders(report);
  const kept = Math.max(0, effort.committed - effort.removed);
  return [
    { key: "committed", label: texts.sprint.effort.stillInScope, days: kept },
    { key: "removed", label: texts.sprint.effort.removedLater, days: effort.committed - kept },
  ];
}

function partsAtEnd(report: Report, words: Words): Parameters<typeof layOut>[0] {
  const figures = figuresIn(words);
  const { effort } = forReaders(report);
  return [
    { key: "completed", label: figures.completed.label, days: effort.completed },
    { key: "open", label: figures.notCompleted.label, days: effort.notCompleted },
    { key: "dropped", label: figures.frozen.label, days: effort.frozen },
  ];
}

/** How many figures of a report are fully replayed, and the labels of those that are not. */
export function trustOf(report: Report, words: Words): { sure: number; all: number; doubted: string[] } {
  const all = toldIn(report).length;
  const doubted = doubtfulIn(report, words).map(({ label }) => label);
  return { sure: all - doubted.length, all, doubted };
}

/**
 * What was done and what was committed as two amounts, since the one is no part of the other: 6 tasks done · 12
 * committed, 2 of them done.
 */
export function outcomeText(report: Report, words: Words): string {
  const { outcome, outcomeInDays, outcomeInTasks } = words.texts.sprint.effort;
  const { committed, completed, completedInitial } = forReaders(report).effort;
  const unit = unitOf(report);
  const amounts = { done: briefAmount(completed, unit, words), committed: daysText(committed, words) };
  if (committed === 0) return words.say(outcome, amounts);
  const ofThem = daysText(completedInitial, words);
  return words.say(unit === "tasks" ? outcomeInTasks : outcomeInDays, { ...amounts, ofThem });
}

/** One sentence for link previews and search results. */
export function describeSprint(report: Report, words: Words): string {
  const { effort, sprint } = forReaders(report);
  const { goal, inDays, inPoints, inTasks } = words.texts.sprint.describe;
  const told = words.say({ days: inDays, points: inPoints, tasks: inTasks }[unitOf(report)], {
    committed: daysText(effort.committed, words),
    completed: daysText(effort.completed, words),
    share: shareText(effort.sayDo, words),
  });
  return sprint.goal ? words.say(goal, { goal: sprint.goal.replace(/\.$/, "") }) + told : told;
}
