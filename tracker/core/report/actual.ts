import { roundDays } from "../model/days.ts";
import type { EffortText } from "../model/event.ts";
import type { IssueTimeline } from "../model/interval.ts";
import { type Provenance, worst } from "../model/provenance.ts";
import { type Repositories, repositoriesOf } from "../model/repositories.ts";
import type { Rules } from "../model/rules.ts";
import { effortRules, type SizeReader, sizeAt, sizeReader } from "./estimate.ts";
import { fieldSpentReader } from "./field-effort.ts";
import { type Said, type SaidByIssue, saidIn, sourceOf } from "./said.ts";
import type { Spent, SpentReader } from "./spent.ts";

/** How well it is known that a line counts at `t`, or counts no more. */
function certaintyAt({ knownAt, deleted }: Said, t: number): Provenance {
  const said = knownAt > t ? "observed" : "replayed";
  if (deleted === null || t <= deleted.since || deleted.provenance === "replayed") return said;
  return t < deleted.at || deleted.provenance === "inferred" ? "inferred" : "observed";
}

function sumOf(parts: readonly Spent[]): Spent | null {
  const [first, ...rest] = parts;
  if (first === undefined || rest.length === 0) return first ?? null;
  return {
    days: roundDays(parts.reduce((sum, part) => sum + part.days, 0)),
    eventId: null,
    at: Math.max(...parts.map((part) => part.at)),
    by: "comments",
    comments: parts.reduce((sum, part) => sum + part.comments, 0),
    source: parts.map((part) => part.source).join(" and "),
    provenance: worst(parts.map((part) => part.provenance)),
  };
}

/**
 * Reads actual effort at any instant. An `actual:` label is a total that a human settled on, so where one is in
 * force it wins over the sum of the `/spend` lines; the two are never added. `closedBy`: the pull requests that close
 * an issue, by its number; what their texts or labels say is added to what the issue's own texts say. A line counts
 * from when it was written, or for the day it names, as it reads now: edited later, or written later than it counts
 * for, it is `observed`, not replayed. A deleted comment counts until it was deleted; where that is known only by its
 * absence, it may have been so since it was last seen. Where the settings name a field, it alone says effort.
 */
export function spentReader(
  texts: Iterable<EffortText> | SaidByIssue,
  rules: Rules,
  closedBy: ReadonlyMap<number, readonly IssueTimeline[]> = new Map(),
  { issueName }: Pick<Repositories, "issueName"> = repositoriesOf([]),
): SpentReader {
  if (rules.actual !== undefined) return fieldSpentReader(rules.actual, rules);
  const readLabel: SizeReader = sizeReader(rules.actualPrefix, effortRules(rules));
  const said = texts instanceof Map ? (texts as SaidByIssue) : saidIn(texts as Iterable<EffortText>, rules);
  const lent = new Set([...closedBy.values()].flatMap((pulls) => pulls.map(({ number }) => number)));
  const byLabel = (timeline: IssueTimeline, t: number): Spent | null => {
    const label = sizeAt(timeline, t, readLabel);
    if (label === null) return null;
    const { from, startEvent, provenance } = label.interval;
    const source = lent.has(timeline.number)
      ? `by the label of ${issueName(timeline.number)}`
      : "by its label";
    return { days: label.days, eventId: startEvent, at: from, by: "label", comments: 0, source, provenance };
  };
  const byTexts = (issue: number, pull: number | null, t: number): Spent | null => {
    const all = (said.get(`${issue}:${pull ?? ""}`) ?? []).filter((entry) => entry.at <= t);
    const found = all.filter(({ deleted }) => deleted === null || t < deleted.at);
    if (found.length === 0) return null;
    return {
      days: roundDays(found.reduce((sum, entry) => sum + entry.days, 0)),
      eventId: null,
      at: Math.max(...found.map((entry) => entry.at)),
      by: "comments",
      comments: new Set(found.map(({ id }) => id)).size,
      source: sourceOf(found, pull === null ? null : issueName(pull)),
      provenance: worst(all.map((entry) => certaintyAt(entry, t))),
    };
  };
  return (timeline, t) => {
    // What a pull request says counts for the issue that it closes, and a day counts once.
    if (timeline.pullRequest && lent.has(timeline.number)) return null;
    const settled = byLabel(timeline, t);
    if (settled !== null) return settled;
    const { number } = timeline;
    const pulls = closedBy.get(number) ?? [];
    return sumOf(
      [
        byTexts(number, null, t),
        ...pulls.map((pull) => byLabel(pull, t) ?? byTexts(number, pull.number, t)),
      ].filter((part) => part !== null),
    );
  };
}
