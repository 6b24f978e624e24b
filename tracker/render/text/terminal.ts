import { styleText } from "node:util";
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

export { safeLines, safeText } from "../safe-text.ts";

export interface Column {
  title: string;
  align?: "left" | "right";
  /** Shrinks and wraps its text when the table is too wide. Other columns keep their full width. */
  flexible?: boolean;
  /** Never narrower than this; default 8 for flexible columns. */
  min?: number;
}

export interface TableOptions {
  /** Columns of the terminal; default 80. */
  width?: number;
  paint?: Paint;
  /** Left margin in blanks. */
  indent?: number;
  /** Lines of a cell before it is cut with …; default 3. */
  maxLines?: number;
}

const gap = 2;
const gapText = " ".repeat(gap);

/**
 * A table without borders, fitted to the width: flexible columns wrap, others keep their content. Cells must be safe
 * already ({@link safeText}) and may be painted. Widths are as in terminals, also for CJK, emoji and combining marks.
 * Where even the narrowest columns do not fit side by side, a row's cells stand one below the other.
 * Ends without a line feed; no rows give the head alone.
 */
export function renderTable(columns: Column[], rows: string[][], options: TableOptions = {}): string {
  return [...tableLines(columns, rows, options)].join("\n");
}

/** The same line by line, for tables too long to be held as one text. The rows are drawn twice: for the widths first. */
export function* tableLines(
  columns: Column[],
  rows: Iterable<readonly string[]>,
  options: TableOptions = {},
): Generator<string> {
  const { width = 80, paint = plain, indent = 0, maxLines = 3 } = options;
  const fitted = fitColumns(columns, rows, width - indent);
  const margin = " ".repeat(indent);
  const placed = (line: string) => (margin + line).trimEnd();
  if (widthOfColumns(fitted) > width - indent) {
    for (const line of stackedLines(columns, rows, width - indent, maxLines)) yield placed(line);
    return;
  }
  if (columns.some((column) => column.title !== "")) {
    const titles = columns.map((column) => column.title);
    for (const line of layRow(titles, fitted, maxLines)) yield placed(paint("bold", line));
    yield placed(paint("dim", fitted.map((column) => "─".repeat(column.width)).join(gapText)));
  }
  for (const row of rows) for (const line of layRow(row, fitted, maxLines)) yield placed(line);
}

type FittedColumn = Column & { width: number };

const widthOfColumns = (columns: readonly FittedColumn[]): number =>
  columns.reduce((sum, column) => sum + column.width, 0) + gap * (columns.length - 1);

/** Each row as lines of its own: with their titles where columns have any, else one cell behind the other. */
function* stackedLines(
  columns: readonly Column[],
  rows: Iterable<readonly string[]>,
  width: number,
  maxLines: number,
): Generator<string> {
  const isTitled = columns.some(({ title }) => title !== "");
  let isFirst = true;
  for (const row of rows) {
    const cells = columns.flatMap(({ title }, i) => {
      const cell = row[i] ?? "";
      return cell === "" ? [] : [title === "" ? cell : `${title === "#" ? "#" : `${title}:`} ${cell}`];
    });
    if (isTitled && !isFirst) yield "";
    isFirst = false;
    if (isTitled) for (const cell of cells) yield* wrapCell(cell, width, maxLines);
    else yield* wrapCell(cells.join(gapText), width);
  }
}

function fitColumns(columns: Column[], rows: Iterable<readonly string[]>, width: number): FittedColumn[] {
  const fitted = columns.map((column) => ({ ...column, width: widthOf(column.title) }));
  for (const row of rows)
    for (const [i, column] of fitted.entries()) column.width = Math.max(column.width, widthOf(row[i] ?? ""));
  let surplus = widthOfColumns(fitted) - width;
  // The widest flexible column shrinks first, so that short ones stay whole.
  while (surplus > 0) {
    const widest = fitted
      .filter((column) => column.flexible && column.width > (column.min ?? 8))
      .reduce<FittedColumn | null>(
        (best, one) => (best === null || one.width > best.width ? one : best),
        null,
      );
    if (widest === null) break;
    widest.width -= 1;
    surplus -= 1;
  }
  return fitted;
}

function layRow(cells: readonly string[], columns: FittedColumn[], maxLines: number): string[] {
  const wrapped = columns.map(({ width }, i) => wrapCell(cells[i] ?? "", width, maxLines));
  const height = wrapped.reduce((most, lines) => Math.max(most, lines.length), 0);
  const lines: string[] = [];
  for (let line = 0; line < height; line++) {
    let text = "";
    for (const [i, { width, align }] of columns.entries())
      text += (i === 0 ? "" : gapText) + pad(wrapped[i]?.[line] ?? "", width, align);
    lines.push(text.trimEnd());
  }
  return lines;
}

/** Text as lines no wider than `width`; what does not fit `maxLines` is cut with …. */
export function wrapCell(text: string, width: number, maxLines = Number.POSITIVE_INFINITY): string[] {
  const lines = wrap(text, Math.max(1, width));
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  const [shorter = ""] = wrap(kept.at(-1) ?? "", Math.max(1, width - 1));
  return [...kept.slice(0, -1), `${shorter}…`];
}

const wrap = (text: string, width: number): string[] =>
  wrapPlain(text, width) ?? wrapAnsi(text, width, { hard: true }).split("\n");

/** What wrapAnsi gives, many times faster; null where more is needed than lines of plain words. */
function wrapPlain(text: string, width: number): string[] | null {
  if (!isPlain(text)) return null;
  if (text.length <= width) return [text.trim()];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (word.length > width) return null;
    if (line !== "") line += " ";
    if (line !== "" && word !== "" && line.length + word.length > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
  }
  return [...lines, line.trimEnd()];
}

/**
 * Printable ASCII, letters of Western Europe, dashes, quotes, bars and boxes alone: each character takes one column,
 * joins with no other, and none steers a terminal.
 */
const isPlain = (text: string): boolean => /^[ -~\u00C0-\u00FF–—‘’“”…→−─-▟]*$/.test(text);

/** Text filled with blanks to `width` terminal columns. */
export function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "right" ? blanks + text : text + blanks;
}

/** Terminal columns the text takes. */
export const widthOf = (text: string): number => (isPlain(text) ? text.length : stringWidth(text));

type Style = Parameters<typeof styleText>[0];

/** Gives text a colour or weight, or returns it unchanged where colour is off. */
export type Paint = (style: Style, text: string) => string;

/** What text is fitted to: columns, and colours where there are any. */
export interface Look {
  width: number;
  paint: Paint;
}

export const plain: Paint = (_, text) => text;

const colourful: Paint = (style, text) =>
  text === "" ? "" : styleText(style, text, { validateStream: false });

/**
 * Colour on a terminal only; NO_COLOR (any value but empty) takes it away, FORCE_COLOR (any value but 0) forces it,
 * and NO_COLOR wins. See https://no-color.org and https://force-color.org.
 */
export function createPaint(isTerminal: boolean, env: Record<string, string | undefined>): Paint {
  if (env.NO_COLOR) return plain;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "")
    return env.FORCE_COLOR === "0" || env.FORCE_COLOR === "false" ? plain : colourful;
  return isTerminal && env.TERM !== "dumb" ? colourful : plain;
}

/** A heading with its tally behind it, on the next line where there is no room. */
export function heading(title: string, tally: string, { width, paint }: Look): string {
  const told =
    tally === "" ? paint("bold", title) : `${paint("bold", title)}${gapText}${paint("dim", tally)}`;
  return wrapCell(told, width).join("\n");
}
