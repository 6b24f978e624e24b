import { relative } from "node:path";
import { Command } from "commander";
import { UsageError } from "../../errors.ts";
import type { Verb } from "../../io.ts";
import { flowPath, keepFlow } from "../../reports/flow-file.ts";
import { openReports } from "../../reports/open-reports.ts";
import { parseSprintNumber } from "../arguments.ts";
import { runCheck, runFreeze } from "./run.ts";

interface Options {
  preview?: boolean;
  force?: boolean;
  check?: boolean;
  db: string;
  content: string;
}

export const freezeVerb: Verb = (io) =>
  new Command("freeze")
    .description(
      "Writes the report of a sprint that has ended to content/reports/NN.json, sealed with a digest. Run again, it " +
        "changes nothing, takes over the promises of reviews written since, or adds a dated restatement where history " +
        "learned since contradicts the frozen figures. Beside the reports it keeps flow.json, for the website's Flow page.",
    )
    .argument("[sprint]", "number of the sprint; without it, every sprint that has ended")
    .option("--preview", "write a running sprint's figures so far, unsealed, for the website")
    .option("--force", "freeze although the sprint has not ended")
    .option("--check", "write nothing; fail where a report is missing, changed by hand, or contradicted")
    .option("--db <file>", "database", ".sprintcast/sprintcast.db")
    .option("--content <dir>", "content folder", "content")
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast freeze 3\n  $ sprintcast freeze 4 --preview\n  $ sprintcast freeze --check",
    )
    .action(async (sprint: string | undefined, options: Options) => {
      if (options.check && (options.preview || options.force))
        throw new UsageError("check-writes-nothing", "--check goes with neither --preview nor --force");
      const source = await openReports(io, options);
      try {
        const wanted = sprint === undefined ? null : parseSprintNumber(sprint, source.numbers);
        if (options.check) await runCheck(io, source, wanted);
        else {
          await runFreeze(io, source, wanted, options);
          if (await keepFlow(source))
            io.out(`Flow: ${relative(io.cwd, flowPath(source.contentDir))} written.\n`);
        }
      } finally {
        source.close();
      }
    });
