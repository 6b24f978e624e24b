import { isoOf } from "../model/days.ts";
import { type Provenance, worst } from "../model/provenance.ts";
import type { ExplanationRow } from "../model/report.ts";
import type { Actuals } from "./effort.ts";
import {
  added,
  atEnd,
  both,
  committed,
  done,
  lastBegun,
  misjudged,
  type ReasonOf,
  reestimated,
  removed,
  spent,
} from "./reasons.ts";
import type { Item, Scope } from "./scope.ts";

export interface Explanation {
  rows: ExplanationRow[];
  provenance: Provenance;
}

/** The figures of effort that rest on issues; keys are those of `effort`. */
export type Explanations = ReturnType<typeof explanationsOf>;

const together = (a: Explanation, b: Explanation): Explanation => ({
  rows: [...a.rows, ...b.rows],
  provenance: worst([a.provenance, b.provenance]),
});

/** Turns issues into rows. The same few instants stand in most figures, so their texts are kept. */
function rowWriter(): (items: readonly Item[], reasonOf: ReasonOf) => Explanation {
  const texts = new Map<number, string>();
  const textOf = (at: number): string => {
    const text = texts.get(at) ?? isoOf(at);
    texts.set(at, text);
    return text;
  };
  return (items, reasonOf) => {
    const provenances: Provenance[] = [];
    const rows = items.map((item) => {
      const { days, why, because, provenance } = reasonOf(item);
      provenances.push(provenance);
      return {
        number: item.timeline.number,
        title: item.atEnd?.title ?? item.timeline.title,
        days,
        why,
        at: because === null ? null : textOf(because.from),
        eventId: because?.startEvent ?? null,
        provenance,
      };
    });
    return { rows, provenance: worst(provenances) };
  };
}

/** The issues, values and events that every figure of effort rests on. */
export function explainEffort(scope: Scope, actuals: Actuals): Explanations {
  const figures = explanationsOf(scope, actuals);
  // Every figure is a sum over the members: where it is not known who they were, no sum is better known than that.
  for (const figure of Object.values(figures))
    figure.provenance = worst([figure.provenance, scope.membership]);
  return figures;
}

function explanationsOf(scope: Scope, actuals: Actuals) {
  const rowsOf = rowWriter();
  const kept = new Set(scope.kept);
  const hasActual = (i: Item): boolean => actuals.has(i.timeline.number);
  const memberAtEnd = (i: Item) => i.atEnd?.member ?? null;
  const atStart = rowsOf(scope.committed, committed);
  const completed = rowsOf(scope.completed, done);
  const completedInitial = rowsOf(
    scope.completed.filter((i) => kept.has(i)),
    done,
  );
  return {
    committed: atStart,
    added: rowsOf(scope.added, added),
    removed: rowsOf(scope.removed, removed),
    reestimated: {
      rows: rowsOf(
        scope.kept.filter((i) => i.daysAtStart !== i.daysAtEnd),
        reestimated,
      ).rows,
      // That the others kept their estimates is part of the figure.
      provenance: worst(scope.kept.map(both)),
    },
    final: rowsOf(
      scope.final,
      atEnd("in the sprint at its end", (i) => lastBegun([i.atEnd?.member, i.atEnd?.size?.interval])),
    ),
    completed,
    completedInitial,
    notCompleted: rowsOf(scope.notCompleted, atEnd("not done at the end", memberAtEnd)),
    frozen: rowsOf(
      scope.frozen,
      atEnd("in the freezebox at the end", (i) => i.atEnd?.freezeLabel ?? i.atEnd?.closed ?? null),
    ),
    actual: rowsOf(scope.final.filter(hasActual), spent(actuals)),
    actualShare: rowsOf(scope.final, spent(actuals)),
    estimationError: rowsOf(
      scope.final.filter((i) => hasActual(i) && i.daysAtEnd !== null && !i.byLeavesAtEnd),
      misjudged(actuals),
    ),
    unexpectedActual: rowsOf(scope.added.filter(hasActual), spent(actuals)),
    sayDo: together(completed, atStart),
    sayDoInitial: together(completedInitial, atStart),
    unestimated: rowsOf(
      scope.final.filter((i) => i.daysAtEnd === null),
      atEnd("counted without a size", memberAtEnd),
    ),
  } satisfies Record<string, Explanation>;
}
