import type { Content } from "../content/read.ts";
import type { EffortText } from "../core/model/event.ts";
import type { IssueTimeline } from "../core/model/interval.ts";
import type { Repositories } from "../core/model/repositories.ts";
import { issuesClosed } from "../core/report/closing.ts";
import { effortRules, parseSize } from "../core/report/estimate.ts";
import type { History } from "../store/store.ts";

/** Where a team's people say what they spent. */
export interface EffortTexts {
  /** Each counts for one issue. */
  texts: EffortText[];
  /** Pull requests that close an issue and say effort, by the issue's number. */
  closedBy: Map<number, IssueTimeline[]>;
  /** Those that say effort which counts nowhere: a pull request that closes no issue, an issue where issues are no tasks. */
  loose: { number: number; isPull: boolean; texts: EffortText[]; labelled: boolean }[];
  /** Pull requests that say effort and close several issues, with the one it counts for. */
  shared: { pull: number; issues: number[] }[];
}

/**
 * Every text of the repository in which effort may be said. A pull request's counts for the first issue that it closes:
 * a day that was said counts in one place. Where pull requests are tasks themselves, it counts for the pull request,
 * unless issues count beside them and it closes one. `only`: of these issues and pull requests.
 */
export function readEffortTexts(
  store: History,
  settings: Content["settings"],
  repositories: Repositories,
  only?: ReadonlySet<number>,
): EffortTexts {
  const found: EffortTexts = { texts: [], closedBy: new Map(), loose: [], shared: [] };
  const spoken = store.issuesWithEffort();
  const labelled = new Set(
    actualLabels(store, settings).flatMap((label) => store.issuesEverCarrying({ label })),
  );
  const numbers = [...new Set([...spoken, ...labelled])].filter((number) => only?.has(number) ?? true);
  const said = new Set(spoken);
  for (const timeline of store.timelines({ numbers, pullRequests: true })) {
    const { number, pullRequest } = timeline;
    const texts = said.has(number) ? textsOf(store, number) : [];
    if (pullRequest === (settings.count === "pulls") || (!pullRequest && settings.count === "both")) {
      found.texts.push(...texts);
      continue;
    }
    if (!pullRequest) {
      found.loose.push({ number, isPull: false, texts, labelled: labelled.has(number) });
      continue;
    }
    const observation = store.issue(number);
    const issues = observation === null ? [] : issuesClosed(observation, repositories);
    const [issue] = issues;
    if (issue === undefined && settings.count === "both") {
      found.texts.push(...texts);
      continue;
    }
    if (issue === undefined) {
      found.loose.push({ number, isPull: true, texts, labelled: labelled.has(number) });
      continue;
    }
    if (issues.length > 1) found.shared.push({ pull: number, issues });
    found.closedBy.set(issue, [...(found.closedBy.get(issue) ?? []), timeline]);
    found.texts.push(...texts.map((text) => ({ ...text, issue, pull: number })));
  }
  return found;
}

/** Names of all labels that say effort, present and past. */
function actualLabels(store: History, settings: Content["settings"]): string[] {
  const past = store.names().aliases.flatMap(({ kind, from, to }) => (kind === "label" ? [from, to] : []));
  return [...new Set([...store.labels().map(({ name }) => name), ...past])].filter(
    (name) => parseSize(name, settings.actualPrefix, effortRules(settings)) !== null,
  );
}

function textsOf(store: History, number: number): EffortText[] {
  return [...ownText(store, number), ...store.commentsOf([number])];
}

/**
 * An issue's own text counts from its creation; a text that was seen later, from the update that brought it. It stood
 * so at its object's last update, whenever that was fetched.
 */
function ownText(store: History, issue: number): EffortText[] {
  const versions: { at: number; seen: number; author: string | null; body: string }[] = [];
  for (const { body, createdAt, updatedAt, author } of store.issueHistory(issue)) {
    if (versions.length > 0 && versions.at(-1)?.body === (body ?? "")) continue;
    const at = versions.length === 0 ? createdAt : updatedAt;
    versions.push({ at, seen: Math.max(updatedAt, createdAt), author, body: body ?? "" });
  }
  const now = versions.pop();
  if (now === undefined || now.body === "") return [];
  const { at, seen, author, body } = now;
  const earlier = versions.map((version) => ({ at: version.at, body: version.body }));
  return [{ id: -issue, issue, at, updatedAt: seen, author, body, earlier }];
}
