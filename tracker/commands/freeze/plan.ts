import { requireIntact } from "../../content/intact.ts";
import { instantText } from "../../core/model/days.ts";
import type { Report, Restatement } from "../../core/model/report.ts";
import { sprintArgument, sprintName } from "../../core/model/sprint.ts";
import { freezeReport, restatementFor, rewordedFrom } from "../../core/report/freeze.ts";
import { laggingIn } from "../../core/report/lagging.ts";
import { UsageError } from "../../errors.ts";

export interface FreezeRequest {
  /** Where the report is kept; named in errors. */
  file: string;
  /** What the file holds now; null: there is none. */
  existing: Report | null;
  /** The report as history says it now. */
  fresh: Report;
  /** Epoch milliseconds. */
  now: number;
  /** "preview" writes the running sprint's figures without a seal. */
  mode: "freeze" | "preview";
  /** Freeze although the sprint has not ended. */
  force: boolean;
}

/** What is to be written. `report` null: the file is right as it is. */
export type FreezePlan =
  | { action: "frozen" | "previewed"; report: Report }
  | { action: "restated"; report: Report; restatement: Restatement }
  /** The figures stay; promises, answers or the verdict on the goal were written since. */
  | { action: "reworded"; report: Report }
  | { action: "unchanged"; report: null };

/**
 * Decides what `freeze` writes. Throws ContentError `report-tampered` where a frozen file is not what was frozen, and
 * UsageError `sprint-running`, `history-too-old` or `already-frozen` where the request does not fit the sprint.
 */
export function planFreeze({ file, existing, fresh, now, mode, force }: FreezeRequest): FreezePlan {
  const at = new Date(now).toISOString();
  if (existing !== null) requireIntact(file, existing);
  const name = sprintName(fresh.sprint);
  if (mode === "preview") {
    if (existing?.frozen) {
      throw new UsageError("already-frozen", `sprint ${name} was frozen at ${existing.frozen.at}`, {
        hint: `A preview is for a running sprint. Run npx sprintcast freeze ${sprintArgument(name)} to add what was learned since.`,
      });
    }
    const report: Report = { ...fresh, frozen: null, restatements: [] };
    return isSame(existing, report) ? { action: "unchanged", report: null } : { action: "previewed", report };
  }
  const [lagging] = laggingIn(fresh);
  if (now >= Date.parse(fresh.sprint.end) && lagging !== undefined && !force) {
    const known =
      lagging.asOf === null
        ? "there is no history of"
        : `history is known up to ${toSecond(lagging.asOf)} only of`;
    throw new UsageError(
      "history-too-old",
      `sprint ${name} ended at ${fresh.sprint.end}, and ${known} ${lagging.name}`,
      {
        hint: "See what npx sprintcast sync says of it, or take it out of the repositories in settings.yml.",
      },
    );
  }
  // Without the sprint's last days, unchanged figures would look like what came of it.
  if (now >= Date.parse(fresh.sprint.end) && fresh.asOf < fresh.sprint.end && !force) {
    throw new UsageError(
      "history-too-old",
      `sprint ${name} ended at ${toSecond(fresh.sprint.end)}, but the last sync was at ${toSecond(fresh.asOf)}`,
      { hint: "Run npx sprintcast sync first." },
    );
  }
  if (existing?.frozen) {
    const restatement = restatementFor(existing, fresh, at);
    const reworded = rewordedFrom(existing, fresh);
    if (restatement === null)
      return reworded === null
        ? { action: "unchanged", report: null }
        : { action: "reworded", report: reworded };
    const report = { ...(reworded ?? existing), restatements: [...existing.restatements, restatement] };
    return { action: "restated", report, restatement };
  }
  if (now < Date.parse(fresh.sprint.end) && !force) {
    throw new UsageError("sprint-running", `sprint ${name} runs until ${fresh.sprint.end}`, {
      hint: `Write its figures so far with npx sprintcast freeze ${sprintArgument(name)} --preview, or close it early with --force.`,
    });
  }
  return { action: "frozen", report: freezeReport(fresh, at) };
}

/** Two previews that differ only in the instant they were made say the same. */
function isSame(existing: Report | null, report: Report): boolean {
  if (existing === null) return false;
  return JSON.stringify({ ...existing, asOf: "" }) === JSON.stringify({ ...report, asOf: "" });
}

const toSecond = (iso: string): string => instantText(Date.parse(iso));
