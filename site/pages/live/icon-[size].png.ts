import { Resvg } from "@resvg/resvg-js";
import { renderLiveIcon } from "@sprintcast/demo/view/live-manifest";
import type { APIRoute, GetStaticPaths } from "astro";
import { loadSite } from "../../data/site.ts";
import { liveColours } from "../../view-models/live-colours.ts";

/** Some phones install no page without PNG icons of these sizes. */
export const getStaticPaths: GetStaticPaths = () => ["192", "512"].map((size) => ({ params: { size } }));

export const GET: APIRoute = async ({ params }) => {
  const { settings } = await loadSite();
  const icon = new Resvg(renderLiveIcon(liveColours(settings.theme)), {
    fitTo: { mode: "width", value: Number(params.size) },
  });
  return new Response(new Uint8Array(icon.render().asPng()), { headers: { "content-type": "image/png" } });
};
