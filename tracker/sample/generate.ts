import { Temporal } from "temporal-polyfill";
import { present } from "../core/model/present.ts";
import { type Json, type Objects, objectsOf } from "./github-objects.ts";
import { type Happening, type Outcome, simulate } from "./simulate.ts";
import type { Source, SourceIssue } from "./source.ts";

/** Path inside the backup folder to file text. The same source gives the same bytes. */
export type BackupFiles = Map<string, string>;

/** Writes the source as a github-metadata-backup folder, with milestones.json and labels.json beside. */
export function generateBackup(source: Source): BackupFiles {
  const toIso = (wallClock: string) =>
    Temporal.PlainDateTime.from(wallClock.replace(" ", "T"))
      .toZonedDateTime(source.zone, { disambiguation: "reject" })
      .toInstant()
      .toString();
  const objects = objectsOf(source, toIso);
  const played = source.issues.map((entry) => ({ entry, ...simulate(source, entry, objects, toIso) }));
  const numbers = numberHappenings(played.flatMap((one) => one.happenings));
  const files: BackupFiles = new Map();
  const put = (path: string, value: unknown) => files.set(path, `${JSON.stringify(value, null, 1)}\n`);

  put("state.json", { version: 2, last_backup: toIso(source.snapshot), failed_issues: [], failed_pulls: [] });
  put(
    "labels.json",
    source.labels.map((label) => objects.label(label.name)),
  );
  put(
    "milestones.json",
    source.milestones.map((milestone) => ({
      ...objects.milestone(milestone.number),
      ...countsOf(played, milestone.number),
    })),
  );
  for (const { entry, happenings, outcome } of played) {
    const item = itemOf(source, entry, outcome, objects, toIso);
    const events = happenings.map((one) => eventOf(one, present(numbers.get(one)), source, objects));
    if (entry.pull) put(`pulls/${entry.number}.json`, { type: "pull", pull: item, events, comments: [] });
    else put(`issues/${entry.number}.json`, { type: "issue", issue: item, events });
  }
  return files;
}

/** Ids that rise with time through the whole repository, as GitHub's do; comments have a series of their own. */
function numberHappenings(all: Happening[]): Map<Happening, number> {
  const inTime = all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.issue - b.issue));
  const numbers = new Map<Happening, number>();
  const next = { event: 2_660_000_001, comment: 535_000_001 };
  for (const one of inTime) numbers.set(one, one.kind === "commented" ? next.comment++ : next.event++);
  return numbers;
}

function countsOf(played: { outcome: Outcome }[], milestone: number): Json {
  const inside = played.filter((one) => one.outcome.milestone === milestone);
  return {
    open_issues: inside.filter((one) => one.outcome.state === "open").length,
    closed_issues: inside.filter((one) => one.outcome.state === "closed").length,
  };
}

function eventOf(one: Happening, id: number, source: Source, objects: Objects): Json {
  const actor = one.actor === null ? null : objects.user(one.actor);
  if (one.kind === "commented") {
    return {
      event: "commented",
      id,
      node_id: objects.nodeId("IssueComment", id),
      url: `${objects.api}/issues/comments/${id}`,
      html_url: `${objects.web}/issues/${one.issue}#issuecomment-${id}`,
      issue_url: `${objects.api}/issues/${one.issue}`,
      actor,
      user: actor,
      created_at: one.at,
      updated_at: one.at,
      author_association: one.actor === source.author ? "OWNER" : "NONE",
      ...one.payload,
    };
  }
  return {
    event: one.kind,
    id,
    node_id: objects.nodeId("Event", id),
    url: `${objects.api}/issues/events/${id}`,
    actor,
    commit_id: null,
    commit_url: null,
    created_at: one.at,
    ...one.payload,
  };
}

function itemOf(
  source: Source,
  entry: SourceIssue,
  outcome: Outcome,
  objects: Objects,
  toIso: (wallClock: string) => string,
): Json {
  return {
    ...objects.addresses(entry.number, entry.pull ? "pull" : "issues"),
    title: outcome.title,
    user: objects.user(source.author),
    labels: outcome.labels.map((name) => objects.label(name)),
    state: outcome.state,
    ...(outcome.stateReason === null ? {} : { state_reason: outcome.stateReason }),
    locked: false,
    assignees: outcome.assignees.map((login) => objects.user(login)),
    ...(outcome.milestone === null ? {} : { milestone: objects.milestone(outcome.milestone) }),
    comments: outcome.comments,
    created_at: toIso(entry.created),
    updated_at: outcome.updatedAt,
    ...(outcome.closedAt === null ? {} : { closed_at: outcome.closedAt }),
    ...(outcome.closedBy === null ? {} : { closed_by: objects.user(outcome.closedBy) }),
    author_association: "OWNER",
    ...(entry.pull ? { merged: outcome.mergedAt !== null, merged_at: outcome.mergedAt, draft: false } : {}),
  };
}
