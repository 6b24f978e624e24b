import { readFile } from "node:fs/promises";
import type { APIRoute, GetStaticPaths } from "astro";
import { loadFiles, type TeamFile } from "../../data/files.ts";

/** Pictures and papers that lie beside the posts, each once. */
export const getStaticPaths: GetStaticPaths = async () => {
  const files = [...(await loadFiles()).values()];
  const byName = new Map(files.map((file) => [file.name, file]));
  return [...byName.values()].map((file) => ({ params: { name: file.name }, props: { file } }));
};

export const GET: APIRoute<{ file: TeamFile }> = async ({ props }) =>
  new Response(new Uint8Array(await readFile(props.file.file)));
