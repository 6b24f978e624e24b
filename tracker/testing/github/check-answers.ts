import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";

const perEvent: Record<string, string> = {
  labeled: "labeled-issue-event",
  unlabeled: "unlabeled-issue-event",
  assigned: "assigned-issue-event",
  unassigned: "unassigned-issue-event",
  milestoned: "milestoned-issue-event",
  demilestoned: "demilestoned-issue-event",
  renamed: "renamed-issue-event",
  locked: "locked-issue-event",
  closed: "state-change-issue-event",
  reopened: "state-change-issue-event",
  issue_type_added: "issue-type-added-issue-event",
  issue_type_changed: "issue-type-changed-issue-event",
  issue_type_removed: "issue-type-removed-issue-event",
  parent_issue_added: "parent-issue-added-issue-event",
  parent_issue_removed: "parent-issue-removed-issue-event",
  sub_issue_added: "sub-issue-added-issue-event",
  sub_issue_removed: "sub-issue-removed-issue-event",
  blocked_by_added: "blocked-by-added-issue-event",
  blocked_by_removed: "blocked-by-removed-issue-event",
};

const perListing: Record<string, string> = {
  issues: "issue",
  "issues/comments": "issue-comment",
  milestones: "milestone",
  labels: "label",
};

/** Holds answers to GitHub's own description of its API, events to the schema of their kind. Returns what is wrong. */
export function createAnswerCheck(): (kind: string, items: unknown[]) => string[] {
  const description = JSON.parse(readFileSync(new URL("github-schemas.json", import.meta.url), "utf8"));
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema(description, "github");
  const checks = new Map<string, ValidateFunction>();
  const checkOf = (schema: string): ValidateFunction => {
    let check = checks.get(schema);
    if (check === undefined) {
      check = ajv.compile({ $ref: `github#/components/schemas/${schema}` });
      checks.set(schema, check);
    }
    return check;
  };
  return (kind, items) =>
    items.flatMap((item) => {
      const event = String((item as { event?: unknown }).event);
      const schema = kind === "events" ? (perEvent[event] ?? "issue-event") : perListing[kind];
      if (schema === undefined) return [`no schema for ${kind}`];
      const check = checkOf(schema);
      // An account that is gone is null in practice, where the description of single events promises a user.
      const judged =
        (item as { actor?: unknown }).actor === null ? { ...(item as object), actor: ghost } : item;
      return check(judged)
        ? []
        : [`${schema} ${JSON.stringify((item as { id?: unknown }).id)}: ${ajv.errorsText(check.errors)}`];
    });
}

const url = "https://api.github.com/users/ghost";
const ghost = {
  login: "ghost",
  id: 10137,
  node_id: "MDQ6VXNlcjEwMTM3",
  avatar_url: url,
  gravatar_id: "",
  url,
  html_url: url,
  followers_url: url,
  following_url: url,
  gists_url: url,
  starred_url: url,
  subscriptions_url: url,
  organizations_url: url,
  repos_url: url,
  events_url: url,
  received_events_url: url,
  type: "User",
  site_admin: false,
};
