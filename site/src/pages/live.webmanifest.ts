import type { APIRoute } from "astro";
import { href } from "../data/address.ts";
import { loadSite } from "../data/site.ts";
import { paths } from "../view/urls.ts";

/** Makes the live page installable on a phone; the rest of the site is pages to read and needs no app. */
export const GET: APIRoute = async () => {
  const { settings } = await loadSite();
  return Response.json({
    name: `${settings.title}: live`,
    short_name: "Live",
    start_url: href(paths.live),
    scope: href(paths.live),
    display: "standalone",
    background_color: "#14171a",
    theme_color: "#14171a",
    icons: [{ src: href("/icon.svg"), sizes: "any", type: "image/svg+xml" }],
  });
};
