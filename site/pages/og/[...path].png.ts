import type { APIRoute, GetStaticPaths } from "astro";
import { cacheDir } from "../../data/folders.ts";
import { loadSite } from "../../data/site.ts";
import { drawPicture } from "../../og/draw-image.ts";
import type { Picture } from "../../og/og-image.ts";
import { picturesOf } from "../../og/og-images.ts";

/** For `astro dev` alone: a build draws them beside the pages, and adds them itself. */
export const getStaticPaths: GetStaticPaths = async () =>
  import.meta.env.DEV
    ? picturesOf(await loadSite()).map(({ path, picture }) => ({ params: { path }, props: { picture } }))
    : [];

export const GET: APIRoute<{ picture: Picture }> = async ({ props }) =>
  new Response(new Uint8Array(await drawPicture(props.picture, cacheDir("og"))), {
    headers: { "content-type": "image/png" },
  });
