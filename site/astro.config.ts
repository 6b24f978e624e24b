import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sitemap from "@astrojs/sitemap";
import { defineConfig } from "astro/config";
import { searchIndex } from "./publish.ts";

const outside = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export default defineConfig({
  site: process.env.SPRINTCAST_URL ?? "https://example.org",
  base: process.env.SPRINTCAST_BASE ?? "/",
  outDir: process.env.SPRINTCAST_OUT ?? outside("dist"),
  cacheDir: join(process.env.SPRINTCAST_CACHE ?? outside(".sprintcast"), "astro"),
  trailingSlash: "always",
  build: { inlineStylesheets: "never", assets: "assets" },
  integrations: [sitemap({ filter: (page) => !/\/(search|404)\/$/.test(page) }), searchIndex()],
  devToolbar: { enabled: false },
  vite: {
    build: { assetsInlineLimit: 0 },
    // The build must not depend on which version of a package npm happens to hoist.
    environments: { prerender: { resolve: { noExternal: ["cookie"] } } },
  },
});
