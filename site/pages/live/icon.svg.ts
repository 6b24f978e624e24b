import type { APIRoute } from "astro";
import { renderLiveIcon } from "../../../demo/view/live-manifest.ts";
import { loadSite } from "../../data/site.ts";
import { liveColours } from "../../view-models/live-colours.ts";

export const GET: APIRoute = async () => {
  const { settings } = await loadSite();
  return new Response(renderLiveIcon(liveColours(settings.theme)), {
    headers: { "content-type": "image/svg+xml" },
  });
};
