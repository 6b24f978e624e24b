import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { entries, fileOf, isLeftOut } from "./entries.ts";

/** Of Rolldown, what is used here. It comes with Astro, and no package of ours asks for it. */
interface Rolldown {
  rolldown(options: object): Promise<{
    write(options: object): Promise<{ output: { fileName: string; moduleIds?: string[] }[] }>;
    close(): Promise<void>;
  }>;
}

export interface Made {
  /** Files that the bundle is made of, absolute. */
  inputs: string[];
  /** Files of the bundle, below its folder. */
  outputs: string[];
}

/**
 * Writes what the integration and the pages load into few files: hundreds take long to find and to read one by one.
 * `site`: the folder of this package.
 */
export async function makeBundle(site: string, folder: string): Promise<Made> {
  const { rolldown } = await rolldownOfAstro();
  const bundle = await rolldown({
    input: { hooks: join(site, `integration/hooks${extname(import.meta.filename)}`), ...entryFiles() },
    cwd: site,
    platform: "node",
    logLevel: "silent",
    tsconfig: false,
    plugins: [leftToNode, knowsItsPlace],
  });
  try {
    const { output } = await bundle.write({
      dir: folder,
      entryFileNames: "[name].mjs",
      chunkFileNames: "parts/[name]-[hash].mjs",
    });
    const inputs = output.flatMap(({ moduleIds = [] }) => moduleIds).filter((id) => !id.startsWith("\0"));
    return { inputs: [...new Set(inputs)].sort(), outputs: output.map(({ fileName }) => fileName).sort() };
  } finally {
    await bundle.close();
  }
}

/** Astro's own, already loaded: finding it fails where a package manager hides it, and then there is no bundle. */
async function rolldownOfAstro(): Promise<Rolldown> {
  const ofAstro = createRequire(createRequire(import.meta.url).resolve("astro/package.json"));
  const ofVite = createRequire(ofAstro.resolve("vite/package.json"));
  return (await import(pathToFileURL(ofVite.resolve("rolldown")).href)) as Rolldown;
}

const entryFiles = (): Record<string, string> => Object.fromEntries(entries.map((id) => [fileOf(id), id]));

const leftToNode = {
  name: "left-to-node",
  resolveId: {
    filter: { id: isLeftOut },
    async handler(
      this: { resolve(id: string, from?: string, options?: object): Promise<{ id: string } | null> },
      source: string,
      importer: string | undefined,
    ) {
      const found = await this.resolve(source, importer, { skipSelf: true });
      return found === null ? null : { id: pathToFileURL(found.id).href, external: "absolute" };
    },
  },
};

/** Files that look for others from where they lie still do when they are part of a bundle. */
const knowsItsPlace = {
  name: "knows-its-place",
  transform: {
    filter: { code: /\bimport\.meta\.(url|dirname|filename)\b/ },
    handler(code: string, id: string) {
      const url = JSON.stringify(pathToFileURL(id).href);
      return code.replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_all, what: string) =>
        what === "url" ? url : JSON.stringify(what === "filename" ? id : join(id, "..")),
      );
    },
  },
};
