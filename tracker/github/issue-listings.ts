import { type Answer, addressOf, askStaying, createTrail, leads } from "./ask.ts";
import { currentName } from "./client.ts";
import { isClosedTo } from "./limits.ts";
import type { Asked } from "./pull-absences.ts";

/** Pages of what stands below one issue: `events` or `comments`. Returns why not all can be had, GitHub's status; null: all were. */
export type IssueListing = (issue: number, path: string) => AsyncGenerator<Answer, number | null>;

/**
 * Listings below single issues. GitHub leads from an issue that was transferred away to where it is now: what is listed
 * there is another repository's and is left, while a repository that was itself renamed is followed.
 */
export function issueListings({
  client,
  repository,
  isMoved,
}: Pick<Asked, "client" | "repository" | "isMoved">): IssueListing {
  let asked: string | null = null;
  const nameNow = async (): Promise<string> => {
    asked ??= (await currentName(client, repository)) ?? repository;
    return asked;
  };
  return async function* (issue, path) {
    const firstOf = (name: string) => addressOf(name, `issues/${issue}/${path}`, { per_page: "100" });
    let url: string | null = firstOf(isMoved() ? await nameNow() : repository);
    const pass = createTrail();
    while (url !== null) {
      pass(url);
      let answer = await askStaying(client, url);
      // A redirect is the issue's own only where the repository is still where it was.
      if (typeof answer === "number" && leads(answer) && asked === null) {
        const now = firstOf(await nameNow());
        if (now !== url) answer = await askStaying(client, now);
      }
      if (typeof answer === "number") return answer;
      yield answer;
      url = answer.next;
    }
    return null;
  };
}

/** Stands for a listing that the token may not see. */
export const closed = 403;

/** As `next`; what the token may not see ends the listing, too. */
export async function nextOf<T>(
  pages: AsyncGenerator<T, number | null>,
): Promise<IteratorResult<T, number | null>> {
  try {
    return await pages.next();
  } catch (error) {
    if (!isClosedTo(error)) throw error;
    return { done: true, value: closed };
  }
}
