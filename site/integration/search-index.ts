import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import * as pagefind from "pagefind";
import { counted } from "sprintcast/format";

/** Indexes the built pages for search once Astro has written them; the index lies in `dist/pagefind`. */
export function searchIndex(): AstroIntegration {
  return {
    name: "sprintcast-search",
    hooks: {
      "astro:build:done": async ({ dir, logger }) => {
        const { index, errors } = await pagefind.createIndex({});
        if (!index) throw new Error(`Search index: ${errors.join("; ")}`);
        try {
          const path = fileURLToPath(dir);
          const added = await index.addDirectory({ path });
          const { files, errors } = await index.getFiles();
          const failed = [...added.errors, ...errors];
          if (failed.length > 0) throw new Error(`Search index: ${failed.join("; ")}`);
          await writeAll(join(path, "pagefind"), files);
          logger.info(`${counted(added.page_count, "page")} indexed for search`);
        } finally {
          await pagefind.close();
        }
      },
    },
  };
}

/** Pagefind's own writeFiles answers before its last file is on the disk, and is stopped by then: it may stay empty. */
async function writeAll(folder: string, files: { path: string; content: Uint8Array }[]): Promise<void> {
  for (const { path, content } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
