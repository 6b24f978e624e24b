import type { Blockquote, Nodes } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { type Processor, unified } from "unified";
import { hasTooMuchEmphasis, isTooDeep } from "./slow-markdown.ts";

/** Stands for code within a line: words around it are still words of that line. */
export const codeMark = "\uFFFC";
/** Stands before and after what is struck through. */
export const strikeMark = "\uFFF9";
/** Begins a line that Markdown adds to the quote above it, though its author put no `>` before it. */
export const quoteMark = "\uFFFA";

const markdown = unified().use(remarkParse).use(remarkGfm);
const withoutEmphasis = markdown().use(function (this: Processor) {
  const extensions = this.data().micromarkExtensions ?? [];
  this.data({ micromarkExtensions: [...extensions, { disable: { null: ["attention", "strikethrough"] } }] });
});
/** HTML elements that strike their text through. */
const striking = new Set(["del", "s", "strike"]);
/** HTML elements whose text is shown as code or as somebody else's words. */
const silent = new Set(["blockquote", "code", "kbd", "pre", "samp", "script", "style", "tt"]);
/** Elements that begin no line of their own. */
const inline = new Set("a b del em font i ins mark q s small span strike strong sub sup u".split(" "));
const htmlPart = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][\w-]*)[^>]*>|[^<]+|</gi;

/** Collects a document's lines in reading order. HTML elements may open in one node and close in another. */
function createLines() {
  const lines: string[] = [""];
  const open: string[] = [];
  let struck = 0;
  const asShown = (text: string): string => {
    if (open.length > 0) return text.replace(/[^\n]+/g, codeMark);
    return struck > 0 ? text.replace(/[^\n]+/g, `${strikeMark}$&${strikeMark}`) : text;
  };
  const write = (text: string) => {
    const [first = "", ...rest] = asShown(text).split("\n");
    lines[lines.length - 1] += first;
    lines.push(...rest);
  };
  const html = (value: string) => {
    for (const [part, closing, tag] of value.matchAll(htmlPart)) {
      if (part.startsWith("<!--")) continue;
      if (tag === undefined) {
        write(part);
        continue;
      }
      const name = tag.toLowerCase();
      if (striking.has(name)) struck = Math.max(0, struck + (closing === "" ? 1 : -1));
      if (!silent.has(name)) {
        if (!inline.has(name)) write("\n");
      } else if (closing === "") open.push(name);
      else if (open.includes(name)) open.splice(open.lastIndexOf(name), 1);
    }
  };
  return { lines, write, html };
}

const within = new Set(["emphasis", "strong", "delete", "link", "linkReference"]);

function walk(node: Nodes, source: readonly string[], to: ReturnType<typeof createLines>): void {
  if (node.type === "code") return;
  if (node.type === "blockquote") {
    for (const line of linesWithoutSign(node, source)) to.write(`\n${quoteMark}${line}\n`);
    return;
  }
  if (node.type === "text") to.write(node.value);
  if (node.type === "html") to.html(node.value);
  if (node.type === "inlineCode") to.write(codeMark);
  if (node.type === "break") to.write("\n");
  if (!("children" in node)) return;
  const edge = node.type === "delete" ? strikeMark : within.has(node.type) ? "" : "\n";
  to.write(edge);
  for (const child of node.children) walk(child as Nodes, source, to);
  to.write(edge);
}

/** Lines of a quote that only follow one with a `>`: to Markdown they are quoted, to who wrote them often not. */
function linesWithoutSign({ position }: Blockquote, source: readonly string[]): string[] {
  if (position === undefined) return [];
  return source
    .slice(position.start.line - 1, position.end.line)
    .filter((line) => !/^[^\p{L}]*?>/u.test(line))
    .map((line) => line.trim());
}

/**
 * The lines of a Markdown text that a reader takes for its author's own words: no code blocks, no quotes, no HTML
 * comments. Code within a line is `codeMark`, what is struck through stands between two `strikeMark`, and `quoteMark`
 * begins a line that runs on from a quote. null: quotes and lists are nested too deep to be read.
 */
export function visibleLines(body: string): string[] | null {
  const source = body.split(/\r\n|\r|\n/);
  if (isTooDeep(source)) return null;
  const to = createLines();
  walk((hasTooMuchEmphasis(body) ? withoutEmphasis : markdown).parse(body), source, to);
  return to.lines.map((line) => line.trim()).filter((line) => line !== "");
}
