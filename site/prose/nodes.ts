import type { Element, Nodes } from "hast";

export const isElement = (node: Nodes): node is Element => node.type === "element";

/** The words in an element. */
export function textOf(node: Nodes): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}
