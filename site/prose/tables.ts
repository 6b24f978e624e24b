import type { Element, Root } from "hast";
import { h } from "hastscript";
import { SKIP, visit } from "unist-util-visit";

const classes: Record<string, string> = { right: "n", center: "middle" };

/** Wide tables and code scroll by themselves, also by keyboard. Alignment goes by class: the attribute is obsolete. `ariaLabel`: what all of them are called. */
export function scrollWide(tree: Root, ariaLabel: string): void {
  visit(tree, "element", (node, index, parent) => {
    if (node.tagName === "pre") node.properties.tabIndex = 0;
    if (node.tagName !== "table" || parent === undefined || index === undefined) return;
    const properties = { className: ["scroll"], tabIndex: 0, role: "group", ariaLabel };
    parent.children[index] = h("div", properties, node);
    visit(node, "element", alignByClass);
    return [SKIP, index + 1];
  });
}

function alignByClass({ properties }: Element): void {
  const name = classes[String(properties.align)];
  delete properties.align;
  if (name !== undefined) properties.className = [name];
}
