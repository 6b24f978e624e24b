import { Command } from "commander";
import { sprintName } from "../core/model/sprint.ts";
import { promisesOf, tallyOf } from "../core/report/promises.ts";
import type { Verb } from "../io.ts";
import { renderPromises } from "../render/text/promises.ts";
import { createPaint } from "../render/text/terminal.ts";
import { openReports } from "../reports/open-reports.ts";
import { isOfTeam, teamOption } from "./team.ts";

interface Options {
  team?: string;
  json?: boolean;
  db: string;
  content: string;
}

export const kalmVerb: Verb = (io) =>
  teamOption(new Command("kalm"))
    .description(
      "Lists what the reviews promised to keep, add, do less and do more, the answer given by a later review or by " +
        "the linked issue, the share kept, and the age in sprints.",
    )
    .option("--json", "print sprintcast/kalm@1")
    .option("--db <file>", "database", ".sprintcast/sprintcast.db")
    .option("--content <dir>", "content folder", "content")
    .addHelpText("after", "\nExamples:\n  $ sprintcast kalm\n  $ sprintcast kalm --json")
    .action(async (options: Options) => {
      const source = await openReports(io, options);
      try {
        const isWanted = isOfTeam(source, options.team);
        const promises = promisesOf(source.all().filter(({ sprint }) => isWanted(sprintName(sprint))));
        const tally = tallyOf(promises);
        if (options.json) {
          const value = {
            schema: "sprintcast/kalm@1",
            repository: source.repository,
            ...(source.repositories.length < 2 ? {} : { repositories: source.repositories }),
            ...tally,
            pledges: promises,
          };
          io.out(`${JSON.stringify(value, null, 2)}\n`);
        } else
          io.out(
            renderPromises(promises, tally, { width: io.columns, paint: createPaint(io.isTerminal, io.env) }),
          );
      } finally {
        source.close();
      }
    });
