import type { IssueEvent } from "../model/event.ts";

/** Stands on an issue that arrived from another repository, and names when. */
export const isArrival = ({ kind }: IssueEvent): boolean => kind === "transferred";

/**
 * The last arrival after `since` and up to `by`, epoch milliseconds; null: there is none. An issue takes along only what the
 * other repository has under the same name (https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/transferring-an-issue-to-another-repository),
 * and no event tells what was left behind.
 */
export const arrivalBetween = (events: readonly IssueEvent[], since: number, by: number): IssueEvent | null =>
  events.findLast((event) => isArrival(event) && since < event.at && event.at <= by) ?? null;

export const leftBehind = (name: string): string => `${name} was left behind when the issue was transferred`;
