import { type Names, nameResolver } from "../core/history/names/resolver.ts";
import { stateAt } from "../core/history/state-at.ts";
import type { IssueState, IssueTimeline } from "../core/model/interval.ts";
import type { Provenance } from "../core/model/provenance.ts";
import type { Snapshot, TruthRow } from "./shared-data.ts";

export const compared = ["state", "state_reason", "title", "labels", "milestone", "assignees"] as const;
export type Compared = (typeof compared)[number];

export interface Tally {
  rows: number;
  equal: number;
  /** Differs, and the replay says that this attribute is not replayed there. */
  explained: number;
  wrong: number;
}

export interface Difference {
  number: number;
  attribute: Compared;
  at: string;
  replayed: string;
  truth: string;
  provenance: Provenance;
}

/** Holds the replay against what GitHub answered at each snapshot's instant, attribute by attribute. */
export function compareWithTruth(
  timelines: readonly IssueTimeline[],
  names: Names,
  snapshots: readonly Snapshot[],
) {
  const byNumber = new Map(timelines.map((timeline) => [timeline.number, timeline]));
  const tallies = Object.fromEntries(
    compared.map((attribute) => [attribute, { rows: 0, equal: 0, explained: 0, wrong: 0 }]),
  ) as Record<Compared, Tally>;
  const differences: Difference[] = [];
  const missing: string[] = [];
  const labelNow = nameNow(names);
  for (const { at, rows } of snapshots) {
    const when = new Date(at).toISOString();
    for (const row of rows) {
      const timeline = byNumber.get(row.number);
      const state = timeline === undefined ? null : stateAt(timeline, at);
      if (state === null || state.pullRequest !== row.pr) {
        missing.push(`#${row.number} at ${when}`);
        continue;
      }
      const [ours, theirs] = [describe(state, labelNow), describeRow(row, labelNow)];
      for (const attribute of compared) {
        const tally = tallies[attribute];
        tally.rows++;
        if (ours[attribute] === theirs[attribute]) {
          tally.equal++;
          continue;
        }
        const provenance = state.provenance[attribute === "state_reason" ? "state" : attribute];
        if (provenance === "replayed") tally.wrong++;
        else tally.explained++;
        differences.push({
          number: row.number,
          attribute,
          at: when,
          replayed: ours[attribute],
          truth: theirs[attribute],
          provenance,
        });
      }
    }
  }
  return { tallies, differences, missing };
}

type Described = Record<Compared, string>;

function describe(state: IssueState, labelNow: (name: string) => string): Described {
  return {
    state: state.state,
    state_reason: String(state.stateReason),
    title: state.title,
    labels: JSON.stringify(state.labels.map(labelNow).sort()),
    milestone: String(state.milestone?.number ?? null),
    assignees: JSON.stringify([...state.assignees].sort()),
  };
}

function describeRow(row: TruthRow, labelNow: (name: string) => string): Described {
  return {
    state: row.state,
    state_reason: String(row.state_reason),
    title: row.title,
    labels: JSON.stringify(row.labels.map(labelNow).sort()),
    milestone: String(
      row.milestone === null || typeof row.milestone === "string" ? row.milestone : row.milestone.number,
    ),
    assignees: JSON.stringify([...row.assignees].sort()),
  };
}

/** Follows the renames found, as `aliases` lists them, to the name borne now. */
function nameNow(names: Names): (name: string) => string {
  const resolver = nameResolver(names);
  return (name) => resolver.resolve("label", name, Number.MAX_SAFE_INTEGER).key;
}
