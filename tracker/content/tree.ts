import type { Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";

const markdown = unified().use(remarkParse).use(remarkGfm);

/** By text: several readers ask for it, and parsing takes long. */
const known = new WeakMap<{ body: string }, Root>();

/** A Markdown text as a tree, to be read only: all that ask for the same text get the same. */
export function treeOf(text: { body: string }): Root {
  const tree = known.get(text) ?? markdown.parse(text.body);
  known.set(text, tree);
  return tree;
}
