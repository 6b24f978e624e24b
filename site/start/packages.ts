import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * Folder of an installed package, as seen from `from` (a folder), else from here.
 * @throws where the package is not installed
 */
export function packageFolder(name: string, from: string = import.meta.dirname): string {
  return dirname(createRequire(join(from, "package.json")).resolve(`${name}/package.json`));
}
