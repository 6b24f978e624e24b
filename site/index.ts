import { join, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import sitemap from "@astrojs/sitemap";
import type { AstroConfig, AstroIntegration } from "astro";
import { contentWarnings, liveOf, readContent, readSettings, warningText } from "sprintcast/content";
import { safeText } from "sprintcast/format";
import { dayOf } from "sprintcast/report";
import { assembleSite } from "./data/assemble.ts";
import { handOver } from "./data/handover.ts";
import { configModule, type SiteConfig } from "./integration/config-module.ts";
import { loadedByNode } from "./integration/loaded-by-node.ts";
import { overridePlugin, resolveOverrides } from "./integration/overrides.ts";
import { hasOwn, routesIn } from "./integration/routes.ts";
import { searchIndex } from "./integration/search-index.ts";
import { wholeSite } from "./integration/whole-site.ts";
import { placeOf } from "./view-models/urls.ts";

export interface SprintcastOptions {
  /** The content folder, from the project's root. Default: `content`; SPRINTCAST_CONTENT wins. */
  content?: string;
  /** Components replaced by the team's own: `{ Header: "./src/Header.astro" }`, paths from the project's root. */
  components?: Record<string, string>;
}

const here = import.meta.dirname;
const folder = (path: string) => pathToFileURL(`${path}${sep}`);

/**
 * The sprint reviews' website as an Astro integration: its pages, feeds, pictures and search index, made of the
 * content folder. Where it is published comes from SPRINTCAST_URL, else Astro's `site` and `base`, else `url` in
 * content/settings.yml. A page or public file of the team's own takes the place of ours at the same address.
 * @throws ContentError where settings or options say something wrong
 */
export default function sprintcast(options: SprintcastOptions = {}): AstroIntegration {
  let content = "";
  return {
    name: "@sprintcast/site",
    hooks: {
      "astro:config:setup": async ({ config, updateConfig, injectRoute, addWatchFile, logger }) => {
        const root = fileURLToPath(config.root);
        const { env } = process;
        content = resolve(root, env.SPRINTCAST_CONTENT ?? options.content ?? "content");
        const cache = resolve(root, env.SPRINTCAST_CACHE ?? ".sprintcast");
        const settings = await readSettings(content);
        addWatchFile(join(content, "settings.yml"));
        const components = join(here, "components");
        const overrides = resolveOverrides(options.components ?? {}, components, root);

        updateConfig({
          ...whereOf(config, env.SPRINTCAST_URL, settings.url),
          ...(env.SPRINTCAST_OUT ? { outDir: folder(resolve(root, env.SPRINTCAST_OUT)) } : {}),
          cacheDir: folder(join(cache, "astro")),
          trailingSlash: "always",
          // Nothing inline: the pages' policy allows neither inline styles nor inline scripts.
          build: { inlineStylesheets: "never", assets: "assets", concurrency: 4 },
          devToolbar: { enabled: false },
          vite: viteOptions(
            { content, cache, publicDir: fileURLToPath(config.publicDir) },
            overridePlugin(overrides, components),
          ),
        });
        addIntegrations(config, cache);

        const own = {
          pages: join(fileURLToPath(config.srcDir), "pages"),
          public: fileURLToPath(config.publicDir),
        };
        for (const { pattern, entrypoint } of routesIn(join(here, "pages"))) {
          if (pattern.startsWith("/live") && liveOf(settings) === null) continue;
          if (hasOwn(own, pattern)) logger.info(`${pattern}: the project's own`);
          else injectRoute({ pattern, entrypoint, prerender: true });
        }
      },
      "astro:build:start": async ({ logger }) => {
        const read = await readContent(content);
        const today = dayOf(Date.now(), read.settings.timeZone);
        for (const warning of contentWarnings(read, today)) logger.warn(safeText(warningText(warning)));
        handOver(content, await assembleSite(read, Date.now()));
      },
      // The open pages reload when a file of the team's content changes (astro dev).
      "astro:server:setup": ({ server }) => {
        server.watcher.add(content);
        server.watcher.on("all", (_event, path) => {
          if (path.startsWith(join(content, sep))) server.ws.send({ type: "full-reload" });
        });
      },
    },
  };
}

/** Where the site is published. An address that the project configures itself is left alone. */
function whereOf(config: AstroConfig, asked: string | undefined, settings: string | undefined) {
  if (asked === undefined && config.site !== undefined) return {};
  return placeOf(asked ?? settings);
}

function viteOptions(config: SiteConfig, overrides: ReturnType<typeof overridePlugin>) {
  return {
    plugins: [configModule(config), overrides, loadedByNode()],
    build: { assetsInlineLimit: 0 },
    // The build must not depend on which version of a package npm happens to hoist.
    environments: { prerender: { resolve: { noExternal: ["cookie"] } } },
    cacheDir: join(config.cache, "vite"),
  };
}

/** Ours come right behind this one, and last of all what moves the finished site; a sitemap that the project has set up itself stays the only one. */
function addIntegrations(config: AstroConfig, cache: string): void {
  const at = config.integrations.findIndex(({ name }) => name === "@sprintcast/site");
  const has = config.integrations.some(({ name }) => name === "@astrojs/sitemap");
  const listed = (page: string) => !/\/(search|404|embed|figures)\/$/.test(page);
  config.integrations.splice(at + 1, 0, ...(has ? [] : [sitemap({ filter: listed })]), searchIndex());
  config.integrations.push(wholeSite(cache));
}
