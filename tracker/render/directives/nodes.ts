import type { Heading, List, ListItem, Paragraph, PhrasingContent, Table, TableCell } from "mdast";

/** Builders of Markdown nodes. Strings become text nodes, so that a title can never turn into markup. */
export type Inline = string | PhrasingContent | (string | PhrasingContent)[];

const inlines = (content: Inline): PhrasingContent[] =>
  [content].flat().map((part) => (typeof part === "string" ? { type: "text", value: part } : part));

export const paragraph = (content: Inline): Paragraph => ({ type: "paragraph", children: inlines(content) });

export const heading = (depth: Heading["depth"], text: string): Heading => ({
  type: "heading",
  depth,
  children: [{ type: "text", value: text }],
});

export const strong = (content: Inline): PhrasingContent => ({ type: "strong", children: inlines(content) });

export const list = (items: Inline[]): List => ({
  type: "list",
  ordered: false,
  spread: false,
  children: items.map((item): ListItem => ({ type: "listItem", spread: false, children: [paragraph(item)] })),
});

/** A GFM table. `right` names the columns that hold figures. */
export const table = (head: string[], rows: Inline[][], right: number[] = []): Table => ({
  type: "table",
  align: head.map((_, column) => (right.includes(column) ? "right" : null)),
  children: [head, ...rows].map((row) => ({
    type: "tableRow",
    children: row.map((cell): TableCell => ({ type: "tableCell", children: inlines(cell) })),
  })),
});

/** A link where the address is http or https, else the text alone. */
export function webLink(url: string, text: string): PhrasingContent {
  const isWeb = /^https?:\/\//i.test(url) && URL.canParse(url);
  return isWeb ? { type: "link", url, children: inlines(text) } : { type: "text", value: text };
}
