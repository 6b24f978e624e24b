import { isoOf } from "../core/model/days.ts";
import type { Sighting } from "../core/model/page.ts";
import type { Store } from "../store/store.ts";

/**
 * What became of an issue that is gone, a sentence without a full stop. Holds a title of GitHub's: not safe for a
 * terminal as it is.
 */
export function goneSentence(store: Store, { issue, at, since, found }: Sighting): string {
  const title = store.issue(issue)?.title ?? "";
  const how = found === "transferred" ? "transferred to another repository" : "deleted";
  return `#${issue} "${title}" was ${how} between ${isoOf(since)} and ${isoOf(at)}: it is on no board since then, and keeps its history`;
}
