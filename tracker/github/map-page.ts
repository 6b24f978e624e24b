import type { CarriedThings, HistoryPage, RawPage } from "../core/model/page.ts";
import { mapAbsence } from "./map-absence.ts";
import { mapComment } from "./map-comment.ts";
import { mapCount } from "./map-count.ts";
import { mapEvent } from "./map-event.ts";
import { mapIssue } from "./map-issue.ts";
import { readIssueFields } from "./map-issue-fields.ts";
import { mapLabel } from "./map-label.ts";
import { mapMilestone } from "./map-milestone.ts";
import { readPlacement, readProject } from "./map-project.ts";

/** A page as core values, and what of it could not be read (named, so that nothing is lost in silence). */
export interface MappedPage {
  page: HistoryPage;
  problems: string[];
  /** Changes in projects that were deleted or that the token may not see. */
  nameless: number;
}

/**
 * Reads one raw page. Issues also bring the labels and the milestone they carry: those objects have ids and
 * numbers, which tell a rename from a new label. A timeline page (`issueNumber` set) also brings its comments.
 */
export function mapPage(raw: RawPage): MappedPage {
  const page = emptyPage();
  const problems: string[] = [];
  let nameless = 0;
  for (const item of raw.items) {
    try {
      if (raw.kind === "issueFields") readIssueFields(item, raw.observedAt, page);
      else if (raw.kind === "placements") nameless += readPlacement(item, raw.observedAt, page);
      else readItem({ ...raw, kind: raw.kind }, item, page);
    } catch (error) {
      problems.push(`${describe(raw, item)}: ${firstLine(error)}`);
    }
  }
  if (raw.asOf !== undefined && raw.issueNumber !== undefined)
    page.whole = [{ issue: raw.issueNumber, at: raw.asOf }];
  if (raw.whole && raw.kind === "comments" && raw.issueNumber !== undefined)
    page.commentListings = [{ issue: raw.issueNumber, at: raw.observedAt }];
  else if (raw.whole && raw.kind === "events" && raw.issueNumber !== undefined)
    page.ownEvents = [raw.issueNumber];
  else if (raw.whole) listWhole(raw, page);
  return { page, problems, nameless };
}

/** What a listing names in its own right, unlike what issues carry, is kept as one. */
function listWhole({ kind, observedAt }: RawPage, page: HistoryPage): void {
  const isLabels = kind === "labels";
  const things = isLabels ? page.labels : page.milestones;
  page.listings = [{ kind: isLabels ? "label" : "milestone", at: observedAt, things }];
  if (isLabels) page.labels = [];
  else page.milestones = [];
}

function readItem(
  raw: RawPage & { kind: Exclude<RawPage["kind"], "placements" | "issueFields"> },
  item: unknown,
  page: HistoryPage,
): void {
  switch (raw.kind) {
    case "issues": {
      const issue = mapIssue(item, raw.observedAt, false, raw.repository);
      page.issues.push(raw.asOf === undefined ? issue : { ...issue, kept: true });
      if (raw.asOf === undefined) {
        readCarried(item, raw.observedAt, page);
        readCount(item, page);
      } else page.carried = [...(page.carried ?? []), carriedBy(item, issue.number, raw.asOf)];
      return;
    }
    case "events": {
      const isComment = (item as { event?: unknown } | null)?.event === "commented";
      if (isComment) page.comments.push(mapComment(item, raw.issueNumber));
      const event = mapEvent(item, raw.issueNumber, raw.repository);
      if (event !== null) page.events.push(event);
      return;
    }
    case "comments":
      page.comments.push(mapComment(item, raw.issueNumber));
      return;
    case "milestones":
      page.milestones.push(mapMilestone(item, raw.observedAt));
      return;
    case "labels":
      page.labels.push(mapLabel(item, raw.observedAt));
      return;
    case "counts":
      readCount(item, page);
      return;
    case "absences":
      page.sightings = [...(page.sightings ?? []), mapAbsence(item, raw.observedAt)];
      return;
    case "projects":
      readProject(item, raw.observedAt, page);
      return;
  }
}

function readCount(item: unknown, page: HistoryPage): void {
  const count = mapCount(item);
  if (count !== null) page.commentCounts = [...(page.commentCounts ?? []), count];
}

function carriedBy(item: unknown, issue: number, asOf: number): CarriedThings {
  const { labels, milestones } = readCarried(item, asOf, emptyPage());
  return { issue, labels, milestone: milestones[0] ?? null };
}

/** The label and milestone objects inside an issue; those without an id or a state say nothing new. */
export function readCarried(item: unknown, observedAt: number, page: HistoryPage): HistoryPage {
  const { labels, milestone } = item as { labels?: unknown; milestone?: unknown };
  for (const label of Array.isArray(labels) ? labels : []) {
    if (typeof label === "object" && label !== null && "id" in label)
      page.labels.push(mapLabel(label, observedAt));
  }
  if (typeof milestone === "object" && milestone !== null && "state" in milestone) {
    page.milestones.push(mapMilestone(milestone, observedAt));
  }
  return page;
}

const emptyPage = (): HistoryPage => ({ issues: [], events: [], comments: [], milestones: [], labels: [] });

function describe(raw: RawPage, item: unknown): string {
  const { number, id } = (item ?? {}) as { number?: unknown; id?: unknown };
  const name = number ?? id;
  const kind = raw.kind.slice(0, -1);
  return name === undefined ? `an entry of ${raw.kind} without a number` : `${kind} ${String(name)}`;
}

/** Zod's message is a JSON list; its first path and reason suffice in a warning. */
function firstLine(error: unknown): string {
  const issues = (error as { issues?: { path: PropertyKey[]; message: string }[] }).issues;
  const first = issues?.[0];
  if (first !== undefined) return `${first.path.map(String).join(".")}: ${first.message}`;
  return error instanceof Error ? error.message : String(error);
}
