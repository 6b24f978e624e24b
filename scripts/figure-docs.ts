import type { PhrasingContent } from "mdast";
import { table } from "../tracker/render/directives/nodes.ts";
import { type Figure, figureGroups, figures } from "../tracker/render/figures/figures.ts";
import { flowFigureKeys, flowFigures } from "../tracker/render/figures/flow.ts";
import { forecastFigureKeys, forecastFigures } from "../tracker/render/figures/forecast.ts";
import { renderMarkdown } from "../tracker/render/write-markdown.ts";

const code = (value: string): PhrasingContent => ({ type: "inlineCode", value });

/** Text in which `words` between backticks are code. */
const inlines = (text: string): (string | PhrasingContent)[] =>
  text.split("`").map((part, index) => (index % 2 === 0 ? part : code(part)));

/** The figures of docs/figures.md as tables, by the heading that each stands under. */
export function figureTables(): Map<string, string> {
  const told = (key: string, { label, definition, more }: Pick<Figure, "label" | "definition" | "more">) => [
    [code(key)],
    label,
    inlines(more === undefined ? definition : `${definition} ${more}`),
  ];
  const groups = [
    ...figureGroups.map(({ title, keys }) => ({ title, rows: keys.map((key) => told(key, figures[key])) })),
    { title: "Flow", rows: flowFigureKeys.map((key) => told(key, flowFigures[key])) },
    { title: "Forecast", rows: forecastFigureKeys.map((key) => told(key, forecastFigures[key])) },
  ];
  return new Map(
    groups.map(({ title, rows }) => {
      const children = [table(["figure", "called", "definition"], rows)];
      return [title, renderMarkdown({ type: "root", children })];
    }),
  );
}

/** docs/figures.md with its tables of figures written anew; every word between them stays. */
export function renewFigureDocs(text: string): string {
  let renewed = text;
  for (const [title, lines] of figureTables())
    renewed = renewed.replace(
      new RegExp(`(^## ${title}\\n(?:(?!## |\\|).*\\n)*)(?:\\|.*\\n)+`, "m"),
      (_, before: string) => before + lines,
    );
  return renewed;
}
