import { join, resolve } from "node:path";

/** Where the team's content lies: SPRINTCAST_CONTENT, else `content` in the working directory. */
export function contentDir(): string {
  return resolve(process.env.SPRINTCAST_CONTENT ?? "content");
}

/** What is kept between builds, all of it rebuildable: SPRINTCAST_CACHE, else `.sprintcast`. */
export function cacheDir(name: string): string {
  return join(resolve(process.env.SPRINTCAST_CACHE ?? ".sprintcast"), name);
}
