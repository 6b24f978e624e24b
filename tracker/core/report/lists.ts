import { isoOf } from "../model/days.ts";
import { present } from "../model/present.ts";
import type { Card, CarriedCard, FrozenCard, Report } from "../model/report.ts";
import type { Sprint } from "../model/sprint.ts";
import { cardOf } from "./card.ts";
import type { Actuals } from "./effort.ts";
import type { BoardRules, IssueView } from "./issue-view.ts";
import { depthOf, memberAt, type SprintTest } from "./membership.ts";
import { type Item, isSettled, type Scope } from "./scope.ts";

export interface ListInput {
  sprint: Sprint;
  /** All sprints, this one among them. */
  tests: readonly SprintTest[];
  /** E, or the present while the sprint runs. */
  until: number;
  boardRules: BoardRules;
  /** false: the repository has no web address. */
  links: boolean;
  actuals: Actuals;
}

type Lists = Pick<
  Report,
  "unexpected" | "carriedOver" | "movedOn" | "freezebox" | "cameAndWent" | "done" | "removed" | "reestimated"
>;

/** The cards of a report, in the lists that a review goes through. */
export function listsOf(scope: Scope, input: ListInput): Lists {
  const { sprint, tests, until } = input;
  const cards = cardsOf(input);
  const next = tests
    .filter((t) => t.sprint.start >= sprint.end)
    .sort((a, b) => a.sprint.start - b.sprint.start)[0];
  const carried = (i: Item): CarriedCard => ({ ...cards.end(i), depth: depthOf(i.timeline, sprint, tests) });
  const hasMovedOn = (i: Item): boolean =>
    i.atEnd?.member == null &&
    !isSettled(i.atStart) &&
    next !== undefined &&
    memberAt(i.timeline, until - 1, next.test) !== null;
  return {
    unexpected: scope.added.map(cards.end),
    carriedOver: scope.notCompleted.map(carried),
    movedOn: scope.all.filter(hasMovedOn).map(carried),
    freezebox: scope.frozen.map((i): FrozenCard => {
      const { reason, at } = frozenReason(i.atEnd);
      return { ...cards.end(i), reason, at: at === null ? null : isoOf(at) };
    }),
    cameAndWent: scope.cameAndWent.map(cards.end),
    done: scope.completed.map(cards.end),
    removed: scope.removed.map(cards.start),
    reestimated: scope.kept
      .filter((i) => i.daysAtStart !== i.daysAtEnd)
      .map((i) => ({
        ...cards.end(i),
        daysBefore: i.daysAtStart,
        daysAfter: i.daysAtEnd,
        sizeBefore: i.atStart?.size?.name ?? null,
      })),
  };
}

function frozenReason({ closed, reason, freezeLabel }: IssueView): { reason: string; at: number | null } {
  if (freezeLabel !== null) return { reason: "put into the freezebox", at: freezeLabel.from };
  return {
    reason: reason === "duplicate" ? "duplicate" : "closed as not planned",
    at: closed?.from ?? null,
  };
}

/** An issue's card as of the end or the start of the sprint; the other one's where it was not there yet or no more. */
function cardsOf(input: ListInput): { end: (item: Item) => Card; start: (item: Item) => Card } {
  const { links, actuals } = input;
  const card = (i: Item, view: IssueView | null, days: number | null): Card =>
    cardOf(present(view), {
      links,
      days,
      actualDays: actuals.get(i.timeline.number)?.inSprint ?? null,
      enteredAt: enteredAt(i, input),
    });
  return {
    end: (i) => card(i, i.atEnd ?? i.atStart, i.daysAtEnd),
    start: (i) => card(i, i.atStart ?? i.atEnd, i.daysAtStart),
  };
}

function enteredAt(i: Item, { boardRules, until, sprint }: ListInput): number | null {
  // What is unexpected is so by the entry that brought it to the end; an earlier stay may have ended before.
  if (i.atStart?.member == null && i.atEnd?.member) return i.atEnd.member.from;
  const stays = i.timeline.intervals.filter(
    (x) => boardRules.isMember(x) && x.from < until && x.to > sprint.start,
  );
  return stays.length === 0 ? null : Math.min(...stays.map((x) => x.from));
}
