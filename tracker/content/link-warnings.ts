import { relative } from "node:path";
import type { Day } from "../core/model/calendar.ts";
import { headingNames, isPageOwn } from "./headings.ts";
import { linksIn, type WrittenLink } from "./links.ts";
import type { Post } from "./parse.ts";
import { isHeldBack } from "./published.ts";
import type { Content } from "./read.ts";
import { createFindTarget, decoded, type Target } from "./targets.ts";
import { nearest } from "./validate.ts";

interface Text {
  body: string;
  file: string;
  /** Lines of front matter before the body. */
  line: number;
  recording?: string | null;
  slides?: string | null;
}

/** Links of the front matter; they have no line. */
const frontLinks = ({ recording, slides }: Omit<Text, "line">): WrittenLink[] =>
  [recording, slides].flatMap((url) =>
    url === null || url === undefined ? [] : [{ url, isPicture: false, line: 0 }],
  );

interface LinkWarning {
  file: string;
  /** null: in the front matter. */
  line: number | null;
  text: string;
}

/**
 * Links of the texts that readers see which the site leaves out or that lead to no heading, and pictures that keep it
 * from being built.
 */
export function linkWarnings(content: Content, today: Day): LinkWarning[] {
  const find = createFindTarget(content);
  const headings = headingReader();
  return shownTexts(content).flatMap((shown) =>
    [...frontLinks(shown), ...linksIn(shown)].flatMap((link) => {
      const target = find(link.url, shown.file);
      const text = problemOf(link, target, today) ?? lostHeading(link, target, shown, headings);
      const line = link.line === 0 ? null : shown.line + link.line;
      return text === null ? [] : [{ file: shown.file, line, text }];
    }),
  );
}

/** A link of a text to a page of the site, of which only the built site tells whether it has that place. */
export interface SiteLink {
  /** Where it is written: path from where `content/` stands, and the line; null: in the front matter. */
  file: string;
  line: number | null;
  url: string;
  /** Of the page, from the site's base: `/sprints/3/`. */
  path: string;
  /** The place on it as an id; empty: none. */
  place: string;
}

/** Links of the texts that the site shows on `today` to its other pages, and to figures and notes of posts. */
export function siteLinks(content: Content, today: Day): SiteLink[] {
  const find = createFindTarget(content);
  return shownTexts(content).flatMap((text) => {
    if ("slug" in text && isHeldBack(text, today)) return [];
    const own = "slug" in text ? pageOf(text) : "/about/";
    const at = relative(content.dir, text.file);
    return [...frontLinks(text), ...linksIn(text)].flatMap(({ url, line, isPicture }) => {
      const target = find(url, text.file);
      const place = placeIn(url);
      const path = url.startsWith("#") ? own : target.kind === "post" ? pageOf(target.post) : null;
      const found = target.kind === "site" ? target.path : isPageOwn(place) ? path : null;
      if (isPicture || found === null || renamed.has(place)) return [];
      return [{ file: at, line: line === 0 ? null : text.line + line, url, path: found, place }];
    });
  });
}

const pageOf = ({ slug }: Pick<Post, "slug">): string => `/posts/${slug}/`;

/** Headings of these names have another id in the page, since the page has these itself. */
const renamed: ReadonlySet<string> = new Set(["content", "restated"]);

/** The place that a link wants on its page; empty for none, which an empty one and #top are, and words to be found. */
function placeIn(url: string): string {
  const [, fragment = ""] = /#(.*)$/.exec(url) ?? [];
  const name = decoded(fragment);
  return /^(top)?$|^:~:/.test(name) ? "" : name;
}

/** Files that texts link to, those of all posts but drafts without any: what the site publishes. */
export function linkedFiles(
  content: Content,
  texts: readonly Omit<Text, "line">[] = shownTexts(content),
): Set<string> {
  const find = createFindTarget(content);
  return new Set(
    texts.flatMap((text) =>
      [...frontLinks(text), ...linksIn(text)].flatMap(({ url }) => {
        const target = find(url, text.file);
        return target.kind === "file" ? [target.file] : [];
      }),
    ),
  );
}

function shownTexts({ posts, about }: Content): (Text | Post)[] {
  return [...posts.filter(({ draft }) => !draft), ...(about === null ? [] : [about])];
}

function problemOf({ url, isPicture }: WrittenLink, target: Target, today: Day): string | null {
  if (target.kind === "post")
    return isPicture ? `the picture ${url} is a post` : unseen(url, target.post, today);
  if (target.kind !== "missing") return null;
  const meant = target.near === null ? "" : `; did you mean ${target.near}?`;
  return isPicture
    ? `the picture ${url} is not there, so the site cannot be built${meant}`
    : `the link ${url} leads nowhere and is left out${meant}`;
}

/** The heading that a link into a text wants, where the text has none of that name. */
function lostHeading(
  { url, isPicture }: WrittenLink,
  target: Target,
  text: Text,
  headings: Headings,
): string | null {
  const into = target.kind === "post" ? target.post : url.startsWith("#") ? text : null;
  const name = placeIn(url);
  if (isPicture || into === null || name === "" || isPageOwn(name)) return null;
  const names = headings(into);
  if (names.includes(name)) return null;
  const where = into.file === text.file ? "here" : "there";
  const near = nearest(name.toLowerCase(), names);
  const meant = near === null ? "" : `; did you mean #${near}?`;
  return `the link ${url} leads to no heading: none ${where} has that name${meant}`;
}

type Headings = (text: { body: string }) => readonly string[];

/** Names the headings of each text once: many links may lead there. */
function headingReader(): Headings {
  const known = new Map<{ body: string }, string[]>();
  return (text) => {
    const names = known.get(text) ?? headingNames(text);
    known.set(text, names);
    return names;
  };
}

function unseen(url: string, post: Post, today: Day): string | null {
  if (post.draft) return `the link ${url} is left out, since that post is a draft`;
  return isHeldBack(post, today)
    ? `the link ${url} is left out until ${post.date}, when that post is published`
    : null;
}
