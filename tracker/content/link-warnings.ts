import type { Day } from "../core/model/calendar.ts";
import { linksIn, type WrittenLink } from "./links.ts";
import type { Post } from "./parse.ts";
import { isHeldBack } from "./published.ts";
import type { Content } from "./read.ts";
import { createFindTarget, type Target } from "./targets.ts";

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

/** Links of the texts that readers see which the site leaves out, and pictures that keep it from being built. */
export function linkWarnings(content: Content, today: Day): LinkWarning[] {
  const find = createFindTarget(content);
  return shownTexts(content).flatMap((shown) =>
    [...frontLinks(shown), ...linksIn(shown.body)].flatMap((link) => {
      const text = problemOf(link, find(link.url, shown.file), today);
      const line = link.line === 0 ? null : shown.line + link.line;
      return text === null ? [] : [{ file: shown.file, line, text }];
    }),
  );
}

/** Files that texts link to, those of all posts but drafts without any: what the site publishes. */
export function linkedFiles(
  content: Content,
  texts: readonly Omit<Text, "line">[] = shownTexts(content),
): Set<string> {
  const find = createFindTarget(content);
  return new Set(
    texts.flatMap((text) =>
      [...frontLinks(text), ...linksIn(text.body)].flatMap(({ url }) => {
        const target = find(url, text.file);
        return target.kind === "file" ? [target.file] : [];
      }),
    ),
  );
}

function shownTexts({ posts, about }: Content): Text[] {
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

function unseen(url: string, post: Post, today: Day): string | null {
  if (post.draft) return `the link ${url} is left out, since that post is a draft`;
  return isHeldBack(post, today)
    ? `the link ${url} is left out until ${post.date}, when that post is published`
    : null;
}
