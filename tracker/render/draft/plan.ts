import { nextDay } from "../../core/model/calendar.ts";
import type { Notes } from "../../core/model/notes.ts";
import { present } from "../../core/model/present.ts";
import type { Report } from "../../core/model/report.ts";
import { type SprintName, sprintName } from "../../core/model/sprint.ts";
import { promisesOf } from "../../core/report/promises.ts";
import { forReaders, unitOf } from "../../core/report/unit.ts";
import { UsageError } from "../../errors.ts";
import { renewBlocks } from "./blocks.ts";
import { draftNotes } from "./notes.ts";
import { draftPlanning } from "./planning.ts";
import { draftReview } from "./review.ts";

export interface DraftRequest {
  kind: "planning" | "review" | "notes";
  sprint: SprintName;
  /** Reports of all sprints: frozen where they are, as the site shows them. */
  reports: Report[];
  /** What the sprint shipped, for a draft of notes. */
  notes?: Notes;
  /** The post as it is; null: there is none. */
  existing: string | null;
}

export type DraftPlan =
  | { action: "created" | "renewed"; text: string }
  /** Nothing of ours is out of date, or nothing of ours is left. */
  | { action: "unchanged"; text: null };

/**
 * Decides what `draft` writes. A review, and notes of what was shipped, are of the day after the sprint's end, a planning of its first day, whenever it
 * is drafted.
 * A human's words in an existing post keep their bytes.
 */
export function planDraft({ kind, sprint, reports, notes, existing }: DraftRequest): DraftPlan {
  const inOrder = reports.toSorted((a, b) => a.sprint.number - b.sprint.number);
  const report = inOrder.find((one) => sprintName(one.sprint) === sprint);
  if (report === undefined) {
    const known = inOrder.map((one) => sprintName(one.sprint)).join(", ");
    throw new UsageError("no-such-sprint", `there is no sprint ${sprint}`, {
      hint: known === "" ? "Add it in content/sprints/." : `There are: ${known}.`,
    });
  }
  const earlier = inOrder.filter(
    (one) => one.sprint.number < report.sprint.number && one.sprint.team === report.sprint.team,
  );
  const after = nextDay(report.sprint.lastDay);
  const fresh =
    kind === "notes"
      ? draftNotes(present(notes), after)
      : kind === "review"
        ? draftReview(report, after)
        : draftPlanning(
            {
              previous: earlier.at(-1) ?? null,
              next: report,
              promises: promisesOf(earlier).filter(({ kept }) => kept === null),
              velocity: earlier
                .filter((one) => unitOf(one) === unitOf(report))
                .slice(-3)
                .map((one) => forReaders(one).effort.completed),
            },
            report.sprint.firstDay,
          );
  if (existing === null) return { action: "created", text: fresh };
  const text = renewBlocks(existing, fresh);
  return text === existing ? { action: "unchanged", text: null } : { action: "renewed", text };
}
