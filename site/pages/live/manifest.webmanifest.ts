import { renderLiveManifest } from "@sprintcast/demo/view/live-manifest";
import type { APIRoute } from "astro";
import { loadSite } from "../../data/site.ts";
import { liveColours } from "../../view-models/live-colours.ts";

/** Makes the live page installable on a phone; the rest of the site is pages to read and needs no app. */
export const GET: APIRoute = async () => {
  const { settings, words } = await loadSite();
  const { app, title } = words.texts.frame.live;
  const { ground } = liveColours(settings.theme);
  const name = words.say(app, { site: settings.title });
  return new Response(renderLiveManifest({ name, shortName: title, background: ground, theme: ground }), {
    headers: { "content-type": "application/manifest+json" },
  });
};
