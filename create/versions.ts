import { createRequire } from "node:module";

/** Of this package, and so of the packages that it sets up: they are released together. */
export const { version } = createRequire(import.meta.url)("./package.json") as { version: string };

/** Exact: the site is tested with this release. A test holds it to the one in the lock file. */
export const astroVersion = "7.3.4";
