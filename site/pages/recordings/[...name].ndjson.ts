import { readFile } from "node:fs/promises";
import type { APIRoute, GetStaticPaths } from "astro";
import { recordings } from "../../data/recordings.ts";

export const getStaticPaths: GetStaticPaths = async () =>
  (await recordings()).map(({ name, file }) => ({ params: { name }, props: { file } }));

export const GET: APIRoute<{ file: string }> = async ({ props }) =>
  new Response(new Uint8Array(await readFile(props.file)), {
    headers: { "content-type": "application/x-ndjson" },
  });
