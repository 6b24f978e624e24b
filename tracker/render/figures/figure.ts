import type { ExplanationRow, Report } from "../../core/model/report.ts";
import type { SizeUnit } from "../../core/model/rules.ts";
import { isOver } from "../../core/report/is-over.ts";
import { sizeUnitOf, type Unit, unitOf } from "../../core/report/unit.ts";
import { fill } from "../../words/text.ts";
import { english, type Words } from "../../words/words.ts";
import { daysText, shareText, signedText, unknown } from "../format.ts";

/** What a figure rests on. `number` null: not an issue but a promise. */
export type FigureRow = Omit<ExplanationRow, "number"> & { number: number | null };

/** All that is said about a figure in any output. Its key is that of the report's JSON. */
export interface Figure {
  /** Beside its value. */
  label: string;
  /** As a row of a table or a heading, with its capital, where the label says too little for one. */
  title?: string;
  /** The title in a report of a sprint that is not over. */
  titleSoFar?: string;
  /** Where a heading above it says the rest. */
  short?: string;
  /** What `explain` calls it where that is not its key. */
  name?: string;
  /**
   * "work": what sizes count, or tasks in a report in which no task has an estimate. "sizes": what sizes count. "days":
   * man-days. "calendar days": of 24 hours, by the clock.
   */
  unit: "work" | "sizes" | "days" | "share" | "tasks" | "debts" | "calendar days";
  /** A change, shown with its sign. */
  isSigned?: boolean;
  /** Its rows are in days whatever sizes count, and it is not. */
  hasDaysInRows?: boolean;
  /** Needs sizes and days at once: why it says less, or nothing, where sizes are points. */
  withPoints?: string;
  /** Says nothing where no task has an estimate. */
  needsEstimates?: boolean;
  /** One sentence. */
  definition: string;
  /** The same sentence for a report in tasks. */
  definitionInTasks?: string;
  /** The same sentence for a report of a sprint that is not over. */
  definitionSoFar?: string;
  /** Further sentences, for the documentation. */
  more?: string;
  /** Null is unknown. Amounts of work in the unit of the report. */
  value(report: Report): number | null;
  rows(report: Report): FigureRow[];
  /** The figures whose rows these are, in their order. */
  rowsOf?: readonly string[];
}

type ShownUnit = Unit | "share" | "debts" | "calendar days";

const nouns = {
  days: "manDay",
  points: "point",
  tasks: "task",
  debts: "debt",
  "calendar days": "calendarDay",
} as const;

/** The unit in which a report tells this figure. */
export function unitIn({ unit }: Figure, report: Report): ShownUnit {
  if (unit === "sizes") return sizeUnitOf(report);
  return unit === "work" ? unitOf(report) : unit;
}

/** What the amounts in its rows count. */
export const rowUnitIn = ({ unit, hasDaysInRows }: Figure, report: Report): SizeUnit =>
  hasDaysInRows || unit === "days" || unit === "calendar days" ? "days" : sizeUnitOf(report);

/** Whether it can stand in a table whose heading is the report's unit: days mean nothing beside points or tasks. */
export function isInUnit(figure: Figure, report: Report): boolean {
  const unit = unitOf(report);
  if (unit === "tasks" && figure.needsEstimates) return false;
  return unit === "days" || figure.unit !== "days";
}

/** A value of this figure as text, without its unit. */
export function numberText(
  { unit, isSigned }: Pick<Figure, "unit" | "isSigned">,
  value: number | null,
  words: Words = english,
): string {
  if (unit === "share") return shareText(value, words);
  return isSigned ? signedText(value, words) : daysText(value, words);
}

/** The figure in this report with its unit: 7.2 man-days, 31 tasks, 83%. */
export function valueText(figure: Figure, report: Report, words: Words = english): string {
  const value = figure.value(report);
  const unit = unitIn(figure, report);
  if (value === null) return unknown;
  const text = numberText(figure, value, words);
  return unit === "share"
    ? text
    : fill(words.form(words.texts.amounts.nouns[nouns[unit]], value), () => text);
}

/** What the figure is, in the words of the report's unit. */
export function definitionIn(figure: Figure, report: Report): string {
  const { definition, definitionInTasks, definitionSoFar, withPoints } = figure;
  if (definitionSoFar !== undefined && !isOver(report)) return definitionSoFar;
  if (unitOf(report) === "tasks") return definitionInTasks ?? definition;
  return report.unit === "points" && withPoints !== undefined
    ? `${definition} ${capital(withPoints)}`
    : definition;
}

/** A label as a heading begins: Say/do, Really spent. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The figure as a row of a table or a heading. */
export const titleOf = ({ label, title }: Figure): string => title ?? capital(label);

/** The same in the words of a report: of a sprint that still runs, nothing is carried over yet. */
export const titleIn = (figure: Figure, report: Report): string =>
  isOver(report) ? titleOf(figure) : (figure.titleSoFar ?? titleOf(figure));

/** The label in what a sprint counts so far. */
export const labelIn = ({ label, titleSoFar }: Figure, isRunning: boolean): string =>
  isRunning && titleSoFar !== undefined ? titleSoFar.toLowerCase() : label;

/** The figure under a heading that says the rest. */
export const shortOf = ({ label, short }: Figure): string => short ?? label;

/** Rows of the report's own explanations. */
export const explained =
  (...keys: string[]) =>
  (report: Report): FigureRow[] =>
    keys.flatMap((key) => report.explanations[key] ?? []);
