import { relative } from "node:path";
import { Command } from "commander";
import { UsageError } from "../../errors.ts";
import type { Verb } from "../../io.ts";
import { keepFlow } from "../../reports/flow-file.ts";
import { openReports } from "../../reports/open-reports.ts";
import { parseSprint } from "../arguments.ts";
import { requireTeamName, sprintToName, teamOption } from "../team.ts";
import { runCheck, runFreeze } from "./run.ts";

interface Options {
  preview?: boolean;
  force?: boolean;
  check?: boolean;
  team?: string;
  db: string;
  content: string;
}

export const freezeVerb: Verb = (io) =>
  teamOption(new Command("freeze"))
    .description(
      "Writes the report of a sprint that has ended to content/reports/NN.json, of a team that counts its own sprints " +
        "to reports/TEAM/NN.json, and freezes it with a digest. Run it again to take over promises from reviews written since, or to add a dated restatement if newer history " +
        "contradicts the frozen figures. It also updates flow.json, for the website's Flow page and its forecast.",
    )
    .argument("[sprint]", `${sprintToName}; without it, every sprint that has ended`)
    .option("--preview", "write a running sprint's figures so far, not frozen, for the website")
    .option("--force", "freeze even though the sprint has not ended")
    .option("--check", "write nothing; fail if a report is missing, was edited by hand, or is contradicted")
    .option("--db <file>", "database", ".sprintcast/sprintcast.db")
    .option("--content <dir>", "content folder", "content")
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast freeze 3\n  $ sprintcast freeze 4 --preview\n  $ sprintcast freeze --check",
    )
    .action(async (sprint: string | undefined, options: Options) => {
      if (options.check && (options.preview || options.force))
        throw new UsageError("check-writes-nothing", "--check cannot be combined with --preview or --force");
      const source = await openReports(io, options);
      try {
        requireTeamName(source, options.team);
        const wanted = sprint === undefined ? null : parseSprint(sprint, { ...source, team: options.team });
        if (options.check) await runCheck(io, source, wanted, options.team);
        else {
          await runFreeze(io, source, wanted, options);
          for (const file of await keepFlow(source)) io.out(`Flow: ${relative(io.cwd, file)} written.\n`);
        }
      } finally {
        source.close();
      }
    });
