import type { Element, Root } from "hast";
import { h } from "hastscript";
import { visit } from "unist-util-visit";
import { isElement } from "./nodes.ts";

const kinds = ["note", "tip", "important", "warning", "caution"] as const;
type Kind = (typeof kinds)[number];

const isKind = (word: string): word is Kind => kinds.some((kind) => kind === word);

/**
 * GitHub's alerts: a quotation whose first line is `[!NOTE]` becomes a box with that title. In a feed it stays a
 * quotation, which every reader shows apart. `titles`: of the kinds.
 */
export function markAlerts(
  tree: Root,
  target: "page" | "feed",
  titles: Readonly<Record<Kind, string>>,
): void {
  visit(tree, "element", (node) => {
    const kind = node.tagName === "blockquote" ? takeKind(node) : null;
    if (kind === null) return;
    const title =
      target === "page"
        ? h("p", { className: ["alert-title"] }, titles[kind])
        : h("p", h("strong", titles[kind]));
    node.children.unshift(title);
    if (target === "feed") return;
    node.tagName = "div";
    node.properties = { className: ["alert", `alert-${kind}`], role: "note" };
  });
}

/** Takes the line `[!NOTE]` out of a quotation; null where it has none. */
function takeKind(quotation: Element): Kind | null {
  const paragraph = quotation.children.find(isElement);
  const first = paragraph?.tagName === "p" ? paragraph.children[0] : undefined;
  if (paragraph === undefined || first?.type !== "text") return null;
  const [whole, word] = /^\[!([a-z]+)\][ \t]*(?:\n|$)/i.exec(first.value) ?? [];
  const kind = word?.toLowerCase() ?? "";
  if (whole === undefined || !isKind(kind)) return null;
  const rest = first.value.slice(whole.length);
  const next = paragraph.children[1];
  const isAlone = rest === "" && (next === undefined || (next.type === "element" && next.tagName === "br"));
  // Words behind it on the same line, such as emphasis, make it a plain quotation.
  if (rest === "" && !isAlone && !whole.endsWith("\n")) return null;
  if (isAlone) paragraph.children.splice(0, 2);
  else first.value = rest;
  if (paragraph.children.length === 0) quotation.children.splice(quotation.children.indexOf(paragraph), 1);
  return kind;
}
