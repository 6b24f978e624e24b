import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import * as pagefind from "pagefind";

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
          const written = await index.writeFiles({ outputPath: `${path}pagefind` });
          const failed = [...added.errors, ...written.errors];
          if (failed.length > 0) throw new Error(`Search index: ${failed.join("; ")}`);
          logger.info(`${added.page_count} pages indexed for search`);
        } finally {
          await pagefind.close();
        }
      },
    },
  };
}
