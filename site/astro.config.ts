import { fileURLToPath } from "node:url";
import sitemap from "@astrojs/sitemap";
import { defineConfig } from "astro/config";
import { readSettings } from "../tracker/content/read.ts";
import { searchIndex, watchContent } from "./publish.ts";
import { cacheDir, contentDir } from "./src/data/folders.ts";
import { placeOf } from "./src/view/urls.ts";

const settings = await readSettings(contentDir());
const { site, base } = placeOf(process.env.SPRINTCAST_URL ?? settings.url);
const outside = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export default defineConfig({
  site,
  base,
  outDir: process.env.SPRINTCAST_OUT ?? outside("dist"),
  cacheDir: cacheDir("astro"),
  trailingSlash: "always",
  // Nothing inline: the pages' policy allows neither inline styles nor inline scripts.
  build: { inlineStylesheets: "never", assets: "assets", concurrency: 4 },
  integrations: [
    sitemap({ filter: (page) => !/\/(search|404|embed)\/$/.test(page) }),
    searchIndex(),
    watchContent(contentDir()),
  ],
  devToolbar: { enabled: false },
  vite: {
    build: { assetsInlineLimit: 0 },
    // The build must not depend on which version of a package npm happens to hoist.
    environments: { prerender: { resolve: { noExternal: ["cookie"] } } },
    cacheDir: cacheDir("vite"),
  },
});
