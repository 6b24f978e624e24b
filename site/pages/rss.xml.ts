import rss from "@astrojs/rss";
import type { APIRoute } from "astro";
import { absolute } from "../data/address.ts";
import { readForFeed } from "../data/reading.ts";
import { loadSite } from "../data/site.ts";
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
    items: await Promise.all(
      site.posts
        .slice(-newest)
        .reverse()
        .map(async (post) => ({
          title: post.title,
          description: post.summary,
          link: absolute(paths.post(post.slug)),
          pubDate: new Date(`${post.date}T12:00:00Z`),
          categories: [post.kind],
          content: await readForFeed(post, paths.post(post.slug)),
        })),
    ),
    customData: `<language>${settings.locale}</language>`,
  });
};
