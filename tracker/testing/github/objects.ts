type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a metadata backup leaves out of an account. A vanished account is null, as at GitHub. */
function wholeUser(raw: unknown): Json | null {
  if (!isObject(raw)) return null;
  const url = String(raw.url ?? "https://api.github.invalid/users/someone");
  const at = (tail: string) => `${url}/${tail}`;
  return {
    login: raw.login,
    id: Number(raw.id ?? 1),
    node_id: String(raw.node_id ?? ""),
    avatar_url: String(raw.avatar_url ?? ""),
    gravatar_id: String(raw.gravatar_id ?? ""),
    url,
    html_url: String(raw.html_url ?? ""),
    followers_url: at("followers"),
    following_url: at("following{/other_user}"),
    gists_url: at("gists{/gist_id}"),
    starred_url: at("starred{/owner}{/repo}"),
    subscriptions_url: at("subscriptions"),
    organizations_url: at("orgs"),
    repos_url: at("repos"),
    events_url: at("events{/privacy}"),
    received_events_url: at("received_events"),
    type: String(raw.type ?? "User"),
    site_admin: raw.site_admin === true,
  };
}

function wholeLabel(raw: unknown): Json {
  const label = isObject(raw) ? raw : {};
  return {
    id: Number(label.id ?? 0),
    node_id: String(label.node_id ?? ""),
    url: String(label.url ?? ""),
    name: String(label.name ?? ""),
    description: label.description ?? null,
    color: String(label.color ?? "ededed"),
    default: label.default === true,
  };
}

export function wholeMilestone(raw: unknown): Json | null {
  if (!isObject(raw)) return null;
  const text = (key: string) => String(raw[key] ?? "");
  return {
    url: text("url"),
    html_url: text("html_url"),
    labels_url: text("labels_url"),
    id: Number(raw.id ?? raw.number),
    node_id: text("node_id"),
    number: raw.number,
    state: String(raw.state ?? "open"),
    title: text("title"),
    description: raw.description ?? null,
    creator: wholeUser(raw.creator),
    open_issues: Number(raw.open_issues ?? 0),
    closed_issues: Number(raw.closed_issues ?? 0),
    created_at: String(raw.created_at ?? "2000-01-01T00:00:00Z"),
    updated_at: String(raw.updated_at ?? raw.created_at ?? "2000-01-01T00:00:00Z"),
    closed_at: raw.closed_at ?? null,
    due_on: raw.due_on ?? null,
  };
}

/** A backup's issue or pull request as the issues listing answers it: a pull request is an issue there. */
export function wholeIssue(raw: Json, pull: boolean): Json {
  const text = (key: string) => String(raw[key] ?? "");
  const assignees = Array.isArray(raw.assignees)
    ? raw.assignees.map(wholeUser).filter((u) => u !== null)
    : [];
  return {
    url: text("url"),
    repository_url: text("repository_url"),
    labels_url: text("labels_url"),
    comments_url: text("comments_url"),
    events_url: text("events_url"),
    html_url: text("html_url"),
    id: Number(raw.id ?? raw.number),
    node_id: text("node_id"),
    number: raw.number,
    title: raw.title,
    user: wholeUser(raw.user),
    labels: Array.isArray(raw.labels) ? raw.labels.map(wholeLabel) : [],
    state: raw.state === "open" ? "open" : "closed",
    state_reason: raw.state_reason ?? null,
    locked: raw.locked === true,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: wholeMilestone(raw.milestone),
    comments: Number(raw.comments ?? 0),
    created_at: raw.created_at,
    updated_at: raw.updated_at,
    closed_at: raw.closed_at ?? null,
    author_association: String(raw.author_association ?? "NONE"),
    body: raw.body ?? null,
    ...(raw.parent_issue_url === undefined ? {} : { parent_issue_url: raw.parent_issue_url }),
    ...(pull
      ? {
          pull_request: {
            url: text("url"),
            html_url: text("html_url"),
            diff_url: text("diff_url"),
            patch_url: text("patch_url"),
          },
        }
      : {}),
  };
}

const addresses =
  "archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads " +
  "events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges " +
  "milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees";

/** An issue as an event of a relation names it: by its number, and with the repository (owner/name) it is in. */
export function wholeReference(repository: string, number: number): Json {
  const url = `https://api.github.com/repos/${repository}`;
  const [owner, name] = repository.split("/");
  return {
    number,
    title: "At the other end",
    state: "open",
    state_reason: null,
    issue_type: null,
    repository: {
      id: 1,
      node_id: "R_1",
      name,
      full_name: repository,
      owner: wholeUser({ login: owner }),
      private: false,
      fork: false,
      description: null,
      url,
      html_url: `https://github.com/${repository}`,
      ...Object.fromEntries(addresses.split(" ").map((word) => [`${word}_url`, `${url}/${word}`])),
    },
  };
}

/** A backup's timeline event as the repository's event listing answers it: with its issue. */
export function wholeEvent(raw: Json, issue: Json): Json {
  const event: Json = {
    id: raw.id,
    node_id: String(raw.node_id ?? ""),
    url: String(raw.url ?? ""),
    actor: wholeUser(raw.actor),
    event: raw.event,
    commit_id: raw.commit_id ?? null,
    commit_url: raw.commit_url ?? null,
    created_at: raw.created_at,
    performed_via_github_app: null,
    issue,
  };
  if (isObject(raw.label)) event.label = { name: raw.label.name, color: String(raw.label.color ?? "ededed") };
  if (isObject(raw.milestone)) event.milestone = { title: raw.milestone.title };
  if (isObject(raw.rename)) event.rename = { from: raw.rename.from, to: raw.rename.to };
  if (raw.event === "assigned" || raw.event === "unassigned") {
    event.assignee = wholeUser(raw.assignee);
    event.assigner = wholeUser(raw.assigner ?? raw.actor);
  }
  for (const field of ["parent_issue", "sub_issue", "blocked_by", "issue_type", "prev_issue_type"])
    if (Object.hasOwn(raw, field)) event[field] = raw[field];
  // Where the backup kept no reason, none is made up: null would say «completed».
  if (Object.hasOwn(raw, "state_reason")) event.state_reason = raw.state_reason;
  if (raw.event === "locked") event.lock_reason = raw.lock_reason ?? null;
  return event;
}

export function wholeComment(raw: Json, issueUrl: string): Json {
  return {
    id: raw.id,
    node_id: String(raw.node_id ?? ""),
    url: String(raw.url ?? ""),
    html_url: String(raw.html_url ?? ""),
    issue_url: String(raw.issue_url ?? issueUrl),
    user: wholeUser(raw.user ?? raw.actor),
    created_at: raw.created_at,
    updated_at: raw.updated_at ?? raw.created_at,
    author_association: String(raw.author_association ?? "NONE"),
    body: String(raw.body ?? ""),
    performed_via_github_app: null,
  };
}
