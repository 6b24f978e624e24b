import type { ListItem, Root, RootContent } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import { SKIP, visit } from "unist-util-visit";
import type { KalmKind } from "../model/kalm.ts";
import type { Repositories } from "../model/repositories.ts";
import { withoutOwner } from "./promise-owner.ts";
import { squeeze } from "./promises.ts";

/** A promise as a review's K.A.L.M. section writes it. */
export interface WrittenPromise {
  kind: KalmKind;
  text: string;
  /** Key of `#12` or `web#12` in the text, or of the issue of a link; it then answers the promise. */
  issue: number | null;
  /** See KalmEntry. */
  owner?: string;
  link?: string;
}

/** An answer as a review's follow-up list gives it: `[x]` kept, `[-]` or struck through: not kept, `[ ]` still open. */
export interface WrittenAnswer {
  text: string;
  kept: boolean | null;
}

export interface KalmText {
  promises: WrittenPromise[];
  answers: WrittenAnswer[];
}

const markdown = remark().use(remarkGfm);
const isKalm = (heading: string): boolean =>
  heading
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}]/gu, "") === "kalm";

const two = /^(keep|add|(?:do )?less|(?:do )?more)(?: and| or)? (?:keep|add|(?:do )?less|(?:do )?more)$/;
/** What a heading of the section asks for; null: it is none of K.A.L.M.'s. */
function kindOf(heading: string): KalmKind | "followUp" | null {
  // Headings may be numbered. One that names two kinds says of no promise which it is.
  const words = squeeze(heading.normalize("NFKC")).replace(/^(?:\d+ )+/, "");
  if (two.test(words)) return null;
  if (/^keep\b/.test(words)) return "keep";
  if (/^add\b/.test(words)) return "add";
  if (/^(do )?less\b/.test(words)) return "less";
  if (/^(do )?more\b/.test(words)) return "more";
  return /^follow ?ups?\b/.test(words) ? "followUp" : null;
}

/** An item's words, without those of lists in it. */
export function ownText(item: ListItem): string {
  return item.children
    .filter((child) => child.type !== "list")
    .map((child) => textOf(child, { includeHtml: false }))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * `#12` by itself, which is of the first repository, so neither `C#7` nor another's `owner/name#12`; of several
 * repositories also `web#12` and `owner/name#12`; or the first link to a page of their issues.
 */
function issueOf(item: ListItem, text: string, repositories: Repositories | null): number | null {
  const hasNames = repositories !== null && repositories.names.length > 1;
  for (const [, name = "", number] of text.matchAll(/(?<![\w/.-])([\w/.-]*)#([1-9]\d{0,8})\b/g)) {
    if (name === "") return Number(number);
    const named = hasNames ? repositories.keyOf(name, Number(number)) : null;
    if (named !== null) return named;
  }
  let linked: number | null = null;
  visit(item, (node) => {
    if (node.type === "list") return SKIP;
    if (node.type === "link") linked ??= linkedIssue(node.url, repositories);
  });
  return linked;
}

/** A promise with who looks after it and what it points to; its owner stands at its start or its end. */
function promiseIn(
  item: ListItem,
  text: string,
  kind: KalmKind,
  repositories: Repositories | null,
): WrittenPromise {
  const issue = issueOf(item, text, repositories);
  const { owner, text: words } = withoutOwner(text);
  const link = linkOf(item, issue, repositories);
  return {
    kind,
    text: words,
    issue,
    ...(owner === null ? {} : { owner }),
    ...(link === null ? {} : { link }),
  };
}

/** The first web address in the item that is neither its issue's nor a person's. */
function linkOf(item: ListItem, issue: number | null, repositories: Repositories | null): string | null {
  let found: string | null = null;
  visit(item, (node) => {
    if (node.type === "list") return SKIP;
    if (node.type !== "link" || found !== null) return;
    const isWeb = /^https?:\/\//i.test(node.url) && URL.canParse(node.url);
    if (!isWeb || textOf(node).startsWith("@")) return;
    if (issue === null || linkedIssue(node.url, repositories) !== issue) found = node.url;
  });
  return found;
}

function linkedIssue(url: string, repositories: Repositories | null): number | null {
  const [, where, number] = /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\/issues\/([1-9]\d{0,8})\b/.exec(url) ?? [];
  return where === undefined || repositories === null ? null : repositories.keyOf(where, Number(number));
}

export const isStruck = (item: ListItem): boolean => {
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

/** A part of a review below one heading, with what stands directly in it. */
export interface KalmSection {
  heading: string;
  /** 1-based, in the body. */
  line: number;
  /** Whether it is the K.A.L.M. heading, below it, or elsewhere in the review. */
  where: "heading" | "inside" | "outside";
  kind: KalmKind | "followUp" | null;
  /** A heading of a lower rank follows before the next of this or a higher one. */
  hasParts: boolean;
  nodes: RootContent[];
}

/** A review cut at its headings, from its Markdown or from what somebody has parsed already. */
export function kalmSections(text: string | Root): KalmSection[] {
  const found: KalmSection[] = [];
  let kalm = 0;
  let before = 0;
  const { children } = typeof text === "string" ? markdown.parse(text) : text;
  for (const node of children) {
    if (node.type !== "heading") {
      found.at(-1)?.nodes.push(node);
      continue;
    }
    const heading = textOf(node);
    const last = found.at(-1);
    if (last !== undefined && node.depth > before) last.hasParts = true;
    before = node.depth;
    const begins = isKalm(heading);
    if (begins || node.depth <= kalm) kalm = begins ? node.depth : 0;
    found.push({
      heading,
      line: node.position?.start.line ?? 1,
      where: begins ? "heading" : kalm > 0 ? "inside" : "outside",
      kind: begins ? null : kindOf(heading),
      hasParts: false,
      nodes: [],
    });
  }
  return found;
}

/**
 * Reads promises and answers from the list items under a review's K.A.L.M. heading, HTML comments aside. Only links
 * to issues of these repositories count.
 */
export function parseKalm(body: string, repositories: Repositories | null = null): KalmText {
  return readKalm(kalmSections(body), repositories);
}

/** The same of a review that is cut at its headings already. */
export function readKalm(sections: readonly KalmSection[], repositories: Repositories | null): KalmText {
  const found: KalmText = { promises: [], answers: [] };
  for (const { where, kind, nodes } of sections) {
    if (where !== "inside" || kind === null) continue;
    for (const item of nodes.flatMap((node) => (node.type === "list" ? node.children : []))) {
      const text = ownText(item);
      if (text === "") continue;
      if (kind === "followUp") found.answers.push(answerOf(item));
      else if (!isStruck(item)) found.promises.push(promiseIn(item, text, kind, repositories));
    }
  }
  return found;
}
