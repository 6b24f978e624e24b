import { hash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import * as pagefind from "pagefind";
import { counted } from "sprintcast/format";
import { type KeptFile, keepFiles, keptFiles } from "./kept-files.ts";

/**
 * Indexes the built pages for search once Astro has written them; the index lies in `dist/pagefind`. Where no page has
 * changed, it is the one that was kept in `cache`.
 */
export function searchIndex(cache: string): AstroIntegration {
  return {
    name: "sprintcast-search",
    hooks: {
      "astro:build:done": async ({ dir, logger }) => {
        const path = fileURLToPath(dir);
        const kept = join(cache, "search-index");
        const pages = (await readdir(path, { recursive: true })).filter((name) => name.endsWith(".html"));
        const key = await keyOf(path, pages);
        const known = await keptFiles(kept, key);
        const files = known ?? (await indexOf(path, pages));
        await writeAll(join(path, "pagefind"), files);
        if (known === null) await keepFiles(kept, key, files);
        logger.info(`${counted(pages.length, "page")} indexed for search`);
      },
    },
  };
}

/** Of all that the index is made of: every page as it is, and which version of what reads them. */
async function keyOf(path: string, pages: readonly string[]): Promise<string> {
  const parts = [await readFile(join(import.meta.dirname, "../package.json"), "utf8")];
  for (const name of [...pages].sort()) parts.push(name, hash("sha256", await readFile(join(path, name))));
  return hash("sha256", parts.join("\n"));
}

async function indexOf(path: string, pages: readonly string[]): Promise<KeptFile[]> {
  const { index, errors } = await pagefind.createIndex({});
  if (!index) throw new Error(`Search index: ${errors.join("; ")}`);
  try {
    const failed: string[] = [];
    for (const page of [...pages].sort()) {
      const content = parted(await readFile(join(path, page), "utf8"));
      failed.push(...(await index.addHTMLFile({ sourcePath: page.replaceAll(sep, "/"), content })).errors);
    }
    const { files, errors } = await index.getFiles();
    failed.push(...errors);
    if (failed.length > 0) throw new Error(`Search index: ${failed.join("; ")}`);
    return files;
  } finally {
    await pagefind.close();
  }
}

/** Elements that may begin or end within a word: the weight, the kind or the link of a part of it. */
const withinWords =
  /^(a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|strong|sub|sup|u|var|wbr)$/i;

/**
 * A page whose cells, list items, labels and blocks have a space between them. Pagefind reads the words of two of them as
 * one word where none parts them, which nobody finds and nobody can read. Code keeps its own spaces.
 */
const parted = (html: string): string =>
  html
    .split(/(<pre[\s>].*?<\/pre>)/s)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/(?:<\/?[a-z][^<>]*>){2,}/gi, partedTags)))
    .join("");

/** Tags between which there is no word, with a space where one of them parts words; so do two links side by side. */
function partedTags(tags: string): string {
  const names = [...tags.matchAll(/<\/?([a-z][a-z0-9-]*)/gi)].map(([, name = ""]) => name);
  const isWithinWord = names.every((name) => withinWords.test(name)) && !/<\/a>.*<a[\s>]/is.test(tags);
  return isWithinWord ? tags : tags.replace(/(<\/[a-z][a-z0-9-]*>)(?=<)/i, "$1 ");
}

/** Pagefind's own writeFiles answers before its last file is on the disk, and is stopped by then: it may stay empty. */
async function writeAll(folder: string, files: readonly KeptFile[]): Promise<void> {
  const folders = new Set(files.map(({ path }) => dirname(join(folder, path))));
  for (const one of folders) await mkdir(one, { recursive: true });
  for (const { path, content } of files) await writeFile(join(folder, path), content);
}
