import type { IssueObservation } from "../core/model/issue.ts";
import { lastOf } from "../core/model/present.ts";

/** Of rows of observations, by number. */
export const kinds = {
  issue: 1,
  milestone: 2,
  label: 3,
  placement: 4,
  project: 5,
  keptIssue: 6,
  fields: 7,
  projectUpdate: 8,
} as const;

/**
 * A content with the time it was first seen; `observedAt` inside is the last. `asOf`, on issues: the instant of which
 * it is evidence, where that is earlier, because a backup kept it.
 */
export type Seen<T> = T & { firstSeenAt: number; asOf?: number };

/** GitHub may date an event seconds after it marks its issue as updated. */
const slack = 5000;

export interface Row {
  digest: string;
  first_seen: number;
  last_seen: number;
  content: string;
}

function toValue<T>(row: Row): Seen<T> {
  const value = JSON.parse(row.content);
  value.observedAt = row.last_seen;
  value.firstSeenAt = row.first_seen;
  return value;
}

/** Oldest first. Equal times happen (one page, two answers): then the later update, then the digest decides. */
export function inOrder<T extends object>(rows: Row[]): Seen<T>[] {
  const read = rows.map((row) => ({ row, value: toValue<T>(row) }));
  if (read.length > 1) {
    const updated = (value: object) => ("updatedAt" in value ? (value.updatedAt as number) : 0);
    read.sort(
      (a, b) =>
        a.row.last_seen - b.row.last_seen ||
        updated(a.value) - updated(b.value) ||
        (a.row.digest < b.row.digest ? -1 : 1),
    );
  }
  return read.map(({ value }) => value);
}

export type IssueRow = Row & { kind: number };

/**
 * The versions of an issue, oldest first. GitHub's own `updated_at` orders them, for a backup may hand in an old one
 * late; of versions with the same, which differ by a name, the one seen last is the newest.
 */
export function versionsOf(rows: IssueRow[]): Seen<IssueObservation>[] {
  return sortVersions(rows).map(({ value }) => value);
}

export const newestDigest = (rows: IssueRow[]): string | undefined => sortVersions(rows).at(-1)?.row.digest;

function sortVersions(rows: IssueRow[]): { row: Row; value: Seen<IssueObservation> }[] {
  // Most issues were seen in one version only.
  const byDigest = rows.length === 1 ? [rows] : [...Map.groupBy(rows, ({ digest }) => digest).values()];
  const versions = byDigest.map((same) => {
    const live = same.find(({ kind }) => kind === kinds.issue);
    const row = live ?? lastOf(same);
    const value = toValue<IssueObservation>(row);
    const inBackup = same.find(({ kind }) => kind === kinds.keptIssue);
    if (inBackup === undefined) return { row, value };
    const asOf = Math.min(value.updatedAt + slack, inBackup.last_seen);
    if (live === undefined) return { row, value: { ...value, asOf, kept: true as const } };
    const firstSeenAt = Math.min(value.firstSeenAt, inBackup.last_seen);
    return { row, value: { ...value, firstSeenAt, asOf: Math.min(asOf, firstSeenAt) } };
  });
  return versions.sort(
    (a, b) =>
      a.value.updatedAt - b.value.updatedAt ||
      a.row.last_seen - b.row.last_seen ||
      (a.row.digest < b.row.digest ? -1 : 1),
  );
}
