import type { ListItem, Nodes, Root } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import { visit } from "unist-util-visit";
import type { KalmKind } from "../model/report.ts";
import { squeeze } from "./promises.ts";

/** A promise as a review's K.A.L.M. section writes it. */
export interface WrittenPromise {
  kind: KalmKind;
  text: string;
  /** `#12` in the text, or a link to that issue; it then answers the promise. */
  issue: number | null;
}

/** An answer as a review's follow-up list gives it: `[x]` kept, `[-]` or struck through dropped, `[ ]` still open. */
export interface WrittenAnswer {
  text: string;
  kept: boolean | null;
}

export interface KalmText {
  promises: WrittenPromise[];
  answers: WrittenAnswer[];
}

const markdown = remark().use(remarkGfm);
const isKalm = (heading: string): boolean => heading.toLowerCase().replace(/[^a-z]/g, "") === "kalm";

function kindOf(heading: string): KalmKind | "followUp" | null {
  const words = squeeze(heading);
  if (/^keep\b/.test(words)) return "keep";
  if (/^add\b/.test(words)) return "add";
  if (/^(do )?less\b/.test(words)) return "less";
  if (/^(do )?more\b/.test(words)) return "more";
  return /^follow ?ups?\b/.test(words) ? "followUp" : null;
}

function ownText(item: ListItem): string {
  return item.children
    .filter((child) => child.type !== "list")
    .map((child) => textOf(child, { includeHtml: false }))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

/** `#12` by itself, so neither `owner/name#12` nor `C#7`; or the first link to a page of this repository's issues. */
function issueOf(item: ListItem, text: string, repository: string | null): number | null {
  const named = /(?<![\w/.-])#([1-9]\d{0,8})\b/.exec(text)?.[1];
  if (named !== undefined) return Number(named);
  if (repository === null) return null;
  let linked: number | null = null;
  visit(item, "link", ({ url }) => {
    const [, where, number] = /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\/issues\/([1-9]\d{0,8})\b/.exec(url) ?? [];
    if (where?.toLowerCase() === repository?.toLowerCase()) linked ??= Number(number);
  });
  return linked;
}

const isStruck = (item: ListItem): boolean => {
  const [only, ...rest] = item.children[0]?.type === "paragraph" ? item.children[0].children : [];
  return only?.type === "delete" && rest.length === 0;
};

function answerOf(item: ListItem): WrittenAnswer {
  const text = ownText(item);
  const dropped = /^\[-\]\s*/.exec(text);
  if (dropped !== null) return { text: text.slice(dropped[0].length), kept: false };
  if (isStruck(item)) return { text, kept: false };
  return { text, kept: item.checked === true ? true : null };
}

/**
 * Reads promises and answers from the list items under a review's K.A.L.M. heading. HTML comments say nothing.
 * `repository`, owner/name: whose issues links mean.
 */
export function parseKalm(body: string, repository: string | null = null): KalmText {
  const tree: Root = markdown.parse(body);
  const found: KalmText = { promises: [], answers: [] };
  let depth = 0;
  let kind: ReturnType<typeof kindOf> = null;
  for (const node of tree.children as Nodes[]) {
    if (node.type === "heading") {
      const text = textOf(node);
      if (isKalm(text)) {
        depth = node.depth;
        kind = null;
      } else if (depth > 0 && node.depth <= depth) depth = 0;
      else if (depth > 0) kind = kindOf(text);
      continue;
    }
    if (depth === 0 || kind === null || node.type !== "list") continue;
    for (const item of node.children) {
      const text = ownText(item);
      if (text === "") continue;
      if (kind === "followUp") found.answers.push(answerOf(item));
      else found.promises.push({ kind, text, issue: issueOf(item, text, repository) });
    }
  }
  return found;
}
