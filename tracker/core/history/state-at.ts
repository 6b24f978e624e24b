import type { StateReason } from "../model/event.ts";
import type { Attribute, Interval, IssueState, IssueTimeline } from "../model/interval.ts";
import { type Provenance, worst } from "../model/provenance.ts";

/**
 * One issue as it stood at `at` (epoch milliseconds), or null where it did not exist yet or was gone. Labels and
 * assignees are in order of name; a renamed label or milestone carries the name of that instant where it can be told.
 */
export function stateAt(timeline: IssueTimeline, at: number): IssueState | null {
  if (at < timeline.createdAt) return null;
  const alive = timeline.intervals.filter(({ from, to }) => from <= at && at < to);
  const of = (attribute: Attribute) => alive.filter((interval) => interval.attribute === attribute);
  if (of("gone").length > 0) return null;
  const single = (attribute: Attribute): Interval | undefined => of(attribute)[0];
  const doubts = (timeline.doubts ?? []).filter(({ from, to }) => from <= at && at < to);
  const certainty = (attribute: Attribute): Provenance =>
    worst(
      [...of(attribute), ...doubts.filter((entry) => entry.attribute === attribute)].map((x) => x.provenance),
    );

  const named = (interval: Interval) => ({ ...interval, ...nameAt(timeline, interval, at) });
  const labels = of("label").map(named).sort(byName);
  const reason = certainty("stateReason");
  const milestone = single("milestone");
  const milestoneNow = milestone === undefined ? null : named(milestone);
  return {
    number: timeline.number,
    title: single("title")?.value ?? timeline.title,
    state: single("state")?.value === "closed" ? "closed" : "open",
    stateReason: (single("stateReason")?.value as StateReason | undefined) ?? null,
    labels: labels.map(({ name }) => name),
    labelKeys: labels.map(({ key }) => key),
    milestone:
      milestoneNow === null
        ? null
        : {
            number: /^\d+$/.test(milestoneNow.key) ? Number(milestoneNow.key) : null,
            title: milestoneNow.name,
          },
    assignees: of("assignee")
      .map(({ key }) => key)
      .sort(),
    status: single("status")?.value ?? null,
    pullRequest: timeline.pullRequest,
    provenance: {
      title: certainty("title"),
      state: worst([certainty("state"), reason === "observed" ? "replayed" : reason]),
      stateReason: reason,
      labels: worst([certainty("label"), ...labels.map(({ known }) => known)]),
      milestone: worst([certainty("milestone"), milestoneNow?.known ?? "replayed"]),
      assignees: certainty("assignee"),
    },
  };
}

/** What a label or milestone was called at `at`, and how that is known. */
function nameAt(timeline: IssueTimeline, { attribute, key, value }: Interval, at: number) {
  const span = timeline.names?.find(
    (name) => name.attribute === attribute && name.key === key && name.from <= at && at < name.to,
  );
  return { name: span?.name ?? value, known: span?.provenance ?? ("replayed" satisfies Provenance) };
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
