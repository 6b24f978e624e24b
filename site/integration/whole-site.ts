import { rmSync, statSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { AstroIntegration } from "astro";
import { keepBase } from "./built-base.ts";
import { isRunning } from "./is-running.ts";
import { putBack, swapIn } from "./swap-in.ts";

const prefix = "site-";
/** How old an abandoned folder must be: another machine, whose processes nobody sees here, may share the disk. */
const abandonedAfter = 3_600_000;

/**
 * Astro empties the folder of built pages before it knows whether the build succeeds. With this, a build goes into a
 * folder of its own under `cache` and takes the place of the former site once it is whole; one that fails leaves the
 * former site as it is. It comes last, so that what other integrations add is moved, too.
 */
export function wholeSite(cache: string): AstroIntegration {
  const folder = join(cache, "building");
  const staged = join(folder, `${prefix}${process.pid}`);
  let out = "";
  let base = "/";
  const clear = () => rmSync(staged, { recursive: true, force: true });
  return {
    name: "sprintcast-whole-site",
    hooks: {
      "astro:config:setup": async ({ command, config, updateConfig }) => {
        if (command !== "build") return;
        out = fileURLToPath(config.outDir).replace(/[/\\]+$/, "");
        await putBack(out);
        await removeAbandoned(folder);
        process.once("exit", clear);
        updateConfig({ outDir: pathToFileURL(`${staged}${sep}`) });
      },
      "astro:config:done": ({ config }) => {
        base = config.base;
      },
      "astro:build:done": async ({ logger }) => {
        await swapIn(staged, out);
        await keepBase(cache, base);
        process.removeListener("exit", clear);
        logger.info(`The whole site is in ${relative(process.cwd(), out) || basename(dirname(out))}`);
      },
    },
  };
}

/** Folders of builds that were killed. */
async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(prefix))) {
    const path = join(folder, name);
    const begun = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
    const isOld = Date.now() - begun > abandonedAfter;
    if (isOld && !isRunning(Number(name.slice(prefix.length))))
      await rm(path, { recursive: true, force: true });
  }
}
