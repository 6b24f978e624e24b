import { join } from "node:path";
import type { HistoryFile } from "../../store/open.ts";
import type { Part } from "./parts.ts";

/**
 * What was read although the settings list other repositories, in sentences: every other command refuses a database
 * that holds only those, or leaves them out. Names that a repository had before it was renamed are its own.
 */
export function unlistedNotices(
  opened: HistoryFile,
  parts: readonly Part[],
  inSettings: readonly string[],
  contentDir: string,
): string[] {
  if (inSettings.length === 0) return [];
  const listed = new Set(inSettings.map((name) => opened.find(name)));
  return parts
    .filter(({ repository, store }) => repository !== null && !listed.has(store))
    .map(
      ({ repository }) =>
        `${join(contentDir, "settings.yml")} names ${inSettings.join(", ")} and not ${repository}: until it does, no board or report shows what was read here`,
    );
}
