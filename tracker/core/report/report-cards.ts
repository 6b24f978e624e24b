import { isoOf } from "../model/days.ts";
import { present } from "../model/present.ts";
import type {
  Card,
  CarriedCard,
  CorrectedCard,
  FrozenCard,
  RemovedCard,
  Report,
  SpentCard,
  UnexpectedCard,
} from "../model/report.ts";
import type { BlockerReader } from "./blockers.ts";
import { cardOf } from "./card.ts";
import type { Departure } from "./departure.ts";
import type { Actuals } from "./effort.ts";
import type { Counted } from "./effort-ledger.ts";
import { entryOf } from "./entry.ts";
import { type BoardRules, droppedWhy, viewAt } from "./issue-view.ts";
import { everMember } from "./membership.ts";
import type { Item } from "./scope.ts";

/** What all cards of one report rest on. */
export interface CardGrounds {
  /** S and E. */
  span: { from: number; to: number };
  /** The sprint's start without the plan grace. */
  start: number;
  boardRules: BoardRules;
  actuals: Actuals;
  links: boolean;
  depthOf: (item: Item) => number;
  departureOf: (item: Item) => Departure;
  blockers: BlockerReader;
}

const iso = (at: number | null): string | null => (at === null ? null : isoOf(at));

/** When an issue entered: what is unexpected by the entry that counts, anything else when it was first in the sprint. */
function enteredAt(item: Item, isAdded: boolean, { start, span, boardRules }: CardGrounds): number | null {
  const isNew = isAdded || (item.atStart?.member == null && item.atEnd?.member != null);
  const entry = isNew ? entryOf(item) : null;
  if (entry !== null) return entry.at;
  const stays = item.timeline.intervals.filter(
    (i) => boardRules.isMember(i) && i.from < span.to && i.to > start,
  );
  return stays.length === 0 ? null : Math.min(...stays.map((i) => i.from));
}

/** Makes a report's cards. Titles, sizes and labels are those of E, but for what left: those of S. */
export function reportCards(grounds: CardGrounds, added: ReadonlySet<Item>) {
  const { links, actuals, span, boardRules } = grounds;
  const extras = (item: Item) => ({
    links,
    actualDays: actuals.get(item.timeline.number)?.inSprint ?? null,
    enteredAt: enteredAt(item, added.has(item), grounds),
  });
  const end = (item: Item): Card =>
    cardOf(present(item.atEnd ?? item.atStart), {
      ...extras(item),
      days: item.daysAtEnd,
      blocked: grounds.blockers.at(item.timeline, span.to - 1),
      bySubIssues: item.byLeavesAtEnd,
    });
  const start = (item: Item): Card =>
    cardOf(present(item.atStart ?? item.atEnd), {
      ...extras(item),
      days: item.daysAtStart,
      bySubIssues: item.byLeavesAtStart,
    });
  /** Also of an issue that was never in the sprint. */
  const other = ({ timeline, days }: Counted): Card =>
    cardOf(
      boardRules.view(timeline, span.to - 1) ?? present(viewAt(timeline, timeline.createdAt, boardRules)),
      {
        links,
        actualDays: days,
      },
    );
  return {
    end,
    unexpected: (item: Item): UnexpectedCard => {
      const entry = entryOf(item);
      return { ...end(item), ...(entry === null ? {} : { entered: entry.how }) };
    },
    carried: (item: Item): CarriedCard => ({ ...end(item), depth: grounds.depthOf(item) }),
    frozen: (item: Item): FrozenCard => {
      const dropped = droppedWhy(item.atEnd);
      return { ...end(item), reason: dropped?.reason ?? "dropped", at: iso(dropped?.since?.from ?? null) };
    },
    removed: (item: Item): RemovedCard => {
      const { reason, at, to } = grounds.departureOf(item);
      return { ...start(item), reason, at: iso(at), to };
    },
    reestimated: (item: Item): Report["reestimated"][number] => ({
      ...end(item),
      daysBefore: item.daysAtStart,
      daysAfter: item.daysAtEnd,
      sizeBefore: item.atStart?.size?.name ?? null,
    }),
    elsewhere: (counted: Counted): SpentCard => {
      const { timeline } = counted;
      const wasIn = everMember(timeline, span.from, span.to, boardRules.isMember);
      const isIn = boardRules.view(timeline, span.to - 1)?.member != null;
      return { ...other(counted), reason: isIn ? "settled" : wasIn ? "left" : "never in it" };
    },
    corrected: (counted: Counted): CorrectedCard => ({
      ...other(counted),
      correction: counted.correction,
    }),
  };
}
