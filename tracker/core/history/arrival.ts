import type { IssueEvent } from "../model/event.ts";

/** Stands on an issue that arrived from another repository, and names when. */
export const isArrival = ({ kind }: IssueEvent): boolean => kind === "transferred";

/** A place in the order of a history. `id` null: at no event, so that all of that second counts. */
export interface Place {
  at: number;
  id: number | null;
}

const isAfter = (event: IssueEvent, { at, id }: Place): boolean =>
  event.at > at || (event.at === at && (id === null || event.id > id));

/**
 * The first arrival after `since` and no later than `by`: at each since then something may have been left. null: there is
 * none. An issue takes along only what the other repository has under the same name (https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/transferring-an-issue-to-another-repository),
 * and no event tells what was left behind.
 */
export const arrivalBetween = (events: readonly IssueEvent[], since: Place, by: Place): IssueEvent | null =>
  events.find(
    (event) =>
      isArrival(event) && isAfter(event, since) && (by.id === null ? event.at <= by.at : !isAfter(event, by)),
  ) ?? null;

export const leftBehind = (name: string): string => `${name} was left behind when the issue was transferred`;
