import { join } from "node:path";
import { cache, content } from "virtual:sprintcast/config";

/** Where the team's content lies. */
export const contentDir = (): string => content;

/** What is kept between builds, all of it rebuildable. */
export const cacheDir = (name: string): string => join(cache, name);
