import { dirname, join, relative, sep } from "node:path";
import { sprintParts } from "../core/model/sprint.ts";
import { numbersAreShared, reportedSprint } from "./kept-reports.ts";
import type { Post } from "./parse.ts";
import type { Content } from "./read.ts";
import { sprintPage } from "./sprint-place.ts";
import { nearest } from "./validate.ts";

/** Where a link in a text leads. `suffix` is what follows the path: `?query#fragment`, or nothing. */
export type Target =
  | { kind: "elsewhere" }
  | { kind: "post"; post: Post; suffix: string }
  /** A file that nobody reads as content: a picture, slides, any paper. Absolute. */
  | { kind: "file"; file: string; suffix: string }
  /** An address on the site, from its base: `/sprints/3/`. */
  | { kind: "site"; path: string; suffix: string }
  /** Nothing. `near`: the existing path that is surely meant, as it would be written. */
  | { kind: "missing"; near: string | null };

/** Finds the target of `url` in the text of `file`. */
export type FindTarget = (url: string, file: string) => Target;

type Known = Pick<Content, "dir" | "posts" | "sprints" | "settings" | "reports" | "attachments">;

const isElsewhere = (url: string): boolean => /^([a-z][a-z\d+.-]*:|\/\/|[#?]|$)/i.test(url);

/** macOS writes letters and their accents apart, and a link may have them either way. */
const plain = (path: string): string => path.normalize("NFC");

/** A link may be percent-encoded, or not: a lone % stands for itself. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Resolves links as GitHub shows them, by the files, so that a text reads well there and on the site. An address that
 * begins with / is one of the site; a relative one that is no file is read as an address of the site, too.
 */
export function createFindTarget(content: Known): FindTarget {
  const { dir, posts, sprints, reports, attachments } = content;
  const files = new Map(attachments.map((file) => [plain(file), file]));
  const postFiles = new Map(posts.map((post) => [plain(post.file), post]));
  const postSlugs = new Map(posts.map((post) => [post.slug, post]));
  const sprintFiles = new Map(sprints.map(({ file, sprint }) => [plain(file), sprint]));
  const isShared = numbersAreShared(content);
  const reported = new Set(reports.map(({ sprint }) => sprint.number));
  const pages = new Set(
    reports.map((report) => sprintPage(sprintParts(reportedSprint(report, content)), isShared)),
  );

  const onSite = (path: string, suffix: string): Target => {
    const [, room, name] = /^\/(posts|sprints)\/([^/]+)\/?$/.exec(path) ?? [];
    if (room === "sprints" && name !== undefined && /^\d+$/.test(name) && !reported.has(Number(name)))
      return { kind: "missing", near: null };
    if (/^\/teams\/[^/]+\/sprints\/\d+\/?$/.test(path) && !pages.has(path.replace(/\/?$/, "/")))
      return { kind: "missing", near: null };
    if (room !== "posts" || name === undefined) return { kind: "site", path, suffix };
    const post = postSlugs.get(decoded(name));
    return post === undefined ? { kind: "missing", near: null } : { kind: "post", post, suffix };
  };
  const byFile = (path: string, suffix: string): Target | null => {
    const post = postFiles.get(path);
    if (post !== undefined) return { kind: "post", post, suffix };
    const file = files.get(path);
    if (file !== undefined) return { kind: "file", file, suffix };
    const sprint = sprintFiles.get(path);
    if (sprint !== undefined) return onSite(sprintPage(sprint, isShared), suffix);
    return path === join(dir, "about.md") ? { kind: "site", path: "/about/", suffix } : null;
  };
  const near = (path: string, from: string): string | null => {
    const written = (file: string) => relative(from, file).split(sep).join("/");
    const all = [...files.keys(), ...postFiles.keys()];
    const other = all.find((file) => file.toLowerCase() === path.toLowerCase());
    return other === undefined ? nearest(written(path), all.map(written)) : written(other);
  };

  return (url, file) => {
    if (isElsewhere(url)) return { kind: "elsewhere" };
    const [, path = "", suffix = ""] = /^([^?#]*)(.*)$/s.exec(url) ?? [];
    if (path.startsWith("/")) return onSite(path, suffix);
    const wanted = plain(join(dirname(file), decoded(path)));
    const found = byFile(wanted, suffix);
    if (found !== null) return found;
    const page = postFiles.get(plain(file))?.slug;
    const { pathname } = new URL(
      path,
      `https://site.example/${page === undefined ? "about" : `posts/${page}`}/`,
    );
    const isFile = /\.\w+$/.test(path);
    const isUnder = pathname.startsWith(`/posts/`) && !/^\/posts\/([^/]+\/?)?$/.test(pathname);
    return isFile || isUnder
      ? { kind: "missing", near: near(wanted, dirname(file)) }
      : onSite(pathname, suffix);
  };
}
