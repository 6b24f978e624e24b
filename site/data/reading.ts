import type { Element } from "hast";
import { toHtml } from "hast-util-to-html";
import { liveOf, type Post } from "sprintcast/content";
import { highlightFor } from "../prose/code.ts";
import { addressOf, type Surroundings } from "../prose/links.ts";
import { type Part, type ProseOptions, parsePost, postHtml } from "../prose/prose.ts";
import type { Source } from "../prose/tree.ts";
import { paths } from "../view-models/urls.ts";
import { absolute, href } from "./address.ts";
import { loadFiles, publicFileAt } from "./files.ts";
import { loadSite, reportOf } from "./site.ts";

/** A text of the team's, ready for the page at `page`. Throws ContentError with file and line. */
export async function readProse(source: Source, page: string): Promise<Part[]> {
  const options = await optionsOf(source, page, false);
  return parsePost(source, { ...options, highlight: await highlightFor(source.body) });
}

/** A post for a feed: plain HTML, every address in full, its recording and slides at its end. */
export async function readForFeed(post: Post): Promise<string> {
  const page = paths.post(post.slug);
  const links = (await papersOf(post, true)).map(({ label, address }) =>
    element("li", {}, element("a", { href: address }, label)),
  );
  const body = postHtml(post, await optionsOf(post, page, true));
  return links.length === 0 ? body : body + toHtml(element("ul", {}, ...links));
}

/** The recording and the slides of a post, those that are there. */
export async function papersOf(
  post: Pick<Post, "slug" | "file" | "recording" | "slides">,
  isAbsolute = false,
): Promise<{ label: string; address: string }[]> {
  const site = await surroundings(paths.post(post.slug), isAbsolute);
  const { prose: texts } = (await loadSite()).words.texts.frame;
  return (
    [
      [texts.recording, post.recording],
      [texts.slides, post.slides],
    ] as const
  ).flatMap(([label, url]) => {
    const address = url === null ? null : addressOf(url, post, site);
    return address === null ? [] : [{ label, address }];
  });
}

const element = (
  tagName: string,
  properties: Element["properties"],
  ...children: (Element | string)[]
): Element => ({
  type: "element",
  tagName,
  properties,
  children: children.map((child) => (typeof child === "string" ? { type: "text", value: child } : child)),
});

async function optionsOf(source: Source, page: string, isAbsolute: boolean): Promise<ProseOptions> {
  const site = await loadSite();
  return {
    report: reportOf(site, { sprint: source.sprint ?? null, team: source.team }),
    hasLive: liveOf(site.settings) !== null,
    repositories: site.settings.links ? site.settings.repositories : [],
    web: site.settings.github,
    site: await surroundings(page, isAbsolute),
    words: site.words,
  };
}

async function surroundings(page: string, isAbsolute: boolean): Promise<Surroundings> {
  const { posts, find } = await loadSite();
  const files = await loadFiles();
  const shown = new Set(posts.map(({ slug }) => slug));
  return {
    page,
    find,
    isShown: ({ slug }) => shown.has(slug),
    fileAt: (file) => files.get(file),
    publicFileAt,
    address: isAbsolute ? absolute : href,
    isAbsolute,
  };
}
