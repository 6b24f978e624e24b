import { visit } from "unist-util-visit";
import { treeOf } from "./tree.ts";

/**
 * HTML elements in a Markdown text, which no page shows: where the first stands (1-based) and what they are called; null
 * without any. Comments are for whoever edits the text.
 */
export function htmlIn(text: { body: string }): { line: number; tags: string[] } | null {
  // Parsing takes long, and most texts have none.
  if (!/<\/?[a-z]/i.test(text.body)) return null;
  const tags = new Set<string>();
  let first: number | null = null;
  visit(treeOf(text), "html", ({ value, position }) => {
    for (const [, tag = ""] of value.replace(/<!--[\s\S]*?(?:-->|$)/g, "").matchAll(/<\/?([a-z][\w-]*)/gi)) {
      tags.add(tag.toLowerCase());
      first ??= position?.start.line ?? 1;
    }
  });
  return first === null ? null : { line: first, tags: [...tags] };
}
