import rss from "@astrojs/rss";
import type { APIRoute } from "astro";
import { liveOf } from "sprintcast/content";
import { absolute } from "../data/address.ts";
import { loadSite, reportOf } from "../data/site.ts";
import { postHtml } from "../view-models/prose.ts";
import { paths } from "../view-models/urls.ts";

/** Readers keep what they have read; who comes new wants the last year or so. */
const newest = 50;

export const GET: APIRoute = async () => {
  const site = await loadSite();
  const { settings } = site;
  return rss({
    title: settings.title,
    description: settings.description || settings.title,
    site: absolute(paths.home),
    trailingSlash: true,
    items: site.posts
      .slice(-newest)
      .reverse()
      .map((post) => ({
        title: post.title,
        description: post.summary,
        link: absolute(paths.post(post.slug)),
        pubDate: new Date(`${post.date}T12:00:00Z`),
        categories: [post.kind],
        content: postHtml(post, reportOf(site, post.sprint), liveOf(settings) !== null),
      })),
    customData: `<language>${settings.locale}</language>`,
  });
};
