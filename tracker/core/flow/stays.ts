import type { IssueTimeline } from "../model/interval.ts";
import { present } from "../model/present.ts";
import { type Provenance, worst } from "../model/provenance.ts";
import { type BoardRules, type IssueView, viewAt } from "../report/issue-view.ts";
import { instantsOf } from "../report/scope.ts";
import type { Span } from "./work-clock.ts";

/** A time through which an issue stood in one lane; null: on no board. What is done stands in the done lane, member or not. */
export interface Stay extends Span {
  lane: string | null;
  role: IssueView["role"];
  /** In another repository or deleted, all the while. */
  isGone: boolean;
}

export interface Path {
  /** Without gaps from its creation to `until`; none where it was created later. */
  stays: Stay[];
  /** The worst of all that it rests on. */
  provenance: Provenance;
}

/** An issue's way over the board up to `until`, epoch ms. */
export function pathOf(timeline: IssueTimeline, until: number, boardRules: BoardRules): Path {
  if (timeline.createdAt >= until) return { stays: [], provenance: "replayed" };
  const doneLane = boardRules.rules.lanes.find(({ role }) => role === "done")?.name ?? null;
  const stays: Stay[] = [];
  const sources: Provenance[] = [];
  for (const at of [timeline.createdAt, ...instantsOf(timeline, timeline.createdAt, until)]) {
    const view = viewAt(timeline, at, boardRules);
    if (view === null) continue;
    sources.push(view.provenance);
    const { lane, role } = view.done ? { lane: doneLane, role: "done" as const } : view;
    const isGone = view.gone !== null;
    const last = stays.at(-1);
    if (last !== undefined) {
      last.to = at;
      if (last.lane === lane && last.role === role) {
        last.isGone &&= isGone;
        continue;
      }
    }
    stays.push({ lane, role, isGone, from: at, to: until });
  }
  const last = stays.at(-1);
  if (last !== undefined) last.to = until;
  const known = [...sources, ...doubtsOf(timeline, until, boardRules)];
  return { stays, provenance: worst(known) };
}

/** How the issue was known where a doubt of its history begins: no change of anything needs to lie within one. */
const doubtsOf = (timeline: IssueTimeline, until: number, boardRules: BoardRules): Provenance[] =>
  (timeline.doubts ?? []).flatMap(({ from, to }) => {
    const at = Math.max(from, timeline.createdAt);
    return at < Math.min(to, until) ? (viewAt(timeline, at, boardRules)?.provenance ?? []) : [];
  });

/** When it first stood in a lane of work in progress; null: never. */
export const startOf = ({ stays }: Path): number | null =>
  stays.find(({ role }) => role === "progress")?.from ?? null;

/** When it became done, if it is done at the end of the path; null: it is not. Being away ends nothing. */
export function finishOf({ stays }: Path): number | null {
  if (stays.at(-1)?.role !== "done") return null;
  const there = stays.filter(({ isGone }) => !isGone);
  const before = there.findLastIndex(({ role }) => role !== "done");
  return present(there[before + 1]).from;
}
