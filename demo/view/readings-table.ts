import { formatAge } from "./age.ts";
import type { Scene } from "./feed.ts";
import { metricsOf } from "./summary.ts";
import { formatValue, titleOf } from "./units.ts";
import type { ViewWords } from "./words.ts";

/** More rows than this nobody reads; the caption says how many there are. */
const MOST_ROWS = 200;

/** Fills the table with the latest value of every device. Cells are kept and their text replaced. */
export function fillTable(
  table: HTMLTableElement,
  { fleet, until }: Pick<Scene, "fleet" | "until">,
  words: ViewWords,
): void {
  const { fill, texts } = words;
  const metrics = metricsOf(fleet);
  const sources = [...fleet.latest.keys()].sort().slice(0, MOST_ROWS);
  const rest = fleet.latest.size - sources.length;
  const caption = table.caption ?? table.createCaption();
  caption.className = "hush";
  setText(caption, rest > 0 ? fill(texts.latestOf, { rest }) : texts.latest);
  const head = table.tHead ?? table.createTHead();
  fillRow(
    head.rows[0] ?? head.insertRow(),
    [texts.device, ...metrics.map((metric) => titleOf(metric, words)), texts.age],
    "col",
  );
  const body = table.tBodies[0] ?? table.createTBody();
  while (body.rows.length > sources.length) body.deleteRow(-1);
  for (const [index, source] of sources.entries()) {
    const values = fleet.latest.get(source);
    const newest = Math.max(...[...(values?.values() ?? [])].map(({ at }) => at));
    const cells = metrics.map((metric) => formatValue(metric, values?.get(metric)?.value, words));
    fillRow(
      body.rows[index] ?? body.insertRow(),
      [source, ...cells, formatAge(until - newest, words)],
      "row",
    );
  }
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
