import sitemap from "@astrojs/sitemap";
import { defineConfig } from "astro/config";
import { searchIndex, watchContent } from "./site/build-hooks.ts";
import { cacheDir, contentDir } from "./site/data/folders.ts";
import { placeOf } from "./site/view-models/urls.ts";
import { readSettings } from "./tracker/content/read.ts";

const settings = await readSettings(contentDir());
const { site, base } = placeOf(process.env.SPRINTCAST_URL ?? settings.url);

export default defineConfig({
  site,
  base,
  srcDir: "./site",
  publicDir: "./site/public",
  outDir: process.env.SPRINTCAST_OUT ?? "dist",
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
