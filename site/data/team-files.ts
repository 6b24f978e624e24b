import { createHash } from "node:crypto";
import { createReadStream, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, extname, join, sep } from "node:path";
import { imageSize } from "image-size";
import { slugOf } from "sprintcast/content";
import type { PublishedFile } from "../prose/links.ts";

/** A file of the team's as it is published: by its name and a digest of what it holds, so that no two get in each other's way. */
export interface TeamFile extends PublishedFile {
  name: string;
  /** Where it lies. */
  file: string;
}

/** Bytes that a file system takes for a name. */
const longestFileName = 255;

/** These files as they are published, by where they lie. */
export async function teamFiles(linked: readonly string[]): Promise<Map<string, TeamFile>> {
  const files = new Map<string, TeamFile>();
  for (const file of linked) {
    const ending = extname(file).toLowerCase();
    const digest = `-${(await digestOf(file)).slice(0, 8)}`;
    const room = longestFileName - Buffer.byteLength(digest + ending);
    const name = `${slugOf(basename(file, extname(file)), room)}${digest}${ending}`;
    const found = pictures.has(ending) ? measure(await readFile(file), ending) : noPicture;
    files.set(file, { name, file, path: `/files/${name}`, ...found });
  }
  return files;
}

/** Read piece by piece: a recording may be larger than the memory. */
async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest("hex");
}

/** A file of the project's public folder, which Astro copies as it is; undefined: there is none at that path. */
export function publicFileIn(folder: string, path: string): PublishedFile | undefined {
  const file = join(folder, path);
  if (!file.startsWith(join(folder, sep)) || !isFile(file)) return undefined;
  const ending = extname(file).toLowerCase();
  return { path, ...(pictures.has(ending) ? measure(readFileSync(file), ending) : noPicture) };
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

const noPicture = { size: null, isPicture: false };
const pictures = new Set([".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"]);

function measure(bytes: Uint8Array, ending: string): Pick<PublishedFile, "size" | "isPicture"> {
  try {
    const { width, height, orientation = 1 } = imageSize(bytes);
    // From 5 on a camera was held upright: browsers turn the picture.
    return { size: orientation < 5 ? { width, height } : { width: height, height: width }, isPicture: true };
  } catch {
    return { size: null, isPicture: ending === ".svg" };
  }
}
