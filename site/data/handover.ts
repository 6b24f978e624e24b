import type { Site } from "./assemble.ts";

interface Handover {
  /** The content folder, absolute. */
  dir: string;
  site: Site;
}

// The pages are bundled apart from the integration: they share the process, and no module.
const place = Symbol.for("@sprintcast/site: what a build has read");
const shared = globalThis as { [place]?: Handover };

/** Hands what the integration has read to the pages of the same build, so that it is read once. */
export function handOver(dir: string, site: Site): void {
  shared[place] = { dir, site };
}

/** What was read of this folder for the build that is running; undefined: nothing. */
export function handedOver(dir: string): Site | undefined {
  return shared[place]?.dir === dir ? shared[place].site : undefined;
}
