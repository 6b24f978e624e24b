import { mkdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { Command } from "commander";
import type { Io, Verb } from "../io.ts";
import { planDraft } from "../render/draft/plan.ts";
import { reportsAsShown } from "../reports/current-report.ts";
import type { ReportSource } from "../reports/open-reports.ts";
import { openReports } from "../reports/open-reports.ts";
import { parseSprintNumber } from "./arguments.ts";

interface Options {
  planning?: boolean;
  db: string;
  content: string;
}

export const draftVerb: Verb = (io) =>
  new Command("draft")
    .description(
      "Writes content/posts/NN-review.md with sections, figures and questions. Run it again to update the figures: " +
        "your own text is never changed.",
    )
    .argument("<sprint>", "number of the sprint")
    .option("--planning", "write the planning checklist for before the sprint, instead of the review")
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

/** Creates the post, or renews in it what nobody has touched. */
export async function runDraft(
  io: Io,
  source: ReportSource,
  sprint: number,
  planning: boolean,
): Promise<void> {
  const kind = planning ? "planning" : "review";
  const file =
    source.posts.find((post) => post.kind === kind && post.sprint === sprint)?.file ??
    join(source.contentDir, "posts", `${String(sprint).padStart(2, "0")}-${kind}.md`);
  const existing = await readIfThere(file);
  const plan = planDraft({
    kind,
    sprint,
    reports: await reportsAsShown(source),
    existing,
  });
  if (plan.text !== null) {
    const { default: writeFileAtomic } = await import("write-file-atomic");
    await mkdir(dirname(file), { recursive: true });
    await writeFileAtomic(file, plan.text);
  }
  io.out(`${sentences[plan.action]} ${relative(io.cwd, file)}\n`);
  if (existing !== null && !existing.includes("<!-- sprintcast:"))
    io.out("  It has none of a draft's blocks. To get a new draft, move it away and run this again.\n");
}

const sentences = {
  created: "Drafted, with questions for you to answer:",
  renewed: "Updated the unedited parts of",
  unchanged: "Nothing to update in",
};

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
