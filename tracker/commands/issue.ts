import { Command } from "commander";
import type { Verb } from "../io.ts";
import { renderIssueLife } from "../render/text/issue-life.ts";
import { openReports } from "../reports/open-reports.ts";
import { formatOf, jsonText, lookOf, type ReadingOptions, readingOptions } from "./reading-options.ts";

export const issueVerb: Verb = (io) =>
  readingOptions(
    new Command("issue")
      .description(
        "Prints the life of one issue: every sprint that it was in and what it counted as in each report, its lanes " +
          "with times, its sizes, and what was said of its effort.",
      )
      .argument("<number>", "number of the issue, such as 12 or #12; of several repositories web#12"),
    "sprintcast/issue@1",
    ["json"],
  )
    .addHelpText("after", "\nExamples:\n  $ sprintcast issue 12\n  $ sprintcast issue 12 --json")
    .action(async (text: string, options: ReadingOptions) => {
      const format = formatOf(options);
      const source = await openReports(io, options);
      try {
        const life = source.issueLife(text);
        io.out(format === "json" ? jsonText(life) : renderIssueLife(life, lookOf(io)));
      } finally {
        source.close();
      }
    });
