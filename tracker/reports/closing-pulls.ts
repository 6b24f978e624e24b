import type { ClosingPull, ClosingPulls } from "../core/model/notes.ts";
import type { Sprint } from "../core/model/sprint.ts";
import { issuesClosed } from "../core/report/closing.ts";
import type { Archive } from "./archive.ts";

/** A pull request may be merged this long before its issue is closed, by hand, say. */
const leeway = 90 * 24 * 3_600_000;

/** Pull requests merged before the sprint's end. */
export function closingPulls(archive: Archive, { start, end }: Sprint): ClosingPulls {
  const { store, repositories, content } = archive;
  const closed = store.issuesChanging({ state: "closed", of: "pulls" }, { from: start - leeway, to: end });
  const byIssue = new Map<string, ClosingPull[]>();
  const authors = new Map<string, string>();
  for (const { number, intervals, url, author } of store.timelines({ numbers: closed, pullRequests: true })) {
    if (!intervals.some(({ attribute, from }) => attribute === "merged" && from < end)) continue;
    const shown = store.issue(number);
    if (shown === null) continue;
    const pull = { name: repositories.issueName(number), url: content.settings.links ? url : "", author };
    if (author !== null) authors.set(pull.name, author);
    for (const issue of issuesClosed(shown, repositories)) {
      const name = repositories.issueName(issue);
      byIssue.set(name, [...(byIssue.get(name) ?? []), pull]);
    }
  }
  return { byIssue, authors };
}
