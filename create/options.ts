/** Options of `create-sprintcast` and of `sprintcast init`: flags, meaning, and what holds without them. */
export const setUpOptions: readonly [flags: string, description: string, fallback?: string][] = [
  ["--repo <owner/name>", "repository on GitHub, instead of the one git's remote names"],
  ["--zone <zone>", "the team's IANA time zone, instead of the system's"],
  ["--title <title>", "name of the website"],
  ["--milestone <title>", "milestone that marks the first sprint", "Sprint 1"],
  ["--first-day <day>", "first day of the first sprint, YYYY-MM-DD, instead of this week's Monday"],
  ["--days <number>", "calendar days of the first sprint", "12"],
  ["--content <dir>", "content folder", "content"],
  ["--json", "print what was made as JSON"],
];

/** As the command line gives them. */
export interface SetUpOptions {
  repo?: string;
  zone?: string;
  title?: string;
  milestone?: string;
  firstDay?: string;
  days?: string;
  content: string;
  json?: boolean;
}
