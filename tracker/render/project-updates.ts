import type { BlockContent, DefinitionContent, Nodes, PhrasingContent, RootContent } from "mdast";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import type { ProjectUpdate, Report } from "../core/model/report.ts";
import { hasTooMuchEmphasis, isTooDeep } from "../core/report/slow-markdown.ts";
import { english, type Words } from "../words/words.ts";
import { heading, list, paragraph, strong, webLink } from "./directives/nodes.ts";
import { momentText, rangeText } from "./format.ts";
import { safeLines } from "./safe-text.ts";
import { renderMarkdown } from "./write-markdown.ts";

/** Heading of what projects said of their own status. */
export const projectUpdatesTitle: string = english.texts.report.status.title;

/** On track; a status that GitHub adds one day, in its own words; "No status" where there is none. */
export function projectStatusText({ status }: Pick<ProjectUpdate, "status">, words: Words = english): string {
  const { names, none } = words.texts.report.status;
  if (status === null) return none;
  const known = (names as Record<string, string>)[status];
  if (known !== undefined) return known;
  const told = status.toLowerCase().replaceAll("_", " ");
  return told.charAt(0).toUpperCase() + told.slice(1);
}

/** Roadmap, 2026-03-12 14:00, by ana; planned from 2 to 20 March 2026. */
export function projectUpdateHead(update: ProjectUpdate, timeZone: string, own?: Words): string {
  const { project, at, author, startDate, targetDate } = update;
  const words = own ?? english;
  const texts = words.texts.report.status;
  const told = { project, moment: momentText(at, timeZone, own) };
  const date = (day: string | null) =>
    day === null ? texts.open : own === undefined ? day : rangeText(day, day, own);
  const head = author === null ? words.say(texts.head, told) : words.say(texts.headBy, { ...told, author });
  if (startDate === null && targetDate === null) return head;
  if (startDate !== null && targetDate !== null && startDate <= targetDate)
    return words.say(texts.planned, { head, range: rangeText(startDate, targetDate, words) });
  return words.say(texts.plannedPart, {
    head,
    from: date(startDate),
    until: date(targetDate),
  });
}

/** A text that is longer would hide the sprint that it stands beside. */
const longest = 10_000;
const deepest = 12;

type Block = BlockContent | DefinitionContent;

/** Words of a node and of all below it. */
function wordsOf(node: Nodes): string {
  if ("value" in node) return node.value;
  if ("alt" in node) return node.alt ?? "";
  return "children" in node ? node.children.map((child) => wordsOf(child as Nodes)).join("") : "";
}

/** What people may write in a line: emphasis, code, and links to the web. Pictures become links, HTML stays as words. */
function inlinesOf(nodes: readonly Nodes[], depth: number): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    if (depth > deepest) return [{ type: "text", value: wordsOf(node) }];
    switch (node.type) {
      case "text":
      case "inlineCode":
      case "break":
        return [node.type === "break" ? { type: "break" } : { type: node.type, value: node.value }];
      case "emphasis":
      case "strong":
      case "delete":
        return [{ type: node.type, children: inlinesOf(node.children, depth + 1) }];
      case "link":
        return [untrusted(webLink(node.url, wordsOf(node) || node.url))];
      case "image":
        return [untrusted(webLink(node.url, node.alt || "picture"))];
      default:
        return [{ type: "text", value: wordsOf(node) }];
    }
  });
}

const untrusted = (node: PhrasingContent): PhrasingContent =>
  node.type === "link" ? { ...node, data: { hProperties: { rel: ["nofollow", "ugc"] } } } : node;

/** Blocks of a text without headings of its own, without HTML, and without anything that is fetched. */
function blocksOf(nodes: readonly Nodes[], depth: number): Block[] {
  return nodes.flatMap((node): Block[] => {
    if (depth > deepest) return [paragraph(wordsOf(node))];
    switch (node.type) {
      case "paragraph":
        return [{ type: "paragraph", children: inlinesOf(node.children, depth + 1) }];
      case "heading":
        return [paragraph(strong(inlinesOf(node.children, depth + 1)))];
      case "blockquote":
        return [{ type: "blockquote", children: blocksOf(node.children, depth + 1) }];
      case "code":
        return [{ type: "code", value: node.value }];
      case "list":
        return [
          {
            ...list([]),
            ordered: node.ordered ?? false,
            children: node.children.map((item) => ({
              type: "listItem",
              spread: false,
              children: blocksOf(boxed(item), depth + 1),
            })),
          },
        ];
      case "table":
        return [
          {
            type: "table",
            align: node.align ?? null,
            children: node.children.map((row) => ({
              type: "tableRow",
              children: row.children.map((cell) => ({
                type: "tableCell",
                children: inlinesOf(cell.children, depth + 1),
              })),
            })),
          },
        ];
      case "html":
        return /^<!--[\s\S]*-->$/.test(node.value.trim()) ? [] : [paragraph(node.value)];
      case "definition":
      case "thematicBreak":
        return [];
      default:
        return [paragraph(wordsOf(node))];
    }
  });
}

/** A box of a task list as a sign, for it cannot be ticked here. */
function boxed({ checked, children }: { checked?: boolean | null; children: Nodes[] }): Nodes[] {
  if (checked == null) return children;
  const [first, ...rest] = children;
  const box = { type: "text" as const, value: checked ? "☑ " : "☐ " };
  return first?.type === "paragraph"
    ? [{ ...first, children: [box, ...first.children] }, ...rest]
    : [paragraph(box.value), ...children];
}

/** The words of an update: Markdown of whoever may write to the project, made harmless. */
export function projectUpdateBody({ body }: Pick<ProjectUpdate, "body">): RootContent[] {
  const text = body.length > longest ? `${body.slice(0, longest).toWellFormed()} …` : body;
  const lines = text.split(/\r\n|\r|\n/);
  if (isTooDeep(lines) || hasTooMuchEmphasis(text))
    return lines.filter((line) => line.trim() !== "").map((line) => paragraph(line));
  return blocksOf(remark().use(remarkGfm).parse(text).children, 0) as RootContent[];
}

/** All updates of a report; nothing where there are none. */
export function projectUpdateNodes({ projectUpdates = [], sprint }: Report): RootContent[] {
  return projectUpdates.flatMap((update): RootContent[] => {
    const children = projectUpdateBody(update) as Block[];
    return [
      paragraph([
        strong(projectStatusText(update)),
        " · ",
        webLink(update.url, projectUpdateHead(update, sprint.timeZone)),
      ]),
      ...(children.length === 0 ? [] : [{ type: "blockquote" as const, children }]),
    ];
  });
}

/** The words of an update as plain Markdown, safe for a terminal. */
export const projectUpdateText = (update: Pick<ProjectUpdate, "body">): string =>
  safeLines(renderMarkdown({ type: "root", children: projectUpdateBody(update) })).trimEnd();

export const projectUpdatesPart = (report: Report): RootContent[] => {
  const nodes = projectUpdateNodes(report);
  return nodes.length === 0 ? [] : [heading(2, projectUpdatesTitle), ...nodes];
};
