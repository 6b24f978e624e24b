import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { APIRoute, GetStaticPaths } from "astro";
import { contentDir } from "../data/folders.ts";
import { loadSite } from "../data/site.ts";
import { logoPath } from "../view-models/urls.ts";

/** The team's own logo, where settings name one. */
export const getStaticPaths: GetStaticPaths = async () => {
  const { logo } = (await loadSite()).settings;
  return logo ? [{ params: { ending: logoPath(logo).slice("/logo".length) }, props: { logo } }] : [];
};

export const GET: APIRoute<{ logo: string }> = async ({ props }) =>
  new Response(new Uint8Array(await readFile(join(contentDir(), props.logo))));
