import { readContent, readSettings } from "../../content/read.ts";
import { needsIssueFields, needsProjects } from "../../content/settings-schema.ts";
import type { ProjectChoice } from "../../core/model/project.ts";
import { ContentError } from "../../errors.ts";

/**
 * What a content folder says of the team's GitHub: where it is on the web, whether anything rests on Projects v2, and
 * which one counts (null: all; undefined: there are no settings to say). A sync needs no content, and stops at none that
 * is wrong.
 */
export async function projectRules(dir: string): Promise<{
  web: string | null;
  needed: boolean;
  issueFields: boolean;
  choice: ProjectChoice | null | undefined;
}> {
  try {
    const { settings, sprints } = await readContent(dir).catch(async (error: unknown) => {
      if (!(error instanceof ContentError)) throw error;
      return { settings: await readSettings(dir), sprints: [] };
    });
    const marks = sprints.map(({ sprint }) => sprint.mark);
    return {
      web: settings.github,
      needed: needsProjects(settings, marks),
      issueFields: needsIssueFields(settings),
      choice: settings.project ?? null,
    };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return { web: null, needed: false, issueFields: false, choice: undefined };
  }
}
