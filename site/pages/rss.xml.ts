import { getRssString } from "@astrojs/rss";
import type { APIRoute } from "astro";
import { toHtml } from "hast-util-to-html";
import { absolute } from "../data/address.ts";
import { readForFeed } from "../data/reading.ts";
import { loadSite } from "../data/site.ts";
import { paths } from "../view-models/urls.ts";

/** XML has no way to say these: one that pasted slides leave in a text makes the whole feed unreadable. */
const unsayable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Readers keep what they have read; who comes new wants the last year or so. */
const newest = 50;

/**
 * RSS's own `author` is a mail address; names go by Dublin Core. The library reads this as XML, and of character
 * references only those by name.
 */
const creator = (name: string): string =>
  toHtml(
    { type: "element", tagName: "dc:creator", properties: {}, children: [{ type: "text", value: name }] },
    { characterReferences: { useNamedReferences: true } },
  );

export const GET: APIRoute = async () => {
  const site = await loadSite();
  const { settings, words } = site;
  const feed = await getRssString({
    title: settings.title,
    description: settings.description || settings.title,
    site: absolute(paths.home),
    xmlns: { dc: "http://purl.org/dc/elements/1.1/" },
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
          categories: [words.texts.pages.posts.kind[post.kind], ...post.tags],
          customData: post.authors.map(creator).join(""),
          content: await readForFeed(post),
        })),
    ),
    customData: `<language>${settings.locale}</language>`,
  });
  return new Response(feed.replace(unsayable, " "), { headers: { "content-type": "application/xml" } });
};
