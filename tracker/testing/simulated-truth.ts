import { stateAt } from "../core/history/state-at.ts";
import type { IssueState, IssueTimeline } from "../core/model/interval.ts";
import { present } from "../core/model/present.ts";
import type { Simulation, TrueState } from "./simulate.ts";

export interface Verdict {
  equal: number;
  /** Differs and says so. */
  admitted: number;
  wrong: { at: number; number: number; attribute: string; replayed: string; truth: string }[];
}

/** Holds the replay against a simulation at every one of its instants. */
export function judge(timelines: readonly IssueTimeline[], { truth, labelNames }: Simulation): Verdict {
  const byNumber = new Map(timelines.map((timeline) => [timeline.number, timeline]));
  const verdict: Verdict = { equal: 0, admitted: 0, wrong: [] };
  for (const { at, issues } of truth) {
    for (const issue of issues) {
      const state = present(stateAt(present(byNumber.get(issue.number)), at));
      for (const [attribute, replayed, expected] of pairs(state, issue, labelNames)) {
        if (replayed === expected) verdict.equal++;
        else if (state.provenance[attribute] !== "replayed") verdict.admitted++;
        else verdict.wrong.push({ at, number: issue.number, attribute, replayed, truth: expected });
      }
    }
  }
  return verdict;
}

type Judged = "title" | "state" | "labels" | "milestone" | "assignees";

function pairs(
  state: IssueState,
  issue: TrueState,
  labelNames: Map<number, string>,
): [Judged, string, string][] {
  // Living labels by what they are called in the end (their key), deleted ones by the name of the time.
  const living = new Set(labelNames.values());
  const replayedLabels = state.labelKeys.map((key, index) =>
    living.has(key) ? key : present(state.labels[index]),
  );
  const trueLabels = issue.labels.map(({ id, name }) => labelNames.get(id) ?? name);
  return [
    ["title", state.title, issue.title],
    ["state", state.state, issue.state],
    ["labels", replayedLabels.sort().join(), trueLabels.sort().join()],
    ["milestone", milestoneOf(state), issue.milestone === null ? "none" : issue.milestone.name],
    ["assignees", state.assignees.join(), issue.assignees.join()],
  ];
}

function milestoneOf({ milestone }: IssueState): string {
  return milestone === null ? "none" : milestone.title;
}
