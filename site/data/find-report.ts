import { type Post, sprintOfPost } from "sprintcast/content";
import { type Report, sprintName } from "sprintcast/report";
import { latestReview } from "../view-models/posts.ts";
import type { Site } from "./assemble.ts";

/** The report of the sprint that a post belongs to. */
export function reportOf(site: Site, post: Pick<Post, "sprint" | "team"> | null): Report | null {
  const name = post && sprintOfPost(post);
  return site.reports.find(({ sprint }) => sprintName(sprint) === name) ?? null;
}

/** What the front page shows: the report of the newest review's sprint, if it has one; without such a review the last. */
export function frontReport(site: Site): Report | null {
  const review = latestReview(site.posts);
  return review === undefined || review.sprint === null
    ? (site.reports.at(-1) ?? null)
    : reportOf(site, review);
}
