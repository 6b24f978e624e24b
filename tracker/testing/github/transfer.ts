import { present } from "../../core/model/present.ts";
import { remove, type ServedRepository } from "./repository.ts";

type Json = Record<string, unknown>;

export interface Transfer {
  /** Number that the issue has where it arrives. */
  arrived: number;
  /** Where the double serves it from then on. */
  path: `/${string}`;
  at: string;
  /** What it brings is shown by its own listings alone, unlike what happens to it from then on. */
  isOwnAlone?: boolean;
}

/** As GitHub does it: events and comments go along under ids of their own, and the old address leads to the new one. */
export function transfer(
  from: ServedRepository,
  number: number,
  to: ServedRepository,
  { arrived, path, at, isOwnAlone = false }: Transfer,
): void {
  const issue = present(from.issues.find((one) => one.number === number));
  const milestone =
    to.milestones.find(({ title }) => title === (issue.milestone as Json | null)?.title) ?? null;
  const names = (issue.labels as Json[]).map(({ name }) => name);
  const labels = to.labels.filter(({ name }) => names.includes(name));
  const url = `https://api.github.com/repos/${to.name}/issues/${arrived}`;
  const now = { ...issue, number: arrived, id: 9000 + arrived, url, updated_at: at, milestone, labels };
  const isOfIssue = (event: Json) => (event.issue as Json).number === number;
  const known = [...(from.ownEvents ?? []), ...from.events].filter(isOfIssue);
  const brought = known.map((event) => ({ ...event, id: Number(event.id) + 50_000, issue: now }));
  const comments = from.comments
    .filter(({ issue_url }) => String(issue_url).endsWith(`/${number}`))
    .map((comment) => ({ ...comment, id: Number(comment.id) + 50_000, issue_url: url }));
  to.issues.push(now);
  if (isOwnAlone) to.ownEvents = [...(to.ownEvents ?? []), ...brought];
  else to.events.push(...brought);
  to.events.push({
    ...present(known[0]),
    id: 60_000 + arrived,
    event: "transferred",
    label: undefined,
    created_at: at,
    issue: now,
  });
  to.comments.push(...comments);
  remove(from, number, path);
}
