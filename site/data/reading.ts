import { liveOf } from "sprintcast/content";
import { highlightFor } from "../prose/code.ts";
import { type Part, type ProseOptions, parsePost, postHtml } from "../prose/prose.ts";
import type { Source } from "../prose/tree.ts";
import { absolute, href } from "./address.ts";
import { loadFiles, publicFileAt } from "./files.ts";
import { loadSite, reportOf } from "./site.ts";

/** A text of the team's, ready for the page at `page`. Throws ContentError with file and line. */
export async function readProse(source: Source, page: string): Promise<Part[]> {
  const options = await optionsOf(source, page, false);
  return parsePost(source, { ...options, highlight: await highlightFor(source.body) });
}

/** The same for a feed: plain HTML, every address in full. */
export async function readForFeed(source: Source, page: string): Promise<string> {
  return postHtml(source, await optionsOf(source, page, true));
}

async function optionsOf(source: Source, page: string, isAbsolute: boolean): Promise<ProseOptions> {
  const site = await loadSite();
  const files = await loadFiles();
  const shown = new Set(site.posts.map(({ slug }) => slug));
  return {
    report: reportOf(site, source.sprint ?? null),
    hasLive: liveOf(site.settings) !== null,
    repositories: site.settings.links ? site.settings.repositories : [],
    site: {
      page,
      find: site.find,
      isShown: ({ slug }) => shown.has(slug),
      fileAt: (file) => files.get(file),
      publicFileAt,
      address: isAbsolute ? absolute : href,
      isAbsolute,
    },
  };
}
