import type { PhrasingContent } from "mdast";
import { table } from "../tracker/render/directives/nodes.ts";
import { figureGroups, figures } from "../tracker/render/figures/figures.ts";
import { renderMarkdown } from "../tracker/render/markdown.ts";

const code = (value: string): PhrasingContent => ({ type: "inlineCode", value });

/** Text in which `words` between backticks are code. */
const inlines = (text: string): (string | PhrasingContent)[] =>
  text.split("`").map((part, index) => (index % 2 === 0 ? part : code(part)));

/** The figures of docs/figures.md as tables, by the heading that each stands under. */
export function figureTables(): Map<string, string> {
  return new Map(
    figureGroups.map(({ title, keys }) => {
      const rows = keys.map((key) => {
        const { label, definition, more } = figures[key];
        return [[code(key)], label, inlines(more === undefined ? definition : `${definition} ${more}`)];
      });
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
