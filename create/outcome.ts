import { missingFrom } from "./missing.ts";
import { quoted, safeText } from "./safe-text.ts";
import type { Team } from "./team.ts";
import type { Written } from "./write.ts";

export interface Outcome extends Written {
  /** As the person would name it from where they are. */
  folder: string;
  /** The folder's path below the top of its git work tree; "" at the top, and outside of one. */
  belowTop: string;
  team: Team;
  content: string;
  /** What settings.yml names, where it was there already. */
  settingsRepository: string | null;
  /** npm has installed the packages already. */
  isInstalled: boolean;
}

const adviceOf = (outcome: Outcome): { path: string; text: string }[] =>
  outcome.kept.flatMap(({ path, text }) => {
    const advice = missingFrom(path, text);
    return advice === null ? [] : [{ path, text: advice }];
  });

export function outcomeJson(outcome: Outcome): string {
  const { folder, team, made, kept } = outcome;
  const value = {
    schema: "create-sprintcast/outcome@1",
    folder,
    repository: team.repository,
    made,
    kept: kept.map(({ path }) => path),
    advice: adviceOf(outcome),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function outcomeText(outcome: Outcome): string {
  const { team, made, kept } = outcome;
  return [
    `${team.repository}${team.github === null ? "" : ` at ${team.github}`}, ${team.timeZone}, sprint 1 from ${team.firstDay} to ${team.lastDay}\n`,
    ...made.map((path) => `wrote ${safeText(path)}\n`),
    ...kept.map(({ path }) => `kept  ${safeText(path)}\n`),
    ...adviceOf(outcome).map(({ path, text }) => `\n${safeText(path)} stays as it is. ${text}\n`),
    settingsNote(outcome),
    workflowNote(outcome),
    nextSteps(outcome),
  ].join("");
}

function settingsNote({ content, kept, settingsRepository }: Outcome): string {
  const file = `${content}/settings.yml`;
  if (!kept.some(({ path }) => path === file)) return "";
  const about = settingsRepository === null ? "" : `, about ${settingsRepository}`;
  return `
${safeText(file)} stays as it is${about}. For another team, move
the folder out of the way and run this again: git mv ${shellWord(content)} example
`;
}

function workflowNote({ belowTop, made }: Outcome): string {
  const path = ".github/workflows/publish.yml";
  if (belowTop === "" || !made.includes(path)) return "";
  return `
GitHub reads workflows in the repository's top folder alone. Move
  ${path}
there, and add to the action's "with":
  path: ${quoted(belowTop)}
`;
}

function nextSteps({ folder, made, kept, isInstalled }: Outcome): string {
  const complete = kept.some(({ path, text }) => path === "package.json" && missingFrom(path, text) === null);
  return [
    "\nNext:\n",
    // Behind ./ a dash begins no option.
    folder === "." ? "" : `  cd ${shellWord(folder.startsWith("-") ? `./${folder}` : folder)}\n`,
    complete && isInstalled ? "" : "  npm install\n",
    "  npx sprintcast sync       fetch the history (private: with GITHUB_TOKEN set)\n",
    "  npx sprintcast doctor     check for setup problems\n",
    "  npm start                 look at the reviews\n",
    made.includes(".github/workflows/publish.yml")
      ? "\nTo publish them, push to GitHub, and choose there Settings, Pages,\nSource: GitHub Actions.\n"
      : "",
  ].join("");
}

/** A word that a shell reads as it stands. */
const shellWord = (text: string): string =>
  /^(?!-)[\w./@-]+$/.test(text) ? text : `'${safeText(text).replaceAll("'", "'\\''")}'`;
