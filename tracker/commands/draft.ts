import { Command } from "commander";
import { runDraft } from "./draft-run.ts";
import type { Verb } from "./io.ts";
import { openReports } from "./open-reports.ts";
import { parseSprintNumber } from "./sprint-number.ts";

interface Options {
  planning?: boolean;
  db: string;
  content: string;
}

export const draftVerb: Verb = (io) =>
  new Command("draft")
    .summary("write a review, or a planning checklist, to be finished by a human")
    .description(
      "Writes content/posts/NN-review.md with sections, figures and questions. Run again, it renews only what nobody " +
        "has touched: your words keep every byte.",
    )
    .argument("<sprint>", "number of the sprint")
    .option("--planning", "the refinement checklist before the sprint, instead of the review after it")
    .option("--db <file>", "database", ".sprintcast/sprintcast.db")
    .option("--content <dir>", "content folder", "content")
    .addHelpText("after", "\nExamples:\n  $ sprintcast draft 3\n  $ sprintcast draft 4 --planning")
    .action(async (sprint: string, options: Options) => {
      const source = await openReports(io, options);
      try {
        await runDraft(io, source, parseSprintNumber(sprint, source.numbers), options.planning ?? false);
      } finally {
        source.close();
      }
    });
