import { z } from "zod";
import type { IssueEvent } from "../core/model/event.ts";
import { account, instant, relation, repositoryOfObject, stateReason, wholeNumber } from "./map-fields.ts";

const issueType = z.object({ name: z.string() }).nullish();

const event = z.object({
  id: wholeNumber,
  event: z.string(),
  created_at: instant,
  actor: account,
  issue: z.looseObject({ number: wholeNumber }).nullish(),
  parent_issue: z.unknown().optional(),
  sub_issue: z.unknown().optional(),
  blocked_by: z.unknown().optional(),
  label: z.object({ name: z.string() }).nullish(),
  milestone: z.object({ title: z.string() }).nullish(),
  assignee: account,
  rename: z.object({ from: z.string(), to: z.string() }).nullish(),
  state_reason: stateReason,
  project_v2_item: z.unknown().optional(),
  previous_projects_v2_item_status: z.string().nullish(),
  projects_v2_item_status: z.string().nullish(),
  issue_type: issueType,
  prev_issue_type: issueType,
  project_v2: z.object({ number: z.number().nullish(), title: z.string().nullish() }).nullish(),
});

/** Where an event of a relation names the issue at its other end. */
const relationFields: ReadonlyMap<string, "parent_issue" | "sub_issue" | "blocked_by"> = new Map([
  ["parent_issue_added", "parent_issue"],
  ["parent_issue_removed", "parent_issue"],
  ["sub_issue_added", "sub_issue"],
  ["sub_issue_removed", "sub_issue"],
  ["blocked_by_added", "blocked_by"],
  ["blocked_by_removed", "blocked_by"],
]);

/** Entries of a timeline that are no issue events; their ids belong to comments, reviews and commits. */
const otherKinds = new Set([
  "commented",
  "committed",
  "reviewed",
  "line-commented",
  "commit-commented",
  "cross-referenced",
]);

/**
 * An issue event, or a timeline entry of the same kind; null for entries that are no events (comments, commits,
 * reviews, cross-references) and for events of no issue. Unknown kinds are kept. `own`: the repository (owner/name)
 * of a timeline, whose entries do not name their issue. Throws ZodError.
 */
export function mapEvent(raw: unknown, issueNumber?: number, own: string | null = null): IssueEvent | null {
  const kind = (raw as { event?: unknown } | null)?.event;
  if (typeof kind === "string" && otherKinds.has(kind)) return null;
  const entry = event.parse(raw);
  const issue = issueNumber ?? entry.issue?.number;
  if (issue === undefined) return null;
  const mapped: IssueEvent = {
    id: entry.id,
    issue,
    at: entry.created_at,
    actor: entry.actor,
    kind: entry.event,
  };
  if (entry.label) mapped.label = entry.label.name;
  if (entry.milestone) mapped.milestone = entry.milestone.title;
  if (entry.assignee !== null) mapped.assignee = entry.assignee;
  if (entry.rename) mapped.rename = entry.rename;
  // null is GitHub's way to say completed; a backup that leaves the field out says nothing.
  if (entry.event === "closed" && Object.hasOwn(raw as object, "state_reason"))
    mapped.stateReason = entry.state_reason;
  const field = relationFields.get(entry.event);
  const related = field && relation(entry[field], repositoryOfObject(entry.issue) ?? own);
  if (related !== undefined) mapped.relation = related;
  const { issue_type: to, prev_issue_type: from } = entry;
  if (to || from)
    mapped.type =
      entry.event === "issue_type_removed"
        ? { from: (from ?? to)?.name ?? null, to: null }
        : { from: from?.name ?? null, to: to?.name ?? null };
  // The listing of events names such a change, yet not its statuses; the GraphQL API has both.
  if (entry.event === "project_v2_item_status_changed" && entry.projects_v2_item_status !== undefined) {
    mapped.status = {
      project: entry.project_v2?.title ?? "",
      from: entry.previous_projects_v2_item_status ?? null,
      to: entry.projects_v2_item_status ?? null,
    };
  }
  return mapped;
}
