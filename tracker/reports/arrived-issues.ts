import { instantText } from "../core/model/days.ts";
import type { Repositories } from "../core/model/repositories.ts";
import type { History } from "../store/store.ts";

/**
 * That what an issue was before it arrived is not known, a sentence without a full stop. Holds a title of GitHub's: not
 * safe for a terminal as it is.
 */
export function arrivedSentence(
  history: Pick<History, "issue">,
  { issue, at }: { issue: number; at: number },
  { issueName }: Pick<Repositories, "issueName">,
): string {
  const title = history.issue(issue)?.title ?? "";
  return `${issueName(issue)} "${title}" came from another repository at ${instantText(at)}, and GitHub does not show its events until then: what it was before is inferred`;
}
