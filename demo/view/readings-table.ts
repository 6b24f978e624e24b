import { max } from "d3-array";
import { formatAge } from "./age.ts";
import type { Scene } from "./feed.ts";
import type { Latest } from "./fleet-state.ts";
import { metricsOf } from "./summary.ts";
import { formatValue, titleOf } from "./units.ts";
import type { ViewWords } from "./words.ts";

/** More rows than this nobody reads; the caption says how many there are. */
const MOST_ROWS = 200;

/** The latest value of every device, in words: a head and a row for each, as many as anybody reads. */
export function tableOf(
  { fleet, until }: Pick<Scene, "fleet" | "until">,
  words: ViewWords,
): { caption: string; head: string[]; rows: string[][] } {
  const { fill, texts } = words;
  const metrics = metricsOf(fleet);
  const sources = [...fleet.latest.keys()].sort().slice(0, MOST_ROWS);
  const rest = fleet.latest.size - sources.length;
  return {
    caption: rest > 0 ? fill(texts.latestOf, { rest }) : texts.latest,
    head: [texts.device, ...metrics.map((metric) => titleOf(metric, words)), texts.age],
    rows: sources.map((source) => {
      const values = fleet.latest.get(source) ?? new Map<string, Latest>();
      const cells = metrics.map((metric) => formatValue(metric, values.get(metric)?.value, words));
      const newest = max(values.values(), ({ at }) => at);
      return [source, ...cells, newest === undefined ? "—" : formatAge(until - newest, words)];
    }),
  };
}

/** Fills the table with the latest value of every device. Cells are kept and their text replaced. */
export function fillTable(
  table: HTMLTableElement,
  scene: Pick<Scene, "fleet" | "until">,
  words: ViewWords,
): void {
  const { caption: told, head: heads, rows } = tableOf(scene, words);
  const caption = table.caption ?? table.createCaption();
  caption.className = "hush";
  setText(caption, told);
  const head = table.tHead ?? table.createTHead();
  fillRow(head.rows[0] ?? head.insertRow(), heads, "col");
  const body = table.tBodies[0] ?? table.createTBody();
  while (body.rows.length > rows.length) body.deleteRow(-1);
  for (const [index, cells] of rows.entries()) fillRow(body.rows[index] ?? body.insertRow(), cells, "row");
}

function fillRow(row: HTMLTableRowElement, texts: string[], scope: "col" | "row"): void {
  while (row.cells.length > texts.length) row.deleteCell(-1);
  for (const [index, text] of texts.entries()) {
    const isHeader = scope === "col" || index === 0;
    const cell = row.cells[index] ?? row.appendChild(row.ownerDocument.createElement(isHeader ? "th" : "td"));
    if (isHeader) cell.setAttribute("scope", scope);
    setText(cell, text);
  }
}

function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
