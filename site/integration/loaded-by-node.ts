import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { entries, fileOf } from "./bundle/entries.ts";
import type { VitePlugin } from "./config-module.ts";
import type { Loading } from "./loading.ts";

/** Left to Node wherever it is asked for; of other packages a team may have a version of its own. */
const ours = /^(?:sprintcast(?:\/|$)|satori$)/;

/**
 * Leaves what the integration has loaded already, and what draws pictures, to Node: bundling them for the pages of each
 * build takes longer than loading them. They are found from `site`, wherever npm has put them.
 */
export function loadedByNode(site: string, { bundle, find }: Loading): VitePlugin {
  const bundled = new Set(bundle === null ? [] : entries);
  const address = (id: string) =>
    bundle !== null && bundled.has(id) ? pathToFileURL(join(bundle, `${fileOf(id)}.mjs`)).href : find(id);
  const isAskedByUs = (importer: string | undefined) => importer?.startsWith(join(site, sep)) === true;
  return {
    name: "sprintcast-loaded-by-node",
    apply: "build",
    enforce: "pre",
    applyToEnvironment: ({ name }) => name === "prerender",
    resolveId: {
      filter: { id: [ours, ...[...bundled].map((id) => new RegExp(`^${id}$`))] },
      handler: (source, importer) =>
        ours.test(source) || isAskedByUs(importer) ? { id: address(source), external: "absolute" } : null,
    },
  };
}
