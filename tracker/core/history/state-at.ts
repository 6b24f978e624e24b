import type { StateReason } from "../model/event.ts";
import type { Attribute, InForce, IssueInForce, IssueState, IssueTimeline } from "../model/interval.ts";
import { type Provenance, worst } from "../model/provenance.ts";

/**
 * One issue as it stood at `at` (epoch milliseconds), or null where it did not exist yet or was gone. Labels and
 * assignees are in order of name; a renamed label or milestone carries the name of that instant where it can be told.
 */
export function stateAt(timeline: IssueTimeline, at: number): IssueState | null {
  const { intervals, ...head } = timeline;
  return stateOf({ ...head, inForce: intervals.filter(({ from, to }) => from <= at && at < to) }, at);
}

/** The same where only what is in force at `at` was read. */
export function stateOf(issue: IssueInForce, at: number): IssueState | null {
  if (at < issue.createdAt) return null;
  const labels: Named[] = [];
  const assignees: string[] = [];
  const single: Partial<Record<Attribute, InForce>> = {};
  const known: Partial<Record<Attribute, Provenance>> = {};
  const doubt = ({ attribute, provenance }: { attribute: Attribute; provenance: Provenance }) => {
    const before = known[attribute];
    known[attribute] = before === undefined ? provenance : worst([before, provenance]);
  };
  for (const interval of issue.inForce) {
    const { attribute } = interval;
    single[attribute] ??= interval;
    doubt(interval);
    if (attribute === "label") labels.push(nameAt(issue, interval, at));
    else if (attribute === "assignee") assignees.push(interval.key);
  }
  for (const entry of issue.doubts ?? []) if (entry.from <= at && at < entry.to) doubt(entry);
  if (single.gone !== undefined) return null;
  const certainty = (attribute: Attribute): Provenance => known[attribute] ?? "replayed";

  labels.sort(byName);
  const reason = certainty("stateReason");
  const milestone = single.milestone === undefined ? null : nameAt(issue, single.milestone, at);
  return {
    number: issue.number,
    title: single.title?.value ?? issue.title,
    state: single.state?.value === "closed" ? "closed" : "open",
    stateReason: (single.stateReason?.value as StateReason | undefined) ?? null,
    labels: labels.map(({ name }) => name),
    labelKeys: labels.map(({ key }) => key),
    milestone:
      milestone === null
        ? null
        : { number: /^\d+$/.test(milestone.key) ? Number(milestone.key) : null, title: milestone.name },
    assignees: assignees.sort(),
    status: single.status?.value ?? null,
    pullRequest: issue.pullRequest,
    provenance: {
      title: certainty("title"),
      state: worst([certainty("state"), reason === "observed" ? "replayed" : reason]),
      stateReason: reason,
      labels: worst([certainty("label"), ...labels.map(({ known }) => known)]),
      milestone: worst([certainty("milestone"), milestone?.known ?? "replayed"]),
      assignees: certainty("assignee"),
    },
  };
}

/** A label or milestone under its name of an instant, and how that name is known. */
interface Named {
  key: string;
  name: string;
  known: Provenance;
}

function nameAt({ names }: IssueInForce, { attribute, key, value }: InForce, at: number): Named {
  const span = names?.find(
    (name) => name.attribute === attribute && name.key === key && name.from <= at && at < name.to,
  );
  return { key, name: span?.name ?? value, known: span?.provenance ?? "replayed" };
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
