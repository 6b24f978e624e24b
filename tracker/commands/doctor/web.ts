import type { Settings } from "../../content/settings-schema.ts";
import type { OpenHistory } from "../../reports/open-history.ts";
import type { Check } from "./check.ts";

/** Whether the site's links lead to the GitHub that the issues came from. */
export function checkWeb({ history }: OpenHistory, settings: Settings): Check[] {
  const newest = history.knownIssues().at(-1);
  const url = newest === undefined ? "" : (history.issue(newest)?.url ?? "");
  const origin = /^https?:/.test(url) && URL.canParse(url) ? new URL(url).origin : settings.github;
  if (!settings.links || origin === settings.github) return [];
  return [
    {
      name: "github",
      verdict: "look",
      found: `the issues are at ${origin}, and the site's links lead to ${settings.github}`,
      hint: `Write github: ${origin} in content/settings.yml.`,
    },
  ];
}
