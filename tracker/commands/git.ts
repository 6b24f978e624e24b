import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What a git command prints, trimmed; null where git is missing or refuses. */
export async function git(args: readonly string[], cwd: string): Promise<string | null> {
  try {
    return (await run("git", [...args], { cwd, timeout: 5000 })).stdout.trim();
  } catch {
    return null;
  }
}
