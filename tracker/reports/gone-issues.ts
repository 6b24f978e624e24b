import { instantText } from "../core/model/days.ts";
import type { Sighting } from "../core/model/page.ts";
import type { Repositories } from "../core/model/repositories.ts";
import type { History } from "../store/store.ts";

/**
 * What became of an issue that is gone, a sentence without a full stop. Holds a title of GitHub's: not safe for a
 * terminal as it is.
 */
export function goneSentence(
  store: History,
  { issue, at, since, found, to }: Sighting,
  { issueName, keyOf }: Pick<Repositories, "issueName" | "keyOf">,
): string {
  const title = store.issue(issue)?.title ?? "";
  const how = found === "transferred" ? `transferred to ${to ?? "another repository"}` : "deleted";
  const [, repository = "", number = ""] = /^(.+)#(\d+)$/.exec(to ?? "") ?? [];
  const isOurs = keyOf(repository, Number(number)) !== null;
  const left = isOurs
    ? "it counts there, with its past"
    : "it is on no board since then, and keeps its history";
  return `${issueName(issue)} "${title}" was ${how} between ${instantText(since)} and ${instantText(at)}: ${left}`;
}
