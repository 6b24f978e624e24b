import type { VitePlugin } from "./config-module.ts";

/**
 * Leaves what the integration has loaded already, and what draws pictures, to Node: bundling them for the pages of each
 * build takes longer than loading them. They are found from here, wherever npm has put them.
 */
export function loadedByNode(): VitePlugin {
  return {
    name: "sprintcast-loaded-by-node",
    apply: "build",
    enforce: "pre",
    applyToEnvironment: ({ name }) => name === "prerender",
    resolveId: {
      filter: { id: /^(?:sprintcast(?:\/|$)|satori$)/ },
      handler: (source) => ({ id: import.meta.resolve(source), external: "absolute" }),
    },
  };
}
