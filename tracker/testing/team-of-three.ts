import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openHistoryFile } from "../store/open.ts";
import { teamOfThree, threeNames } from "./three-repositories.ts";

/** The team of three repositories, closed when the test ends. */
export function teamForTest(names: readonly string[] = threeNames) {
  const made = teamOfThree(names);
  onTestFinished(() => made.close());
  return made;
}

/** The repositories that the team's database holds, with how many issues of each it knows. */
export function held({ folder }: { folder: string }): [string | null, number][] {
  const opened = openHistoryFile(join(folder, ".sprintcast/sprintcast.db"));
  const found = opened
    .stores()
    .map((store): [string | null, number] => [store.repository(), store.knownIssues().length]);
  opened.close();
  return found;
}

/** Which repository each request was about, in order. */
export const asked = (log: { url: string }[]): string[] =>
  log.map(({ url }) => /^\/repos\/([^/]+\/[^/?]+)/.exec(url)?.[1] ?? url);
