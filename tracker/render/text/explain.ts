import { issueCell } from "../../core/report/issue-refs.ts";
import { sizeUnitOf } from "../../core/report/unit.ts";
import { capital, type FigureKey, type FigureRow, figures, isFigureKey } from "../figures/figures.ts";
import { counted, daysText, momentText, sizeHeading, sprintText, unknown } from "../format.ts";
import { plain, renderTable, safeText, type TableOptions, wrapCell } from "./terminal.ts";

export interface Explained {
  sprint: number;
  /** The team that works it, where there are several. */
  team?: string;
  figure: FigureKey;
  /** What people call it. */
  label: string;
  /** As the report prints it. */
  value: string;
  /** What the figure is, in a sentence. */
  definition: string;
  rows: FigureRow[];
  /** What the rows' amounts count; absent: days. */
  unit?: "points";
  timeZone: string;
}

/** "Sprint 3, say/do ratio". */
export const explanationTitle = ({ label, sprint, team }: Explained): string =>
  `${capital(sprintText({ number: sprint, team }))}, ${label}`;

/** The figure whose row it is, where the rows are of more than one: those of the numerator stand first. */
export function partText({ figure }: Explained, { part }: FigureRow): string {
  const [numerator, denominator] = figures[figure].rowsOf ?? [];
  const key = part === "numerator" ? numerator : part === "denominator" ? denominator : undefined;
  return key !== undefined && isFigureKey(key) ? figures[key].label : "";
}

/** How many rows have no amount, and which: sizes or effort. Promises have none to be missed. */
function missingText({ figure, rows }: Explained): string {
  const count = rows.filter(({ number, days }) => number !== null && days === null).length;
  if (count === 0) return "";
  const { unit, hasDaysInRows } = figures[figure];
  const isEffort = unit === "days" || hasDaysInRows === true;
  return `, ${count} ${isEffort ? `without ${figures.actual.label}` : figures.unestimated.label}`;
}

/** The issues, values and events that a figure rests on. */
export function renderExplanation(explained: Explained, options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  const { rows } = explained;
  const definition = wrapCell(explained.definition, width).map((line) => paint("dim", line));
  const title = wrapCell(safeText(`${explanationTitle(explained)}: ${explained.value}`), width);
  const head = [...title.map((line) => paint("bold", line)), ...definition].join("\n");
  if (rows.length === 0) {
    const why = explained.value === unknown ? "The report does not know it." : "It is based on no issues.";
    return `${head}\n\n${wrapCell(why, width).join("\n")}\n`;
  }
  const isRatio = rows.some((row) => row.part !== undefined);
  const anyDays = rows.some((row) => row.days !== null);
  const table = renderTable(
    [
      ...(isRatio ? [{ title: "Part", flexible: true, min: 9 }] : []),
      { title: "#", align: "right" },
      { title: "Task", flexible: true, min: 12 },
      ...(anyDays ? [{ title: sizeHeading[sizeUnitOf(explained)], align: "right" } as const] : []),
      { title: "Why", flexible: true, min: 12 },
      { title: "When" },
      { title: "Event", align: "right" },
    ],
    rows.map((row, index) => [
      ...(isRatio ? [row.part === rows[index - 1]?.part ? "" : partText(explained, row)] : []),
      paint("cyan", row.number === null ? unknown : String(issueCell(row))),
      safeText(row.title),
      ...(anyDays ? [daysText(row.days)] : []),
      safeText(row.provenance === "replayed" ? row.why : `${row.why} (${row.provenance})`),
      momentText(row.at, explained.timeZone),
      row.eventId === null ? unknown : String(row.eventId),
    ]),
    { width, paint },
  );
  const note = `${counted(rows.length, "row")}${missingText(explained)}. Times in ${explained.timeZone}.`;
  const foot = wrapCell(note, width).map((line) => paint("dim", line));
  return `${head}\n\n${table}\n\n${foot.join("\n")}\n`;
}
