import type { Report } from "../model/report.ts";
import { numberOf, type Repositories, repositoriesOf } from "../model/repositories.ts";

type Json = Record<string, unknown>;

/**
 * The value as it leaves the program: issues that go by key get their own numbers, and where there are several
 * repositories a `ref` such as `web#12` beside. An issue is what has a `number`, or names one as `issue`; what blocks it
 * goes by reference. Sprints, and the milestones that settings name, have numbers of their own.
 */
export function withRefs<T>(value: T, repositories: Repositories): T {
  return repositories.names.length < 2 ? value : (named(value, repositories) as T);
}

const ofNoIssues: ReadonlySet<string> = new Set(["sprint", "sprints", "settings"]);

function named(value: unknown, repositories: Repositories): unknown {
  if (Array.isArray(value)) return value.map((one) => named(one, repositories));
  if (value === null || typeof value !== "object") return value;
  const out: Json = {};
  for (const [key, inner] of Object.entries(value)) {
    const isIssue = (key === "number" || key === "issue") && typeof inner === "number";
    if (isIssue) {
      out[key] = numberOf(inner);
      out.ref = repositories.refOf(inner);
    } else if ((key === "blockedBy" || key === "by") && Array.isArray(inner))
      out[key] = inner.map((one) => (typeof one === "number" ? repositories.refOf(one) : one));
    else out[key] = ofNoIssues.has(key) ? inner : named(inner, repositories);
  }
  return out;
}

/** How a report names issues: those of a report's only repository by number alone, all others as the team does now. */
export function asNamedIn(
  report: Pick<Report, "repository" | "repositories">,
  repositories: Repositories,
): Repositories {
  if (report.repositories !== undefined) return repositories;
  const own = repositories.keyOf(report.repository, 0);
  const refOf = (key: number) => (key - numberOf(key) === own ? undefined : repositories.refOf(key));
  return { ...repositories, refOf };
}

/** An issue in a report. */
export interface IssueInReport {
  number: number | null;
  ref?: string;
}

/** Its key; null where it is in a repository that is none of these. A bare number is of the report's own `repository`. */
export function keyOfRef(
  { number, ref }: IssueInReport,
  repositories: Repositories,
  repository: string,
): number | null {
  if (number === null) return null;
  // The only repository of a report may be called otherwise by now: then it is the first.
  if (ref === undefined) return repositories.keyOf(repository, number) ?? number;
  return repositories.keyOf(ref.slice(0, ref.lastIndexOf("#")), number);
}

/** What people call an issue of a report; no two issues of one report are called alike. */
export const issueNameOf = ({ number, ref }: IssueInReport): string => ref ?? `#${number}`;

/** The same in a column of issues. */
export const issueCell = ({ number, ref }: IssueInReport): string | number | null => ref ?? number;

/** owner/name of the repository that an issue of a report is in. */
export function repositoryOfIssue(
  issue: IssueInReport,
  { repository, repositories }: Pick<Report, "repository" | "repositories">,
): string {
  if (issue.ref === undefined || repositories === undefined) return repository;
  const all = repositoriesOf(repositories.map(({ name }) => name));
  const key = keyOfRef(issue, all, repository);
  return key === null ? repository : all.repositoryOf(key);
}
