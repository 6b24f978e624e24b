import {
  briefAmount,
  capital,
  daysText,
  definitionIn,
  doubtfulIn,
  type FigureKey,
  type FigureRow,
  figures,
  isFigureKey,
  numberText,
  shareText,
  toldIn,
  unitIn,
  unitMark,
} from "sprintcast/render";
import type { Provenance, Report } from "sprintcast/report";
import { forReaders, isOver, issueNameOf, type Unit, unitOf } from "sprintcast/report";

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
const onPage: ReadonlySet<FigureKey> = new Set<FigureKey>(["committed", "completed"]);

/** How many rows stand below a figure itself; all of them have a page of their own. */
export const fewRows = 12;

/** The tasks of a share stand once on a page: under the figures that it is made of. */
export const partText = ({ key, numbers }: FigurePart): string =>
  onPage.has(key)
    ? `For the ${figures[key].label} tasks, open “${figures[key].label}”.`
    : `${capital(figures[key].label)}: ${numbers.join(", ") || "none"}.`;

const doubts: Record<Provenance, string | null> = {
  replayed: null,
  observed: "Seen during a sync, not replayed from an event.",
  inferred: "Inferred, for example from a rename or deletion; not seen in an event.",
  unknown: "The history does not show it.",
};

/** The warning about a figure that is not replayed from events; null where none is needed. */
export function doubtOf(provenance: Provenance | undefined): string | null {
  return provenance ? doubts[provenance] : null;
}

/** A figure of a report as the pages show it. */
export function figureOf(report: Report, key: FigureKey): ShownFigure {
  const figure = figures[key];
  const value = figure.value(report);
  return {
    key,
    label: figure.label,
    text: numberText(figure, value),
    value,
    unit: unitOfValue(unitIn(figure, report), value),
    definition: definitionIn(figure, report),
    doubt: doubtOf(report.provenance[key]),
    rows: figure.rows(report),
    parts: (figure.rowsOf ?? []).filter(isFigureKey).map((part) => ({
      key: part,
      numbers: figures[part].rows(report).flatMap((row) => (row.number === null ? [] : [issueNameOf(row)])),
    })),
  };
}

/** Counts of debts have no unit, since the heading above them says what they are. */
function unitOfValue(unit: ReturnType<typeof unitIn>, value: number | null): string {
  if (unit === "share" || unit === "debts" || value === null) return "";
  return unit === "calendar days" ? unit : unitMark(unit, value);
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

export function sumOf(report: Report): Sum {
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
      { sign: "", figure: figureOf(report, "committed") },
      { sign: "+", figure: figureOf(report, "added") },
      ...(unit !== "tasks" ? [changeTerm(figureOf(report, "reestimated"))] : []),
      { sign: "−", figure: figureOf(report, "removed") },
      { sign: "=", figure: figureOf(report, "final") },
    ],
    bars: [
      { label: "at the start", segments: layOut(partsAtStart(report), full) },
      { label: isOver(report) ? "at the end" : "so far", segments: layOut(partsAtEnd(report), full) },
    ],
  };
}

/** A change that brings its own sign: the sum has one already. */
const changeTerm = (figure: ShownFigure) => ({
  sign: (figure.value ?? 0) < 0 ? "−" : "+",
  figure: { ...figure, text: figure.text.replace(/^[+−]/, "") },
});

function partsAtStart(report: Report): Parameters<typeof layOut>[0] {
  const { effort } = forReaders(report);
  const kept = Math.max(0, effort.committed - effort.removed);
  return [
    { key: "committed", label: "still in scope", days: kept },
    { key: "removed", label: `${figures.removed.label} later`, days: effort.committed - kept },
  ];
}

function partsAtEnd(report: Report): Parameters<typeof layOut>[0] {
  const { effort } = forReaders(report);
  return [
    { key: "completed", label: figures.completed.label, days: effort.completed },
    { key: "open", label: figures.notCompleted.label, days: effort.notCompleted },
    { key: "dropped", label: figures.frozen.label, days: effort.frozen },
  ];
}

/** How many figures of a report are fully replayed, and the labels of those that are not. */
export function trustOf(report: Report): { sure: number; all: number; doubted: string[] } {
  const all = toldIn(report).length;
  const doubted = doubtfulIn(report).map(({ label }) => label);
  return { sure: all - doubted.length, all, doubted };
}

/**
 * What was done and what was committed as two amounts, since the one is no part of the other: 6 tasks done · 12
 * committed, 2 of them done.
 */
export function outcomeText(report: Report): string {
  const { committed, completed, completedInitial } = forReaders(report).effort;
  const unit = unitOf(report);
  const ofThem = unit === "tasks" ? "of them" : "of it";
  return (
    `${briefAmount(completed, unit)} done · ${daysText(committed)} committed` +
    (committed > 0 ? `, ${daysText(completedInitial)} ${ofThem} done` : "")
  );
}

/** One sentence for link previews and search results. */
export function describeSprint(report: Report): string {
  const { effort, sprint } = forReaders(report);
  const { committed, completed, sayDo } = figures;
  const goal = sprint.goal ? `Goal: ${sprint.goal.replace(/\.$/, "")}. ` : "";
  return (
    `${goal}${capital(committed.label)} ${daysText(effort.committed)} ${unitOf(report)}, ` +
    `${completed.label} ${daysText(effort.completed)}, ${sayDo.label} ${shareText(effort.sayDo)}.`
  );
}
