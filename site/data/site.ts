import type { Post, Settings } from "sprintcast/content";
import { readContent, sprintOfPost } from "sprintcast/content";
import { type Report, sprintName } from "sprintcast/report";
import { type PageWords, pageWords } from "../view-models/format.ts";
import { once } from "../view-models/once.ts";
import { latestReview } from "../view-models/posts.ts";
import { assembleSite, type Site } from "./assemble.ts";
import { contentDir } from "./folders.ts";
import { handedOver } from "./handover.ts";

export type { Post, Settings, Site };

const built = once(async () => handedOver(contentDir()) ?? (await readSite()));

/** Read once for a build, anew for each page while developing. Throws ContentError naming the file that is wrong. */
export function loadSite(): Promise<Site> {
  return import.meta.env.DEV ? readSite() : built();
}

/** The report of the sprint that a post belongs to. */
export function reportOf(site: Site, post: Pick<Post, "sprint" | "team"> | null): Report | null {
  const name = post && sprintOfPost(post);
  return site.reports.find(({ sprint }) => sprintName(sprint) === name) ?? null;
}

/** The site's words with dates in the zone of a report, where it is not the team's of today. */
export async function wordsFor({ timeZone }: { timeZone: string }): Promise<PageWords> {
  const { settings, words } = await loadSite();
  return timeZone === settings.timeZone ? words : pageWords(words, timeZone);
}

/** What the front page shows: the report of the newest review's sprint, if it has one; without such a review the last. */
export function frontReport(site: Site): Report | null {
  const review = latestReview(site.posts);
  return review === undefined || review.sprint === null
    ? (site.reports.at(-1) ?? null)
    : reportOf(site, review);
}

async function readSite(): Promise<Site> {
  return assembleSite(await readContent(contentDir()), Date.now());
}
