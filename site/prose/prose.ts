import type { Element, Nodes, RootContent } from "hast";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import type { RootContent as MdastContent } from "mdast";
import { type Directive, type DirectiveName, directiveNames, type FigureRenderer } from "sprintcast/render";
import { type Report, type Restatement, restatementOf } from "sprintcast/report";
import { english, type Words } from "sprintcast/words";
import { changeOfFigure } from "../view-models/restated.ts";
import { isElement } from "./nodes.ts";
import { type Reading, type Source, toTree } from "./tree.ts";

/** A post cut at its figures: HTML that holds none, a figure, or an element around some (a list, a quotation). */
export type Part =
  | { type: "html"; html: string }
  | { type: "figure"; directive: Directive }
  | { type: "element"; tag: string; attributes: Record<string, string>; parts: Part[] };

/** A figure that the site does not have. */
const leftOut: Partial<Record<DirectiveName, FigureRenderer>> = { demo: () => [] };

/** What a post is read with, beside its own words. */
export interface ProseOptions extends Reading {
  /** The sprint's report; null where there is none: its figures say "not yet". */
  report: Report | null;
  /** Whether the site has a live demo; without one `::demo` is left out. Default true. */
  hasLive?: boolean;
}

/** @throws ContentError with file and line: a directive that does not exist, a picture that is not there. */
export function parsePost(source: Source, options: ProseOptions): Part[] {
  const { report, hasLive = true } = options;
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
  const tree = toTree(
    source,
    { report, renderers: hasLive ? renderers : { ...renderers, ...leftOut } },
    "page",
    options,
  );
  return partsOf(tree.children, slots);
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
 * The whole post as plain HTML, figures as tables: what a feed reader gets. Where its figures were restated, it says so
 * first.
 */
export function postHtml(source: Source, options: ProseOptions): string {
  const { report, hasLive = true, words = english } = options;
  const restated = report === null ? null : restatementOf(report);
  const first =
    restated !== null && holdsFigures(parsePost(source, options))
      ? toHtml(restatementParagraph(restated, words))
      : "";
  return first + toHtml(toTree(source, { report, renderers: hasLive ? {} : leftOut }, "feed", options));
}

function restatementParagraph({ note, changes }: Restatement, words: Words): Element {
  const { figureChange, inFeed } = words.texts.sprint.restated;
  const figures = changes
    .map((change) => words.say(figureChange, { ...changeOfFigure(change, words) }))
    .join("; ");
  return h("p", h("strong", inFeed), ` ${words.phrase(note)} ${figures}`.trimEnd());
}

function partsOf(nodes: RootContent[], slots: Directive[]): Part[] {
  const parts: Part[] = [];
  for (const node of nodes) {
    const directive = directiveOf(node, slots);
    if (directive) parts.push({ type: "figure", directive });
    else if (node.type === "element" && holdsFigure(node, slots))
      parts.push({
        type: "element",
        tag: node.tagName,
        attributes: attributesOf(node),
        parts: partsOf(node.children, slots),
      });
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

/** Those that an element around a figure may have: alerts have a class, footnotes an id. */
function attributesOf({ properties: { id, className, role } }: Element): Record<string, string> {
  const names = [className].flat().join(" ");
  return {
    ...(typeof id === "string" ? { id } : {}),
    ...(names === "" ? {} : { class: names }),
    ...(typeof role === "string" ? { role } : {}),
  };
}
