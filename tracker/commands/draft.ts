import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { Command } from "commander";
import type { Post } from "../content/parse.ts";
import { sprintOfPost } from "../content/post-team.ts";
import { slugOf } from "../content/slug.ts";
import { present } from "../core/model/present.ts";
import { type SprintName, sprintName } from "../core/model/sprint.ts";
import { UsageError } from "../errors.ts";
import type { Io, Verb } from "../io.ts";
import { shippedBlock } from "../render/draft/notes.ts";
import { type DraftRequest, planDraft } from "../render/draft/plan.ts";
import { reportsAsShown } from "../reports/current-report.ts";
import { notesOf } from "../reports/notes.ts";
import { type OpenReports, openReports, type ReportSource } from "../reports/open-reports.ts";
import { sprintContext } from "../reports/sprint-context.ts";
import { makeFolder } from "../store/make-folder.ts";
import { parseSprint } from "./arguments.ts";
import { sprintTeamOption, sprintToName } from "./team.ts";

interface Options {
  planning?: boolean;
  notes?: boolean;
  context?: boolean;
  team?: string;
  db: string;
  content: string;
}

export const draftVerb: Verb = (io) =>
  sprintTeamOption(new Command("draft"))
    .description(
      "Writes content/posts/NN-review.md with sections, figures and questions. Run it again to update the figures: " +
        "your own text is never changed.",
    )
    .argument("<sprint>", sprintToName)
    .option("--planning", "write the planning checklist for before the sprint, instead of the review")
    .option("--notes", "write content/posts/NN-notes.md, what the sprint shipped, to be edited for a release")
    .option("--context", "write nothing; print all facts of the sprint, for whoever writes with an assistant")
    .option("--db <file>", "database", ".sprintcast/sprintcast.db")
    .option("--content <dir>", "content folder", "content")
    .addHelpText(
      "after",
      "\nExamples:\n  $ sprintcast draft 3\n  $ sprintcast draft 4 --planning\n" +
        "  $ sprintcast draft 3 --notes\n  $ sprintcast draft 3 --context > facts.md",
    )
    .action(async (sprint: string, options: Options) => {
      const asked = (["planning", "notes", "context"] as const).filter((name) => options[name]);
      if (asked.length > 1)
        throw new UsageError("two-drafts", `--${asked.join(" and --")} ask for two drafts`, {
          hint: "Leave one of them out.",
        });
      const source = await openReports(io, options);
      try {
        const name = parseSprint(sprint, { ...source, team: options.team });
        if (options.context) await printContext(io, source, name);
        else if (options.notes) await draftNotesPost(io, source, name);
        else await runDraft(io, source, name, options.planning ?? false);
      } finally {
        source.close();
      }
    });

async function printContext(io: Io, source: OpenReports, sprint: SprintName): Promise<void> {
  const context = await sprintContext(io, source, sprint);
  const { contextDocument } = await import("../render/context-document.ts");
  const { renderMarkdown } = await import("../render/write-markdown.ts");
  io.out(renderMarkdown(contextDocument(context)));
}

/** The post that `draft --notes` writes, if there is one. */
export const notesPost = ({ posts, placeOf }: ReportSource, sprint: SprintName): Post | undefined =>
  posts.find(
    (post) =>
      post.kind === "note" &&
      sprintOfPost(post) === sprint &&
      (post.body.includes(`<!-- sprintcast:${shippedBlock} `) ||
        post.slug === slugOf(`${placeOf(sprint)}-notes`)),
  );

async function draftNotesPost(io: Io, source: OpenReports, sprint: SprintName): Promise<void> {
  const file = notesPost(source, sprint)?.file ?? postPath(source, sprint, "notes");
  const reports = await reportsAsShown(source);
  const report = present(reports.find((one) => sprintName(one.sprint) === sprint));
  await writeDraft(io, file, { kind: "notes", sprint, reports, notes: notesOf(source, report, null) });
}

const postPath = (
  { contentDir, placeOf }: ReportSource,
  sprint: SprintName,
  kind: DraftRequest["kind"],
): string => join(contentDir, "posts", `${placeOf(sprint)}-${kind}.md`);

/** Creates the post, or renews in it what nobody has touched. */
export async function runDraft(
  io: Io,
  source: ReportSource,
  sprint: SprintName,
  planning: boolean,
): Promise<void> {
  const kind = planning ? "planning" : "review";
  const file =
    source.posts.find((post) => post.kind === kind && sprintOfPost(post) === sprint)?.file ??
    postPath(source, sprint, kind);
  await writeDraft(io, file, { kind, sprint, reports: await reportsAsShown(source) });
}

async function writeDraft(io: Io, file: string, request: Omit<DraftRequest, "existing">): Promise<void> {
  const existing = await readIfThere(file);
  const plan = planDraft({ ...request, existing });
  if (plan.text !== null) {
    const { default: writeFileAtomic } = await import("write-file-atomic");
    makeFolder(dirname(file));
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
