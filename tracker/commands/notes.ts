import { relative } from "node:path";
import { Command, Option } from "commander";
import type { NotesGrouping } from "../core/model/notes.ts";
import type { Verb } from "../io.ts";
import { reportToShow } from "../reports/current-report.ts";
import { notesOf } from "../reports/notes.ts";
import { openReports } from "../reports/open-reports.ts";
import { parseSprint } from "./arguments.ts";
import { notesPost } from "./draft.ts";
import { formatOf, jsonText, type ReadingOptions, readingOptions } from "./reading-options.ts";
import { sprintTeamOption, sprintToName } from "./team.ts";

interface Options extends ReadingOptions {
  team?: string;
  group?: NotesGrouping;
  fresh?: boolean;
}

export const notesVerb: Verb = (io) =>
  readingOptions(
    sprintTeamOption(new Command("notes"))
      .description(
        "Prints what a sprint shipped as Markdown for a release: tasks by type or label, with links and contributors. " +
          "Where there is a draft (sprintcast draft N --notes), its text as you edited it.",
      )
      .argument("<sprint>", sprintToName)
      .addOption(
        new Option(
          "--group <by>",
          "how tasks are grouped; without it, by type, or by label where none has a type",
        ).choices(["type", "label", "none"]),
      )
      .option("--fresh", "from the history, although there is a draft"),
    "sprintcast/notes@1",
    ["md", "json"],
  )
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast notes 3\n  $ sprintcast notes 3 --group label --json\n" +
        "  $ sprintcast notes 3 | gh release create v1.3.0 --notes-file -",
    )
    .action(async (sprint: string, options: Options) => {
      const format = formatOf(options);
      const source = await openReports(io, options);
      try {
        const name = parseSprint(sprint, { ...source, team: options.team });
        const post = notesPost(source, name);
        if (format !== "json" && post !== undefined && !options.fresh && options.group === undefined) {
          const { editedNotes } = await import("../render/draft/notes.ts");
          io.err(`note: this is ${relative(io.cwd, post.file)}; --fresh prints what history says\n`);
          io.out(editedNotes(post.body));
          return;
        }
        const notes = notesOf(source, await reportToShow(io, source, name), options.group ?? null);
        if (format === "json") {
          io.out(jsonText(notes));
          return;
        }
        const { renderMarkdown } = await import("../render/write-markdown.ts");
        const { notesDocument } = await import("../render/notes-document.ts");
        io.out(renderMarkdown(notesDocument(notes)));
      } finally {
        source.close();
      }
    });
