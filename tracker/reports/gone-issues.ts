import { isoOf } from "../core/model/days.ts";
import type { Sighting } from "../core/model/page.ts";
import type { Repositories } from "../core/model/repositories.ts";
import type { History } from "../store/store.ts";

/**
 * What became of an issue that is gone, a sentence without a full stop. Holds a title of GitHub's: not safe for a
 * terminal as it is.
 */
export function goneSentence(
  store: History,
  { issue, at, since, found }: Sighting,
  { issueName }: Pick<Repositories, "issueName">,
): string {
  const title = store.issue(issue)?.title ?? "";
  const how = found === "transferred" ? "transferred to another repository" : "deleted";
  return `${issueName(issue)} "${title}" was ${how} between ${isoOf(since)} and ${isoOf(at)}: it is on no board since then, and keeps its history`;
}
