import { ActionError, type Inputs } from "./inputs.ts";
import { sealedReports } from "./kept.ts";
import { annotate, output, run } from "./runner.ts";

const author = [
  "-c",
  "user.name=github-actions[bot]",
  "-c",
  "user.email=41898282+github-actions[bot]@users.noreply.github.com",
];

/** Commits the reports of ended sprints to the branch that the workflow runs on, and pushes them. */
export function commitReports({ content }: Inputs): void {
  const reports = sealedReports(content);
  if (reports.length === 0) return;
  run("git", ["add", "--", ...reports]);
  if (output("git", ["diff", "--cached", "--quiet", "--", ...reports]) !== null) return;
  const branch = process.env.GITHUB_REF_TYPE === "branch" ? process.env.GITHUB_REF_NAME : undefined;
  if (branch === undefined || process.env.GITHUB_EVENT_NAME?.startsWith("pull_request")) {
    annotate("notice", "Frozen reports are committed on a branch alone; this run only shows them.");
    return;
  }
  run("git", [...author, "commit", "--quiet", "-m", "Freeze sprint reports", "--", ...reports]);
  push(branch);
}

/** Somebody may have pushed since this run began, so a push is tried again on top of theirs. */
function push(branch: string): void {
  const target = `HEAD:refs/heads/${branch}`;
  for (let tries = 0; tries < 3; tries++) {
    if (output("git", ["push", "--quiet", "origin", target]) !== null) return;
    const pulled = output("git", [
      ...author,
      "pull",
      "--quiet",
      "--rebase",
      "--autostash",
      "origin",
      `refs/heads/${branch}`,
    ]);
    if (pulled === null) break;
  }
  throw new ActionError(
    `the frozen reports could not be pushed to ${branch}. The job needs "contents: write"; a protected branch needs a token that may push to it, given to actions/checkout`,
  );
}
