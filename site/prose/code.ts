import type { ElementContent, Root } from "hast";
import { h } from "hastscript";
import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { type BundledLanguage, bundledLanguages } from "shiki/langs";
import { visit } from "unist-util-visit";
import { once } from "../view-models/once.ts";
import { textOf } from "./nodes.ts";

const isKnown = (name: string): name is BundledLanguage => Object.hasOwn(bundledLanguages, name);

/** The lines of a code block as spans with classes; null where its language is unknown. */
export type Highlight = (code: string, language: string) => ElementContent[] | null;

const theme = "site";
const prefix = "--";

const shared = once(() =>
  createHighlighterCore({
    themes: [createCssVariablesTheme({ name: theme, variablePrefix: prefix })],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  }),
);

/** A highlighter for the languages that a text's code blocks name; undefined where it has none that is known. */
export async function highlightFor(body: string): Promise<Highlight | undefined> {
  const named = [...body.matchAll(/^[ \t>*+\d.)-]*(?:`{3,}|~{3,})[ \t]*([\w+#-]+)/gm)].map(([, name = ""]) =>
    name.toLowerCase(),
  );
  const languages = [...new Set(named)].filter(isKnown);
  if (languages.length === 0) return undefined;
  const highlighter = await shared();
  await highlighter.loadLanguage(...languages.map((name) => bundledLanguages[name]));
  return (code, language) => spansOf(highlighter, code, language.toLowerCase());
}

/** More than this takes long to colour, and nobody reads it for its colours. */
const longest = 50_000;

function spansOf(highlighter: HighlighterCore, code: string, lang: string): ElementContent[] | null {
  if (code.length > longest || !highlighter.getLoadedLanguages().includes(lang)) return null;
  return highlighter.codeToTokensBase(code, { lang, theme }).flatMap((line, index): ElementContent[] => [
    ...(index === 0 ? [] : [{ type: "text" as const, value: "\n" }]),
    ...line.map(({ content: value, color = "" }): ElementContent => {
      // The theme's colours are names of variables, one for each kind of word: var(--token-keyword).
      const kind = /^var\(--token-([\w-]+)\)$/.exec(color)?.[1];
      return kind === undefined ? { type: "text", value } : h("span", { className: [`code-${kind}`] }, value);
    }),
  ]);
}

/** Colours code by classes alone: the pages' policy allows no inline style. */
export function colourCode(tree: Root, highlight: Highlight): void {
  visit(tree, "element", (node, _index, parent) => {
    if (node.tagName !== "code" || parent?.type !== "element" || parent.tagName !== "pre") return;
    const language = String([node.properties.className].flat()[0] ?? "").replace(/^language-/, "");
    const spans = highlight(textOf(node), language);
    if (spans !== null) node.children = spans;
  });
}
