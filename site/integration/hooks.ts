import { join, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import sitemap from "@astrojs/sitemap";
import type { AstroConfig, HookParameters } from "astro";
import {
  contentWarnings,
  liveOf,
  readContent,
  readSettings,
  type SiteLink,
  siteLinks,
  warningText,
} from "sprintcast/content";
import { safeText } from "sprintcast/format";
import { dayOf } from "sprintcast/report";
import { assembleSite } from "../data/assemble.ts";
import { handOver } from "../data/handover.ts";
import { nowhere, placeOf } from "../view-models/urls.ts";
import { configModule, type SiteConfig, type VitePlugin } from "./config-module.ts";
import { linkPictures, picturesRoute } from "./link-pictures.ts";
import { loadedByNode } from "./loaded-by-node.ts";
import type { Loading } from "./loading.ts";
import { lostLinks } from "./lost-links.ts";
import type { SprintcastOptions } from "./options.ts";
import { overridePlugin, resolveOverrides } from "./overrides.ts";
import { hasOwn, routesIn } from "./routes.ts";
import { searchIndex } from "./search-index.ts";
import { wholeSite } from "./whole-site.ts";

const here = join(import.meta.dirname, "..");
const folder = (path: string) => pathToFileURL(`${path}${sep}`);

const noPlace = `Nobody says where the site is published, so its feed, calendar and sitemap name ${nowhere}: set url in content/settings.yml, or SPRINTCAST_URL.`;

export interface Hooks {
  setUp(setup: HookParameters<"astro:config:setup">): Promise<void>;
  startBuild(logger: HookParameters<"astro:build:start">["logger"]): Promise<void>;
  /** Adds what was made beside the pages, and names what only the built pages tell. */
  finishBuild(dir: URL, logger: HookParameters<"astro:build:done">["logger"]): Promise<void>;
  /** The open pages reload when a file of the team's content changes (astro dev). */
  watch(server: HookParameters<"astro:server:setup">["server"]): void;
}

/** What the integration does, and when. */
export function hooksOf(options: SprintcastOptions, loading: Loading): Hooks {
  let content = "";
  let links: SiteLink[] = [];
  const pictures = linkPictures(join(loading.cache, "og"));
  let drawsPictures = false;
  return {
    setUp: async ({ command, config, updateConfig, injectRoute, addWatchFile, logger }) => {
      const root = fileURLToPath(config.root);
      const { env } = process;
      content = resolve(root, env.SPRINTCAST_CONTENT ?? options.content ?? "content");
      const { cache } = loading;
      const settings = await readSettings(content);
      addWatchFile(join(content, "settings.yml"));
      const components = join(here, "components");
      const overrides = resolveOverrides(options.components ?? {}, components, root);
      const place = whereOf(config, env.SPRINTCAST_URL, settings.url);
      if (command === "build" && place.site === nowhere) logger.warn(noPlace);
      updateConfig({
        ...place,
        ...(env.SPRINTCAST_OUT ? { outDir: folder(resolve(root, env.SPRINTCAST_OUT)) } : {}),
        cacheDir: folder(join(cache, "astro")),
        trailingSlash: "always",
        // Nothing inline: the pages' policy allows neither inline styles nor inline scripts.
        build: { inlineStylesheets: "never", assets: "assets", concurrency: 4 },
        devToolbar: { enabled: false },
        vite: viteOptions({ content, cache, publicDir: fileURLToPath(config.publicDir) }, [
          overridePlugin(overrides, components),
          loadedByNode(here, loading),
        ]),
      });
      addIntegrations(config, cache);
      const own = {
        pages: join(fileURLToPath(config.srcDir), "pages"),
        public: fileURLToPath(config.publicDir),
      };
      for (const { pattern, entrypoint } of routesIn(join(here, "pages"))) {
        if (pattern.startsWith("/live") && liveOf(settings) === null) continue;
        if (hasOwn(own, pattern)) logger.info(`${pattern}: the project's own`);
        else {
          injectRoute({ pattern, entrypoint, prerender: true });
          if (pattern === picturesRoute) drawsPictures = true;
        }
      }
    },
    startBuild: async (logger) => {
      const read = await readContent(content);
      const today = dayOf(Date.now(), read.settings.timeZone);
      for (const warning of contentWarnings(read, today)) logger.warn(safeText(warningText(warning)));
      const site = await assembleSite(read, Date.now());
      if (drawsPictures) pictures.start(site);
      handOver(content, site);
      links = siteLinks(read, today);
    },
    finishBuild: async (dir, logger) => {
      await pictures.addTo(fileURLToPath(dir));
      for (const warning of await lostLinks(fileURLToPath(dir), links))
        logger.warn(safeText(warningText(warning)));
    },
    watch: (server) => {
      server.watcher.add(content);
      server.watcher.on("all", (_event, path) => {
        if (path.startsWith(join(content, sep))) server.ws.send({ type: "full-reload" });
      });
    },
  };
}

/** Where the site is published. What the project configures itself is left alone: the whole address, or the path alone. */
function whereOf(
  config: Pick<AstroConfig, "site" | "base">,
  asked: string | undefined,
  settings: string | undefined,
): { site?: string; base?: string } {
  if (asked !== undefined) return placeOf(asked);
  if (config.site !== undefined) return {};
  const { site, base } = placeOf(settings);
  return config.base === "/" ? { site, base } : { site };
}

function viteOptions(config: SiteConfig, plugins: VitePlugin[]) {
  return {
    plugins: [configModule(config), ...plugins],
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
  config.integrations.splice(at + 1, 0, ...(has ? [] : [sitemap({ filter: listed })]), searchIndex(cache));
  config.integrations.push(wholeSite(cache));
}
