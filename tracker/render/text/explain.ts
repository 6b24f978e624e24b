import { issueCell } from "../../core/report/issue-refs.ts";
import { sizeUnitOf } from "../../core/report/unit.ts";
import { type FigureKey, type FigureRow, figures, nameOf } from "../figures/figures.ts";
import { counted, daysText, momentText, sizeHeading, sprintText, unknown } from "../format.ts";
import { plain, renderTable, safeText, type TableOptions, wrapCell } from "./terminal.ts";

export interface Explained {
  sprint: number;
  /** The team that works it, where there are several. */
  team?: string;
  figure: FigureKey;
  /** As the report prints it. */
  value: string;
  /** What the figure is, in a sentence. */
  definition: string;
  rows: FigureRow[];
  /** What the rows' amounts count; absent: days. */
  unit?: "points";
  timeZone: string;
}

/** "committed of sprint 3". */
export const explanationTitle = ({ figure, sprint, team }: Explained): string =>
  `${nameOf(figure)} of ${sprintText({ number: sprint, team })}`;

/** The issues, values and events that a figure rests on. */
export function renderExplanation(explained: Explained, options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  const { rows } = explained;
  const definition = wrapCell(explained.definition, width).map((line) => paint("dim", line));
  const title = paint("bold", `${explanationTitle(explained)}: ${explained.value}`);
  const head = [title, ...definition].join("\n");
  if (rows.length === 0) {
    const why = explained.value === unknown ? "The report does not know it." : "It is based on no issues.";
    return `${head}\n\n${why}\n`;
  }
  const isRatio = rows.some((row) => row.part !== undefined);
  const anyDays = rows.some((row) => row.days !== null);
  const table = renderTable(
    [
      ...(isRatio ? [{ title: "Part" }] : []),
      { title: "#", align: "right" },
      { title: "Task", flexible: true, min: 16 },
      ...(anyDays ? [{ title: sizeHeading[sizeUnitOf(explained)], align: "right" } as const] : []),
      { title: "Why", flexible: true, min: 14 },
      { title: "When" },
      { title: "Event", align: "right" },
    ],
    rows.map((row, index) => [
      ...(isRatio ? [row.part === rows[index - 1]?.part ? "" : (row.part ?? "")] : []),
      paint("cyan", row.number === null ? unknown : String(issueCell(row))),
      safeText(row.title),
      ...(anyDays ? [daysText(row.days)] : []),
      safeText(row.provenance === "replayed" ? row.why : `${row.why} (${row.provenance})`),
      momentText(row.at, explained.timeZone),
      row.eventId === null ? unknown : String(row.eventId),
    ]),
    { width, paint },
  );
  const unsized = rows.filter((row) => row.days === null).length;
  const note = unsized > 0 ? `, ${unsized} ${figures.unestimated.label}` : "";
  return `${head}\n\n${table}\n\n${paint("dim", `${counted(rows.length, "row")}${note}. Times in ${explained.timeZone}.`)}\n`;
}
