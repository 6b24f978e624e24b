import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { ContentError } from "sprintcast/errors";
import type { VitePlugin } from "./config-module.ts";

/** Names of the components that a team can replace by its own: those of this folder. */
export function componentNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".astro"))
    .map((file) => basename(file, ".astro"))
    .sort();
}

/**
 * The team's files by component name, as absolute paths.
 * @throws ContentError for a name that is no component, or a file that does not exist
 */
export function resolveOverrides(
  components: Record<string, string>,
  folder: string,
  root: string,
): Map<string, string> {
  const known = componentNames(folder);
  return new Map(
    Object.entries(components).map(([name, path]) => {
      const where = `components.${name}`;
      if (!known.includes(name))
        throw new ContentError(
          "component-unknown",
          "astro.config.mjs",
          `${where}: there is no such component`,
          {
            hint: `These can be replaced: ${known.join(", ")}.`,
          },
        );
      const file = resolve(root, path);
      if (!statSync(file, { throwIfNoEntry: false })?.isFile())
        throw new ContentError("component-missing", "astro.config.mjs", `${where}: ${path} does not exist`, {
          hint: "Paths begin at the project's folder, such as ./src/Header.astro.",
        });
      return [name, file];
    }),
  );
}

/**
 * Answers our own imports of a component with the team's file. Imports by the team, such as of the component it
 * replaces, still reach ours.
 */
export function overridePlugin(overrides: ReadonlyMap<string, string>, folder: string): VitePlugin {
  const own = dirname(folder);
  return {
    name: "sprintcast-overrides",
    enforce: "pre",
    resolveId: {
      // Every call from the bundler takes time, and there are thousands of imports.
      filter: { id: /^\..*\.astro$/ },
      handler(source, importer) {
        const [from] = importer?.split("?") ?? [];
        if (from === undefined || !from.startsWith(join(own, "/"))) return null;
        const target = resolve(dirname(from), source);
        return dirname(target) === folder ? (overrides.get(basename(target, ".astro")) ?? null) : null;
      },
    },
  };
}
