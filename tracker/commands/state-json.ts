import type { IssueState, IssueTimeline, LabelAlias } from "../core/interval.ts";
import { listedAliases, type Names } from "../core/reconcile-names.ts";
import { stateAt } from "../core/state.ts";

/** One issue of `sprintcast/state@1`. */
export type ListedState = Omit<IssueState, "labelKeys" | "status">;

type Dated<T extends LabelAlias> = Omit<T, "notBefore" | "notAfter"> & {
  notBefore: string | null;
  notAfter: string | null;
};

/** What `state --json` prints. Instants are ISO strings in UTC. */
export interface StateDocument {
  schema: "sprintcast/state@1";
  repository: string | null;
  at: string;
  issues: ListedState[];
  aliases: {
    labels: Dated<LabelAlias>[];
    milestones: Dated<LabelAlias & { number: number }>[];
  };
}

/** Every issue created by `at`, as it stood then, by number. */
export function computeStateDocument(
  timelines: Iterable<IssueTimeline>,
  at: number,
  repository: string | null,
  names: Names,
): StateDocument {
  const issues: ListedState[] = [];
  for (const timeline of timelines) {
    const state = stateAt(timeline, at);
    if (state === null) continue;
    const { labelKeys: _, status: __, ...listed } = state;
    issues.push(listed);
  }
  const aliases = listedAliases(names);
  return {
    schema: "sprintcast/state@1",
    repository,
    at: new Date(at).toISOString(),
    issues: issues.sort((a, b) => a.number - b.number),
    aliases: { labels: aliases.labels.map(dated), milestones: aliases.milestones.map(dated) },
  };
}

function dated<T extends LabelAlias>(alias: T): Dated<T> {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return { ...alias, notBefore: iso(alias.notBefore), notAfter: iso(alias.notAfter) };
}
