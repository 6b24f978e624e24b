import { z } from "zod";
import type { IssueObservation } from "../core/model/issue.ts";
import {
  account,
  instant,
  issueAt,
  openOrClosed,
  repositoryOfObject,
  stateReason,
  wholeNumber,
} from "./map-fields.ts";

const issue = z.object({
  number: wholeNumber,
  html_url: z.string().optional(),
  state: openOrClosed,
  state_reason: stateReason,
  title: z.string(),
  body: z.string().nullish(),
  user: account,
  labels: z
    .array(z.union([z.string(), z.object({ name: z.string().nullish() }).nullable()]))
    .nullish()
    .transform((labels) =>
      (labels ?? []).map((label) => (typeof label === "string" ? label : (label?.name ?? ""))),
    ),
  milestone: z
    .object({ number: wholeNumber, title: z.string() })
    .nullish()
    .transform((milestone) => (milestone ? { number: milestone.number, title: milestone.title } : null)),
  assignee: account,
  assignees: z.array(account).nullish(),
  created_at: instant,
  updated_at: instant,
  closed_at: instant.nullish(),
  pull_request: z.unknown().optional(),
  parent_issue_url: z.string().nullish(),
  type: z.object({ name: z.string() }).nullish(),
});

/**
 * An issue of GitHub's REST API, as listed, or a pull request as listed under `pulls` (`isPull`). `own`: its
 * repository, where the object does not say it itself. Throws ZodError.
 */
export function mapIssue(
  raw: unknown,
  observedAt: number,
  isPull = false,
  own: string | null = null,
): IssueObservation {
  const entry = issue.parse(raw);
  const assignees = (entry.assignees ?? [entry.assignee]).filter((login) => login !== null);
  return {
    number: entry.number,
    observedAt,
    createdAt: entry.created_at,
    updatedAt: entry.updated_at,
    closedAt: entry.closed_at ?? null,
    title: entry.title,
    state: entry.state,
    stateReason: entry.state_reason,
    labels: entry.labels.filter((name) => name !== ""),
    milestone: entry.milestone,
    assignees,
    author: entry.user,
    pullRequest: isPull || (entry.pull_request ?? null) !== null,
    url: entry.html_url ?? "",
    body: entry.body ?? null,
    ...(entry.type === undefined ? {} : { type: entry.type?.name ?? null }),
    parent: entry.parent_issue_url ? issueAt(entry.parent_issue_url, repositoryOfObject(raw) ?? own) : null,
  };
}
