import type { Nodes } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";

/** Stands for code within a line: words around it are still words of that line. */
export const codeMark = "\uFFFC";
/** Stands before and after what is struck through. */
export const strikeMark = "\uFFF9";

const markdown = unified().use(remarkParse).use(remarkGfm);
/** HTML elements whose text is shown as code or as somebody else's words. */
const silent = new Set(["blockquote", "code", "kbd", "pre", "samp", "script", "style", "tt"]);
/** Elements that begin no line of their own. */
const inline = new Set("a b del em font i ins mark q s small span strong sub sup u".split(" "));
const htmlPart = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][\w-]*)[^>]*>|[^<]+|</gi;

/** Collects a document's lines in reading order. HTML elements may open in one node and close in another. */
function createLines() {
  const lines: string[] = [""];
  const open: string[] = [];
  const write = (text: string) => {
    const [first = "", ...rest] = (open.length > 0 ? text.replace(/[^\n]+/g, codeMark) : text).split("\n");
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
      if (!silent.has(name)) {
        if (!inline.has(name)) write("\n");
      } else if (closing === "") open.push(name);
      else if (open.includes(name)) open.splice(open.lastIndexOf(name), 1);
    }
  };
  return { lines, write, html };
}

const within = new Set(["emphasis", "strong", "delete", "link", "linkReference"]);

function walk(node: Nodes, to: ReturnType<typeof createLines>): void {
  if (node.type === "code" || node.type === "blockquote") return;
  if (node.type === "text") to.write(node.value);
  if (node.type === "html") to.html(node.value);
  if (node.type === "inlineCode") to.write(codeMark);
  if (node.type === "break") to.write("\n");
  if (!("children" in node)) return;
  const edge = node.type === "delete" ? strikeMark : within.has(node.type) ? "" : "\n";
  to.write(edge);
  for (const child of node.children) walk(child as Nodes, to);
  to.write(edge);
}

/**
 * The lines of a Markdown text that a reader takes for its author's own words: no code blocks, no quotes, no HTML
 * comments. Code within a line is `codeMark`, what is struck through stands between two `strikeMark`.
 */
export function visibleLines(body: string): string[] {
  const to = createLines();
  walk(markdown.parse(body), to);
  return to.lines.map((line) => line.trim()).filter((line) => line !== "");
}
