import type { ViteUserConfig } from "astro";

export type VitePlugin = Extract<NonNullable<ViteUserConfig["plugins"]>[number], { name: string }>;

/** What the integration tells the pages. */
export interface SiteConfig {
  /** The team's content folder, absolute. */
  content: string;
  /** What is kept between builds and can be rebuilt, absolute. */
  cache: string;
  /** The project's public folder, absolute. */
  publicDir: string;
}

const id = "virtual:sprintcast/config";

/** The pages' way to the integration's options: `import { content } from "virtual:sprintcast/config"`. */
export function configModule(config: SiteConfig): VitePlugin {
  return {
    name: "sprintcast-config",
    resolveId: { filter: { id: new RegExp(`^${id}$`) }, handler: () => `\0${id}` },
    load: {
      filter: { id: new RegExp(`^\0${id}$`) },
      handler: () =>
        Object.entries(config)
          .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
          .join("\n"),
    },
  };
}
