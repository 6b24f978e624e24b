import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, extname, join, sep } from "node:path";
import { publicDir } from "virtual:sprintcast/config";
import { imageSize } from "image-size";
import { slugOf } from "sprintcast/content";
import type { PublishedFile } from "../prose/links.ts";
import { once } from "../view-models/once.ts";
import { loadSite } from "./site.ts";

/** A file of the team's as it is published: by its name and a digest of what it holds, so that no two get in each other's way. */
export interface TeamFile extends PublishedFile {
  name: string;
  bytes: Buffer;
}

const read = once(readFiles);

/** Files that the published texts show or link to, by their path under content/. */
export const loadFiles = (): Promise<Map<string, TeamFile>> => (import.meta.env.DEV ? readFiles() : read());

async function readFiles(): Promise<Map<string, TeamFile>> {
  const { linked } = await loadSite();
  const files = new Map<string, TeamFile>();
  for (const file of linked) {
    const bytes = await readFile(file);
    const ending = extname(file).toLowerCase();
    const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
    const name = `${slugOf(basename(file, extname(file)))}-${digest}${ending}`;
    files.set(file, { name, bytes, path: `/files/${name}`, ...measure(bytes, ending) });
  }
  return files;
}

/** A file of the project's public folder, which Astro copies as it is. */
export function publicFileAt(path: string): PublishedFile | undefined {
  const file = join(publicDir, path);
  if (!file.startsWith(join(publicDir, sep)) || !existsSync(file)) return undefined;
  return { path, ...measure(readFileSync(file), extname(file).toLowerCase()) };
}

const pictures = new Set([".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"]);

function measure(bytes: Uint8Array, ending: string): Pick<PublishedFile, "size" | "isPicture"> {
  if (!pictures.has(ending)) return { size: null, isPicture: false };
  try {
    const { width, height, orientation = 1 } = imageSize(bytes);
    // From 5 on a camera was held upright: browsers turn the picture.
    return { size: orientation < 5 ? { width, height } : { width: height, height: width }, isPicture: true };
  } catch {
    return { size: null, isPicture: ending === ".svg" };
  }
}
