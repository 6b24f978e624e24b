import type { APIRoute } from "astro";
import { loadSite } from "../data/site.ts";
import { themeCss } from "../view-models/theme.ts";

export const GET: APIRoute = async () => {
  const { settings } = await loadSite();
  return new Response(themeCss(settings.theme), { headers: { "content-type": "text/css; charset=utf-8" } });
};
