import type { Root } from "mdast";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import { safeLines, safeText } from "./safe-text.ts";

/** A document tree as Markdown. Titles are text nodes, so remark escapes what looks like markup in them. */
export function renderMarkdown(tree: Root): string {
  return remark().use(remarkGfm).data("settings", { bullet: "-", rule: "-" }).stringify(safeTree(tree));
}

/** The tree with control characters and direction marks replaced; only code keeps its line breaks. */
export function safeTree(tree: Root): Root {
  return JSON.parse(JSON.stringify(tree), function (this: { type?: string }, key, value: unknown) {
    if (key !== "value" || typeof value !== "string") return value;
    return this.type === "code" ? safeLines(value) : safeText(value);
  }) as Root;
}
