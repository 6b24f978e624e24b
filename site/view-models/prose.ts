import type { Element, Nodes, Root, RootContent } from "hast";
import { toHtml } from "hast-util-to-html";
import type { RootContent as MdastContent } from "mdast";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import remarkRehype from "remark-rehype";
import {
  type Directive,
  type DirectiveName,
  directiveNames,
  type FigureRenderer,
  remarkFigures,
} from "sprintcast/render";
import { type Report, type Restatement, restatementOf } from "sprintcast/report";
import { visit } from "unist-util-visit";
import { changeOfFigure } from "./restated.ts";

/** A post cut at its figures: HTML that holds none, a figure, or an element around some (a list, a quotation). */
export type Part =
  | { type: "html"; html: string }
  | { type: "figure"; directive: Directive }
  | { type: "element"; tag: string; parts: Part[] };

export interface Source {
  /** Markdown without its front matter. */
  body: string;
  /** Named in errors. */
  file: string;
  /** Lines of front matter before the body; 0 when absent. */
  line?: number;
  /** The sprint it belongs to; null or absent: to none. */
  sprint?: number | null;
}

// remark-rehype drops raw HTML; the schema drops what links and pictures could still smuggle in.
const schema = {
  ...defaultSchema,
  tagNames: [...(defaultSchema.tagNames ?? []), "section"],
  attributes: {
    ...defaultSchema.attributes,
    div: [...(defaultSchema.attributes?.div ?? []), "dataSlot"],
  },
};

/** A figure that the site does not have. */
const leftOut: Partial<Record<DirectiveName, FigureRenderer>> = { demo: () => [] };

/**
 * @param report the sprint's report; null where there is none: its figures say "not yet".
 * @param hasLive whether the site has a live demo; without one `::demo` is left out.
 * @throws ContentError from the directive plugin, with file and line.
 */
export function parsePost(source: Source, report: Report | null, hasLive = true): Part[] {
  const slots: Directive[] = [];
  const slot: FigureRenderer = (directive) => {
    const index = slots.push(directive) - 1;
    const node = {
      type: "slot",
      data: { hName: "div", hProperties: { dataSlot: String(index) } },
      children: [],
    };
    return [node as unknown as MdastContent];
  };
  const renderers = Object.fromEntries(directiveNames.map((name) => [name, slot])) as Record<
    DirectiveName,
    FigureRenderer
  >;
  return partsOf(toTree(source, report, hasLive ? renderers : { ...renderers, ...leftOut }).children, slots);
}

/** The names of all directives in a post. */
export const directivesIn = (parts: readonly Part[]): Set<DirectiveName> =>
  new Set(
    parts.flatMap((part) =>
      part.type === "figure"
        ? [part.directive.name]
        : part.type === "element"
          ? [...directivesIn(part.parts)]
          : [],
    ),
  );

/** Whether figures of the sprint's report stand in a post. */
export const holdsFigures = (parts: readonly Part[]): boolean =>
  [...directivesIn(parts)].some((name) => name !== "video" && name !== "demo");

/**
 * The whole post as plain HTML, figures as tables: what a feed reader gets. Issue and figure links are absolute. Where
 * its figures were restated, it says so first.
 */
export function postHtml(source: Source, report: Report | null, hasLive = true): string {
  const restated = report !== null && holdsFigures(parsePost(source, report)) ? restatementOf(report) : null;
  const first = restated === null ? "" : toHtml(restatementParagraph(restated));
  return first + toHtml(toTree(source, report, hasLive ? {} : leftOut));
}

function restatementParagraph({ note, changes }: Restatement): Element {
  const figures = changes
    .map(changeOfFigure)
    .map(({ label, before, now }) => `${label}: ${before} → ${now}`)
    .join("; ");
  const element = (tagName: string, ...children: Element["children"]): Element => ({
    type: "element",
    tagName,
    properties: {},
    children,
  });
  const words = (value: string) => ({ type: "text" as const, value });
  return element("p", element("strong", words("Restated.")), words(` ${note} ${figures}`.trimEnd()));
}

function toTree(
  { body, file, line = 0, sprint = null }: Source,
  report: Report | null,
  renderers: Partial<Record<DirectiveName, FigureRenderer>>,
): Root {
  const processor = remark()
    .use(remarkGfm)
    .use(remarkFigures, { report, sprint, renderers, file, lineOffset: line })
    .use(remarkRehype)
    .use(rehypeSanitize, schema)
    .use(() => wordsForBoxes)
    .use(() => linksForPictures);
  return processor.runSync(processor.parse(body), file) as Root;
}

/** Boxes of a task list cannot be ticked on a page, and would need a label each: a sign replaces them. */
function wordsForBoxes(tree: Root): void {
  visit(tree, "element", (node, index, parent) => {
    if (node.tagName !== "input" || !parent || index === undefined) return;
    parent.children[index] = { type: "text", value: node.properties["checked"] ? "☑" : "☐" };
  });
}

/** A picture from elsewhere becomes a link, since no page sends requests to third parties. */
function linksForPictures(tree: Root): void {
  visit(tree, "element", (node, index, parent) => {
    const src = String(node.properties.src ?? "");
    if (node.tagName !== "img" || !parent || index === undefined || !/^([a-z]+:)?\/\//i.test(src)) return;
    const text = String(node.properties.alt || src);
    parent.children[index] = {
      type: "element",
      tagName: "a",
      properties: { href: src },
      children: [{ type: "text", value: text }],
    };
  });
}

function partsOf(nodes: RootContent[], slots: Directive[]): Part[] {
  const parts: Part[] = [];
  for (const node of nodes) {
    const directive = directiveOf(node, slots);
    if (directive) parts.push({ type: "figure", directive });
    else if (node.type === "element" && holdsFigure(node, slots))
      parts.push({ type: "element", tag: node.tagName, parts: partsOf(node.children, slots) });
    else {
      const html = toHtml(node);
      const last = parts.at(-1);
      if (last?.type === "html") last.html += html;
      else if (html.trim() !== "") parts.push({ type: "html", html });
    }
  }
  return parts;
}

/** The figure a node stands for: the plugin's section around a single slot, or the slot itself. */
function directiveOf(node: Nodes, slots: Directive[]): Directive | undefined {
  if (node.type !== "element") return undefined;
  const slot = node.tagName === "section" ? node.children.find(isElement) : node;
  const index = slot?.properties.dataSlot;
  return typeof index === "string" ? slots[Number(index)] : undefined;
}

function holdsFigure(node: Element, slots: Directive[]): boolean {
  return node.children.some(
    (child) => directiveOf(child, slots) || (child.type === "element" && holdsFigure(child, slots)),
  );
}

const isElement = (node: Nodes): node is Element => node.type === "element";
