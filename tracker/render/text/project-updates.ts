import type { Report } from "../../core/model/report.ts";
import {
  projectStatusText,
  projectUpdateHead,
  projectUpdatesTitle,
  projectUpdateText,
} from "../project-updates.ts";
import { heading, type Look, safeText, wrapCell } from "./terminal.ts";

/** What GitHub's projects said of their own status in the sprint; empty where nobody did. */
export function projectUpdatesSection(
  { projectUpdates = [], sprint }: Report,
  { width, paint }: Look,
): string {
  if (projectUpdates.length === 0) return "";
  return [
    heading(projectUpdatesTitle, "", { width, paint }),
    ...projectUpdates.flatMap((update) => [
      ...wrapCell(
        safeText(`${projectStatusText(update)}: ${projectUpdateHead(update, sprint.timeZone)}`),
        width - 2,
      ).map((line) => `  ${line}`),
      ...projectUpdateText(update)
        .split("\n")
        .flatMap((line) => (line === "" ? [] : wrapCell(line, width - 4)))
        .map((line) => `    ${paint("dim", line)}`),
    ]),
  ].join("\n");
}
