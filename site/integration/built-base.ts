import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const fileIn = (cache: string): string => join(cache, "site.base");

/** Notes below which path of their host the pages that were just built link each other: "/", "/repo/". */
export function keepBase(cache: string, base: string): Promise<void> {
  const bare = base.replace(/^\/+|\/+$/g, "");
  return writeFile(fileIn(cache), bare === "" ? "/" : `/${bare}/`);
}

/** The base of the site that was built last with this cache. */
export const keptBase = (cache: string): Promise<string> => readFile(fileIn(cache), "utf8").catch(() => "/");
