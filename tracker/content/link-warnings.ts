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
}

interface LinkWarning {
  file: string;
  line: number;
  text: string;
}

/** Links of the texts that readers see which the site leaves out, and pictures that keep it from being built. */
export function linkWarnings(content: Content, today: Day): LinkWarning[] {
  const find = createFindTarget(content);
  return shownTexts(content).flatMap(({ body, file, line }) =>
    linksIn(body).flatMap((link) => {
      const text = problemOf(link, find(link.url, file), today);
      return text === null ? [] : [{ file, line: line + link.line, text }];
    }),
  );
}

/** Files that texts link to, those of all posts but drafts without any: what the site publishes. */
export function linkedFiles(
  content: Content,
  texts: readonly Pick<Text, "body" | "file">[] = shownTexts(content),
): Set<string> {
  const find = createFindTarget(content);
  return new Set(
    texts.flatMap(({ body, file }) =>
      linksIn(body).flatMap(({ url }) => {
        const target = find(url, file);
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
