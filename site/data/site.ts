import type { Post, Settings } from "sprintcast/content";
import { readContent } from "sprintcast/content";
import { type PageWords, pageWords } from "../view-models/format.ts";
import { once } from "../view-models/once.ts";
import { assembleSite, type Site } from "./assemble.ts";
import { contentDir } from "./folders.ts";
import { handedOver } from "./handover.ts";

export { frontReport, reportOf } from "./find-report.ts";
export type { Post, Settings, Site };

const built = once(async () => handedOver(contentDir()) ?? (await readSite()));

/** Read once for a build, anew for each page while developing. Throws ContentError naming the file that is wrong. */
export function loadSite(): Promise<Site> {
  return import.meta.env.DEV ? readSite() : built();
}

/** The site's words with dates in the zone of a report, where it is not the team's of today. */
export async function wordsFor({ timeZone }: { timeZone: string }): Promise<PageWords> {
  const { settings, words } = await loadSite();
  return timeZone === settings.timeZone ? words : pageWords(words, timeZone);
}

async function readSite(): Promise<Site> {
  return assembleSite(await readContent(contentDir()), Date.now());
}
