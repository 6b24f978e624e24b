import type { Report } from "../../core/model/report.ts";
import { forReaders, isEmpty, sizeUnitOf, unitOf } from "../../core/report/unit.ts";
import {
  besidePoints,
  capital,
  type FigureKey,
  figures,
  isInUnit,
  numberText,
  pointsNote,
} from "../figures/figures.ts";
import { counted, emptyText, nounFor, shareText, signedText, unitNames } from "../format.ts";
import { barText } from "./bars.ts";
import { plain, renderTable, type TableOptions, wrapCell } from "./terminal.ts";

type Style = Parameters<NonNullable<TableOptions["paint"]>>[0];

interface Bar {
  key: FigureKey;
  /** The sign in the sum. */
  sign?: "+" | "±" | "−" | "=";
  from: number;
  to: number | null;
  style: Style;
}

/** The sum of a sprint as bars that each begin where the one above ends, and in words. */
export function effortSection(report: Report, options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  if (isEmpty(report))
    return wrapCell(emptyText(report), width - 2)
      .map((line) => `  ${line}`)
      .join("\n");
  const unit = unitOf(report);
  const bars = barsOf(forReaders(report)).filter(({ key }) => isInUnit(figures[key], report));
  const highest = Math.max(0.01, ...bars.map((bar) => Math.max(bar.from, bar.to ?? 0)));
  const room = width - 2 - 16 - 8 - 6;
  const table = renderTable(
    [{ title: capital(unitNames[unit]) }, { title: "", align: "right" }, { title: "" }],
    bars.map(({ key, sign, from, to, style }) => [
      [sign ?? "", figures[key].label].join(" ").trim(),
      numberText(figures[key], figures[key].value(report)),
      to === null || room < 10 ? "" : paint(style, barText(from, to, highest, room)),
    ]),
    { width, paint, indent: 2, maxLines: 1 },
  );
  const words = sentences(report).flatMap((sentence) => wrapCell(sentence, width - 2));
  return `${table}\n\n${words.map((line) => `  ${line}`).join("\n")}`;
}

function barsOf({ effort, sprint }: Report): Bar[] {
  const {
    committed,
    added,
    reestimated,
    removed,
    final,
    completed,
    frozen,
    actual,
    spentElsewhere = 0,
  } = effort;
  const grown = committed + added;
  const sized = grown + reestimated;
  return [
    { key: "capacityDays", from: 0, to: sprint.capacityDays, style: "dim" },
    { key: "committed", from: 0, to: committed, style: "blue" },
    { key: "added", sign: "+", from: committed, to: grown, style: "yellow" },
    { key: "reestimated", sign: "±", from: grown, to: sized, style: "yellow" },
    { key: "removed", sign: "−", from: sized - removed, to: sized, style: "dim" },
    { key: "final", sign: "=", from: 0, to: final, style: "blue" },
    { key: "completed", from: 0, to: completed, style: "green" },
    { key: "frozen", from: completed, to: completed + frozen, style: "cyan" },
    { key: "notCompleted", from: completed + frozen, to: final, style: "dim" },
    { key: "actual", from: 0, to: actual, style: "magenta" },
    ...(spentElsewhere > 0
      ? [{ key: "spentElsewhere" as const, from: 0, to: spentElsewhere, style: "magenta" as const }]
      : []),
  ];
}

function sentences(report: Report): string[] {
  const { effort } = forReaders(report);
  const { sayDo, sayDoInitial, committed, added, removed, completed, actual } = figures;
  const { counts, unestimated, actualShare, estimationError } = effort;
  const inPoints = report.unit === "points";
  const known =
    actualShare === null || actualShare === 0
      ? `No task has ${actual.label} recorded.`
      : `${shareText(actualShare)} of the tasks have ${actual.label} recorded` +
        (inPoints
          ? "."
          : `; in total, the estimates were off by ${signedText(estimationError)} ${nounFor(estimationError ?? 0, "day")}.`);
  const unsized = [
    unestimated.committed > 0 ? `${counted(unestimated.committed, "committed task")} had no estimate` : "",
    unestimated.final > 0
      ? `${counted(unestimated.final, "task")} in the ${figures.final.label} had none`
      : "",
  ].filter((part) => part !== "");
  if (unitOf(report) === "tasks")
    return [
      `${capital(sayDo.label)} ${shareText(effort.sayDo)}, ${sayDoInitial.label} ${shareText(effort.sayDoInitial)}.`,
      `No task has an estimate, so tasks are counted instead of ${sizeUnitOf(report)}.`,
      effort.actual === null ? known : `${capital(actual.label)}: ${counted(effort.actual, "day")}.`,
    ];
  const unit = unitNames[unitOf(report)];
  return [
    `${capital(sayDo.label)} ${shareText(effort.sayDo)}, ${sayDoInitial.label} ` +
      `${shareText(effort.sayDoInitial)}. ${counted(counts.committed, "task")} ${committed.label}, ` +
      `${counts.added} ${added.label}, ${counts.removed} ${removed.label}, ` +
      `${counts.completed} ${completed.label}.`,
    known,
    ...(inPoints ? [...besidePoints(report), pointsNote(report)] : []),
    ...(unsized.length > 0 ? [`${unsized.join(", ")}; they are not in the ${unit}.`] : []),
  ];
}
