import type { Provenance } from "../../core/model/provenance.ts";
import type { Report } from "../../core/model/report.ts";
import { unitOf } from "../../core/report/unit.ts";
import { english, type Words } from "../../words/words.ts";
import { debtFigures } from "./debt.ts";
import { effortFigures } from "./effort.ts";
import { capital, type Figure, valueText } from "./figure.ts";
import { listFigures } from "./lists.ts";
import { promiseFigures } from "./promises.ts";

export { isDebtFree, isUnsized, ledgerKeys, ledgerKeysOf, owedText } from "./debt.ts";
export * from "./figure.ts";

const table = { ...effortFigures, ...listFigures, ...debtFigures, ...promiseFigures };

export type FigureKey = keyof typeof table;

/**
 * The one table of figures: what each is called, its unit, its definition, its value in a report and the rows that it
 * rests on. Every output and docs/figures.md read it.
 */
export const figures: Record<FigureKey, Figure> = table;

const translated = new WeakMap<Words, Record<FigureKey, Figure>>();

/** The table in the words of a language. */
export function figuresIn(words: Words): Record<FigureKey, Figure> {
  if (words === english) return figures;
  const known = translated.get(words);
  if (known !== undefined) return known;
  const { figures: texts } = words.texts;
  const made = Object.fromEntries(
    figureKeys.map((key): [FigureKey, Figure] => [key, { ...figures[key], ...texts[key] }]),
  ) as Record<FigureKey, Figure>;
  translated.set(words, made);
  return made;
}

export const figureKeys = Object.keys(table) as FigureKey[];

/** What `explain` calls a figure. */
export const nameOf = (key: FigureKey): string => figures[key].name ?? key;

/** Whose rows stand under a figure, in a sentence; empty where they are its own. */
export const rowsNote = ({ rowsOf = [] }: Figure): string =>
  rowsOf.length === 0
    ? ""
    : ` The rows are those of ${rowsOf.map((key) => (isFigureKey(key) ? figures[key].label : key)).join(", then ")}.`;

/** Where sizes are points: what is not told since effort and capacity are in days; "" where nothing is missing. */
export function pointsNote({ unit, sprint }: Report, words: Words = english): string {
  if (unit !== "points") return "";
  const { missing } = words.texts.report.besidePoints;
  const { estimationError, capacityDays } = words.texts.figures;
  const known = sprint.capacityDays === null ? [estimationError] : [estimationError, capacityDays];
  return known
    .map(({ label, withPoints }) => words.say(missing, { figure: capital(label), why: withPoints }))
    .join(" ");
}

/** What is in days beside a table in points, with its unit. */
export const besidePoints = (report: Report, words: Words = english): string[] =>
  (["actual", "spentElsewhere", "capacityDays"] as const).flatMap((key) => {
    const figure = figuresIn(words)[key];
    const amount = valueText(figure, report, words);
    return figure.value(report)
      ? [words.say(words.texts.report.besidePoints.told, { figure: capital(figure.label), amount })]
      : [];
  });

export const isFigureKey = (key: string): key is FigureKey => Object.hasOwn(table, key);

/** The figures by topic, as the documentation has them. */
export const figureGroups: { title: string; keys: FigureKey[] }[] = [
  { title: "Scope", keys: ["committed", "added", "removed", "reestimated", "final"] },
  {
    title: "Outcome",
    keys: [
      "completed",
      "completedInitial",
      "frozen",
      "notCompleted",
      "sayDo",
      "sayDoInitial",
      "capacityDays",
    ],
  },
  {
    title: "Effort",
    keys: [
      "actual",
      "spentElsewhere",
      "corrections",
      "actualShare",
      "estimationError",
      "unexpectedActual",
      "unestimated",
    ],
  },
  {
    title: "Lists",
    keys: [
      "unexpected",
      "carriedOver",
      "movedOn",
      "cameAndWent",
      "freezebox",
      "blocked",
      "blockedDays",
      "finishedOutside",
      "finishedBefore",
      "late",
    ],
  },
  {
    title: "Technical debt",
    keys: ["debtOpened", "debtPaid", "debtDropped", "debtNet", "debtOpen", "daysOwed"],
  },
  { title: "Promises", keys: ["keepRate"] },
];

/** How a figure, or the boards of a report, is known. */
export interface Told {
  /** As `explain` calls it. */
  name: string;
  label: string;
  provenance: Provenance;
}

/** The provenance of everything in a report; where tasks are counted, without the figures that need estimates. */
export function toldIn(report: Report, words: Words = english): Told[] {
  const isCounting = unitOf(report) === "tasks";
  return Object.entries(report.provenance).flatMap(([key, provenance]): Told[] => {
    if (!isFigureKey(key))
      return [{ name: key, label: key === "boards" ? words.texts.report.boards : key, provenance }];
    const { needsEstimates, label } = figuresIn(words)[key];
    return isCounting && needsEstimates ? [] : [{ name: nameOf(key), label, provenance }];
  });
}

/** What of a sprint's ledger of debt is not replayed. */
export const doubtfulDebtIn = (report: Report, words: Words = english): Told[] =>
  doubtfulIn(report, words).filter(({ name }) => isDebtFigure(name));

export const isDebtFigure = (name: string): boolean => Object.hasOwn(debtFigures, name);

export const doubtfulIn = (report: Report, words: Words = english): Told[] =>
  toldIn(report, words).filter(({ provenance }) => provenance !== "replayed");
