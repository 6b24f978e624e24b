import type { APIRoute, GetStaticPaths } from "astro";
import { drawPicture } from "../../data/draw-picture.ts";
import { cacheDir } from "../../data/folders.ts";
import { picturesOf } from "../../data/pictures.ts";
import { loadSite } from "../../data/site.ts";
import type { Picture } from "../../view/og.ts";

export const getStaticPaths: GetStaticPaths = async () =>
  picturesOf(await loadSite()).map(({ path, picture }) => ({ params: { path }, props: { picture } }));

export const GET: APIRoute<{ picture: Picture }> = async ({ props }) =>
  new Response(new Uint8Array(await drawPicture(props.picture, cacheDir("og"))), {
    headers: { "content-type": "image/png" },
  });
