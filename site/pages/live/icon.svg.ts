import { renderLiveIcon } from "@sprintcast/demo/view/live-manifest";
import type { APIRoute } from "astro";
import { loadSite } from "../../data/site.ts";
import { liveColours } from "../../view-models/live-colours.ts";

export const GET: APIRoute = async () => {
  const { settings } = await loadSite();
  return new Response(renderLiveIcon(liveColours(settings.theme)), {
    headers: { "content-type": "image/svg+xml" },
  });
};
