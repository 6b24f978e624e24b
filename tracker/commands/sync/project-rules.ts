import { readContent, readSettings } from "../../content/read.ts";
import { needsIssueFields, needsProjects } from "../../content/settings-schema.ts";
import type { ProjectChoice } from "../../core/model/project.ts";
import { ContentError } from "../../errors.ts";

/**
 * What a content folder says of Projects v2: whether anything rests on them, and which one counts (null: all;
 * undefined: there are no settings to say). A sync needs no content, and stops at none that is wrong.
 */
export async function projectRules(
  dir: string,
): Promise<{ needed: boolean; issueFields: boolean; choice: ProjectChoice | null | undefined }> {
  try {
    const { settings, sprints } = await readContent(dir).catch(async (error: unknown) => {
      if (!(error instanceof ContentError)) throw error;
      return { settings: await readSettings(dir), sprints: [] };
    });
    const marks = sprints.map(({ sprint }) => sprint.mark);
    return {
      needed: needsProjects(settings, marks),
      issueFields: needsIssueFields(settings),
      choice: settings.project ?? null,
    };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return { needed: false, issueFields: false, choice: undefined };
  }
}
