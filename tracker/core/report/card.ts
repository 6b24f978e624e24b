import { isoOf } from "../model/days.ts";
import type { Card } from "../model/report.ts";
import type { Blocked } from "./blockers.ts";
import type { IssueView } from "./issue-view.ts";

export interface CardExtras {
  actualDays?: number | null;
  enteredAt?: number | null;
  /** Overrides the size's days where sub-issues count in its place. */
  days?: number | null;
  /** Its sub-issues count in its place. */
  bySubIssues?: boolean;
  /** What stands in its way; null: nothing. */
  blocked?: Blocked | null;
  /** false: the repository has no web address, so cards link nowhere. */
  links: boolean;
}

/** An issue at an instant as a card of a report. */
export function cardOf(view: IssueView, extras: CardExtras): Card {
  const card: Card = {
    number: view.timeline.number,
    title: view.title,
    url: extras.links ? view.timeline.url : "",
    size: view.size?.name ?? null,
    days: extras.days !== undefined ? extras.days : (view.size?.days ?? null),
    labels: view.labels,
    assignees: view.assignees,
  };
  if (view.type !== null) card.type = view.type.value;
  if (extras.blocked && view.state === "open" && !view.frozen) card.blockedBy = extras.blocked.by;
  if (extras.actualDays !== undefined) card.actualDays = extras.actualDays;
  if (extras.enteredAt !== undefined)
    card.enteredAt = extras.enteredAt === null ? null : isoOf(extras.enteredAt);
  if (extras.bySubIssues) card.bySubIssues = true;
  if (view.provenance !== "replayed") card.provenance = view.provenance;
  return card;
}
