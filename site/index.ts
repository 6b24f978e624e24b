import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { AstroIntegration } from "astro";
import { bundleFor } from "./integration/bundle/kept.ts";
import type { Hooks } from "./integration/hooks.ts";
import type { Loading } from "./integration/loading.ts";
import type { SprintcastOptions } from "./integration/options.ts";

export type { SprintcastOptions };

const here = import.meta.dirname;

/**
 * The sprint reviews' website as an Astro integration: its pages, feeds, pictures and search index, made of the
 * content folder. Where it is published comes from SPRINTCAST_URL, else Astro's `site` and `base`, else `url` in
 * content/settings.yml. A page or public file of the team's own takes the place of ours at the same address.
 * @throws ContentError where settings or options say something wrong
 */
export default function sprintcast(options: SprintcastOptions = {}): AstroIntegration {
  let hooks: Hooks | undefined;
  return {
    name: "@sprintcast/site",
    hooks: {
      "astro:config:setup": async (setup) => {
        const cache = resolve(
          fileURLToPath(setup.config.root),
          process.env.SPRINTCAST_CACHE ?? ".sprintcast",
        );
        // Astro shows it with --verbose: the build takes longer, and is the same.
        const told = (cause: unknown) => setup.logger.debug(`modules are loaded one by one: ${cause}`);
        hooks = await loadHooks(options, cache, setup.command === "build", told);
        await hooks.setUp(setup);
      },
      "astro:build:start": async ({ logger }) => hooks?.startBuild(logger),
      "astro:build:done": async ({ dir, logger }) => hooks?.finishBuild(dir, logger),
      "astro:server:setup": ({ server }) => hooks?.watch(server),
    },
  };
}

/** What works is loaded here and not above: for a build, from a bundle. */
async function loadHooks(
  options: SprintcastOptions,
  cache: string,
  isBuild: boolean,
  told: (cause: unknown) => void,
): Promise<Hooks> {
  const loading: Loading = { cache, bundle: null, find: (id) => import.meta.resolve(id) };
  const bundle = isBuild ? await bundleFor(here, cache, told) : null;
  if (bundle !== null)
    try {
      const bundled = await import(pathToFileURL(join(bundle, "hooks.mjs")).href);
      return (bundled as typeof import("./integration/hooks.ts")).hooksOf(options, { ...loading, bundle });
    } catch (cause) {
      // Whatever is wrong with it, there is what it was made of.
      told(cause);
    }
  const { hooksOf } = await import("./integration/hooks.ts");
  return hooksOf(options, loading);
}
