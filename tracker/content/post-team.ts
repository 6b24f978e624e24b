import { type Sprint, type SprintName, sprintName } from "../core/model/sprint.ts";
import { ContentError } from "../errors.ts";
import type { Post } from "./parse.ts";

type Named = Pick<Sprint, "number" | "team">;

/** What the sprint of a post is called; null: it belongs to none. */
export const sprintOfPost = ({ sprint, team }: Pick<Post, "sprint" | "team">): SprintName | null =>
  sprint === null ? null : sprintName({ number: sprint, ...(team === undefined ? {} : { team }) });

/**
 * The post with the team of its sprint. A number alone means the sprint that has no team, or the only one of that number.
 * Throws ContentError `post-sprint-unclear` where several teams have it.
 */
export function withTeam(post: Post, sprints: readonly Named[]): Post {
  if (post.sprint === null || post.team !== undefined) return post;
  const teams = new Set(sprints.filter(({ number }) => number === post.sprint).map(({ team }) => team));
  const [only] = teams;
  if (teams.has(undefined) || only === undefined) return post;
  if (teams.size === 1) return { ...post, team: only };
  throw new ContentError(
    "post-sprint-unclear",
    post.file,
    `sprint: several teams have a sprint ${post.sprint}: ${[...teams].join(", ")}`,
    { hint: `Say whose it is, in the line below: team: ${only}` },
  );
}
