import type { IssueEvent } from "../core/model/event.ts";
import type { IssueObservation } from "../core/model/issue.ts";
import type { HistoryPage } from "../core/model/page.ts";
import { present } from "../core/model/present.ts";

/** Day `n` of a made-up history, as epoch milliseconds. */
export const day = (n: number): number => Date.parse("2024-01-01T12:00:00Z") + n * 86_400_000;

export interface BuiltIssue extends Partial<IssueObservation> {
  number: number;
  /** [day, kind, subject], the subject being label, milestone, assignee or new title as the kind wants. */
  events?: [number, string, string?][];
}

/** A page from a short description. Labels and milestones are what GitHub lists in the end, seen on `seenOn`. */
export function history(
  issues: BuiltIssue[],
  listed: { labels?: string[]; milestones?: Record<number, string>; seenOn?: number } = {},
): HistoryPage {
  const observedAt = day(listed.seenOn ?? 1000);
  let id = 1;
  return {
    issues: issues.map(({ events = [], ...given }) => ({
      observedAt,
      createdAt: day(0),
      updatedAt: Math.max(day(0), ...events.map(([on]) => day(on))),
      closedAt: null,
      title: `Issue ${given.number}`,
      state: "open",
      stateReason: null,
      labels: [],
      milestone: null,
      assignees: [],
      author: "ana",
      pullRequest: false,
      url: `https://github.invalid/team/product/issues/${given.number}`,
      body: null,
      parent: null,
      ...given,
    })),
    events: issues.flatMap(({ number, events = [] }) =>
      events.map(([on, kind, subject]) => eventOf(id++, number, day(on), kind, subject)),
    ),
    comments: [],
    labels: (listed.labels ?? []).map((name, index) => ({
      id: index + 1,
      name,
      observedAt,
      color: "ededed",
      description: null,
    })),
    milestones: Object.entries(listed.milestones ?? {}).map(([number, title]) => ({
      number: Number(number),
      title,
      observedAt,
      state: "open",
      dueOn: null,
      createdAt: null,
      closedAt: null,
    })),
  };
}

function eventOf(id: number, issue: number, at: number, kind: string, subject = ""): IssueEvent {
  const event: IssueEvent = { id, issue, at, actor: "ana", kind };
  if (kind.endsWith("labeled")) event.label = subject;
  else if (kind.endsWith("milestoned")) event.milestone = subject;
  else if (kind.endsWith("assigned")) event.assignee = subject;
  else if (kind === "renamed") {
    const [from, to] = subject.split(" → ");
    event.rename = { from: present(from), to: present(to) };
  } else if (kind === "closed") event.stateReason = subject === "not_planned" ? "not_planned" : null;
  return event;
}
