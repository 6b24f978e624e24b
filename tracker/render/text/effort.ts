import type { Report } from "../../core/model/report.ts";
import { forReaders, isEmpty, unitOf } from "../../core/report/unit.ts";
import { counted, daysText, shareText, signedText } from "../format.ts";
import { barText } from "./bars.ts";
import { plain, renderTable, type TableOptions, wrapCell } from "./terminal.ts";

type Style = Parameters<NonNullable<TableOptions["paint"]>>[0];

interface Row {
  label: string;
  value: string;
  from: number;
  to: number | null;
  style: Style;
  /** Left out where tasks are counted. */
  isDays?: boolean;
}

/** The sum of a sprint, each bar beginning where the one above it ended, and what it says in words. */
export function effortSection(report: Report, options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  if (isEmpty(report)) return "  No task was in this sprint, neither at its start nor at its end.";
  const unit = unitOf(report);
  const rows = rowsOf(forReaders(report)).filter((row) => unit === "days" || !row.isDays);
  const highest = Math.max(0.01, ...rows.map((row) => Math.max(row.from, row.to ?? 0)));
  const room = Math.max(10, width - 2 - 16 - 8 - 6);
  const table = renderTable(
    [{ title: unit === "tasks" ? "Tasks" : "Man-days" }, { title: "", align: "right" }, { title: "" }],
    rows.map((row) => [
      row.label,
      row.value,
      row.to === null ? "" : paint(row.style, barText(row.from, row.to, highest, room)),
    ]),
    { width, paint, indent: 2, maxLines: 1 },
  );
  const words = sentences(report).flatMap((sentence) => wrapCell(sentence, width - 2));
  return `${table}\n\n${words.map((line) => `  ${line}`).join("\n")}`;
}

function rowsOf({ effort, sprint }: Report): Row[] {
  const { committed, added, reestimated, removed, final, completed, frozen, notCompleted, actual } = effort;
  const grown = committed + added;
  const sized = grown + reestimated;
  return [
    {
      label: "capacity",
      value: daysText(sprint.capacityDays),
      from: 0,
      to: sprint.capacityDays,
      style: "dim",
      isDays: true,
    },
    { label: "committed", value: daysText(committed), from: 0, to: committed, style: "blue" },
    { label: "+ added", value: daysText(added), from: committed, to: grown, style: "yellow" },
    {
      label: "± re-estimated",
      value: signedText(reestimated),
      from: grown,
      to: sized,
      style: "yellow",
      isDays: true,
    },
    { label: "− removed", value: daysText(removed), from: sized - removed, to: sized, style: "dim" },
    { label: "= final scope", value: daysText(final), from: 0, to: final, style: "blue" },
    { label: "completed", value: daysText(completed), from: 0, to: completed, style: "green" },
    { label: "frozen", value: daysText(frozen), from: completed, to: completed + frozen, style: "cyan" },
    {
      label: "not completed",
      value: daysText(notCompleted),
      from: completed + frozen,
      to: final,
      style: "dim",
    },
    { label: "really spent", value: daysText(actual), from: 0, to: actual, style: "magenta", isDays: true },
  ];
}

function sentences(report: Report): string[] {
  const { effort } = forReaders(report);
  const { counts, unestimated, actualShare, estimationError } = effort;
  const known =
    actualShare === null || actualShare === 0
      ? "No task says what it really took."
      : `${shareText(actualShare)} of the tasks say what they really took; all together the estimates were off by ` +
        `${signedText(estimationError)} days.`;
  const unsized = [
    unestimated.committed > 0 ? `${counted(unestimated.committed, "committed task")} had no estimate` : "",
    unestimated.final > 0 ? `${unestimated.final} of the final scope had none` : "",
  ].filter((part) => part !== "");
  if (unitOf(report) === "tasks")
    return [
      `Say/do ${shareText(effort.sayDo)} of the tasks, of those committed at the start ${shareText(effort.sayDoInitial)}.`,
      "No task has an estimate, so tasks are counted and no days are summed.",
      effort.actual === null ? known : `Really spent: ${daysText(effort.actual)} days.`,
    ];
  return [
    `Say/do ${shareText(effort.sayDo)}, of the work committed at the start ${shareText(effort.sayDoInitial)}. ` +
      `${counted(counts.committed, "task")} committed, ${counts.added} added, ${counts.removed} removed, ` +
      `${counts.completed} completed.`,
    known,
    ...(unsized.length > 0 ? [`${unsized.join(", ")}; they count without a size.`] : []),
  ];
}
