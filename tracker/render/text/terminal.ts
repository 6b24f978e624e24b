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

/**
 * A table without borders, fitted to the width: flexible columns wrap, others keep their content. Cells must be safe
 * already ({@link safeText}) and may be painted. Widths are as in terminals, also for CJK, emoji and combining marks.
 * Ends without a line feed; no rows give the head alone.
 */
export function renderTable(columns: Column[], rows: string[][], options: TableOptions = {}): string {
  const { width = 80, paint = plain, indent = 0, maxLines = 3 } = options;
  const fitted = fitColumns(columns, rows, width - indent);
  const titles = columns.map((column) => column.title);
  const head = layRow(titles, fitted, maxLines);
  const rule = fitted.map((column) => "─".repeat(column.width)).join(" ".repeat(gap));
  const body = rows.flatMap((row) => layRow(row, fitted, maxLines));
  const titled = columns.some((column) => column.title !== "");
  const top = titled ? [...head.map((line) => paint("bold", line)), paint("dim", rule)] : [];
  const margin = " ".repeat(indent);
  return [...top, ...body].map((line) => (margin + line).trimEnd()).join("\n");
}

type FittedColumn = Column & { width: number };

function fitColumns(columns: Column[], rows: string[][], width: number): FittedColumn[] {
  const fitted = columns.map((column, i) => ({
    ...column,
    width: rows.reduce((most, row) => Math.max(most, stringWidth(row[i] ?? "")), stringWidth(column.title)),
  }));
  let surplus = fitted.reduce((sum, column) => sum + column.width, 0) + gap * (columns.length - 1) - width;
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

function layRow(cells: string[], columns: FittedColumn[], maxLines: number): string[] {
  const wrapped = columns.map((column, i) => ({
    ...column,
    lines: wrapCell(cells[i] ?? "", column.width, maxLines),
  }));
  const height = Math.max(...wrapped.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map(({ lines, width, align }) => pad(lines[line] ?? "", width, align))
      .join(" ".repeat(gap))
      .trimEnd(),
  );
}

/** Text as lines no wider than `width`; what does not fit `maxLines` is cut with …. */
export function wrapCell(text: string, width: number, maxLines = Number.POSITIVE_INFINITY): string[] {
  const lines = wrapAnsi(text, Math.max(1, width), { hard: true }).split("\n");
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  const [shorter = ""] = wrapAnsi(kept.at(-1) ?? "", Math.max(1, width - 1), { hard: true }).split("\n");
  return [...kept.slice(0, -1), `${shorter}…`];
}

/** Text filled with blanks to `width` terminal columns. */
export function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, width - stringWidth(text)));
  return align === "right" ? blanks + text : text + blanks;
}

/** Terminal columns the text takes. */
export const widthOf = (text: string): number => stringWidth(text);

type Style = Parameters<typeof styleText>[0];

/** Gives text a colour or weight, or returns it unchanged where colour is off. */
export type Paint = (style: Style, text: string) => string;

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
