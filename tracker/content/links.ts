import type { Nodes } from "mdast";
import { visit } from "unist-util-visit";
import { treeOf } from "./tree.ts";

/** A link or picture as a text has it. */
export interface WrittenLink {
  url: string;
  isPicture: boolean;
  /** 1-based, in the text. */
  line: number;
}

/** Links and pictures of a Markdown text in their order; those by reference have the line where they are used. */
export function linksIn(text: { body: string }): WrittenLink[] {
  // Parsing takes long; a text without these has no link but whole addresses.
  if (!/\](\(|:|\[)/.test(text.body)) return [];
  const tree = treeOf(text);
  const urls = new Map<string, string>();
  visit(tree, "definition", ({ identifier, url }) => {
    // The first of a name is the one that Markdown takes.
    if (!urls.has(identifier)) urls.set(identifier, url);
  });
  const found: WrittenLink[] = [];
  visit(tree, (node: Nodes) => {
    const url = urlOf(node, urls);
    const line = node.position?.start.line ?? 1;
    if (url !== undefined) found.push({ url, line, isPicture: node.type.startsWith("image") });
  });
  return found;
}

function urlOf(node: Nodes, urls: ReadonlyMap<string, string>): string | undefined {
  if (node.type === "link" || node.type === "image") return node.url;
  if (node.type === "linkReference" || node.type === "imageReference") return urls.get(node.identifier);
  return undefined;
}
