import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What git knows of a folder that need not be there yet. */
export interface Surroundings {
  /** owner/name of the remote `origin`; null where there is none that has such a shape. */
  repository: string | null;
  /** Branch that is published. */
  branch: string;
  /** Top folder of the work tree around it; null outside of one. */
  top: string | null;
}

export async function surroundingsOf(dir: string): Promise<Surroundings> {
  const folder = nearestFolder(dir);
  const [remote, head, current, top] = await Promise.all([
    git(["remote", "get-url", "origin"], folder),
    git(["symbolic-ref", "--short", "refs/remotes/origin/HEAD"], folder),
    git(["symbolic-ref", "--short", "HEAD"], folder),
    git(["rev-parse", "--show-toplevel"], folder),
  ]);
  const named = head?.replace(/^origin\//, "") ?? (current === "master" ? current : "main");
  return {
    repository: remote === null ? null : parseRemote(remote),
    // A workflow's filter reads other characters as a pattern.
    branch: /^[\w./-]+$/.test(named) ? named : "main",
    top,
  };
}

function nearestFolder(dir: string): string {
  let folder = dir;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** What a git command prints, trimmed; null where git is missing or refuses. */
async function git(args: readonly string[], cwd: string): Promise<string | null> {
  try {
    return (await run("git", [...args], { cwd, timeout: 5000 })).stdout.trim();
  } catch {
    return null;
  }
}

/** owner/name of a remote's address (https, ssh or scp form); null where it has no such shape. Credentials are dropped. */
export function parseRemote(address: string): string | null {
  const path = /^[\w+.-]+:\/\//.test(address)
    ? URL.canParse(address)
      ? new URL(address).pathname
      : ""
    : (/^[^/\s]+:(.+)$/.exec(address)?.[1] ?? "");
  const [owner, name, ...rest] = path
    .replace(/^\//, "")
    .replace(/\/$/, "")
    .replace(/\.git$/, "")
    .split("/");
  if (!owner || !name || rest.length > 0) return null;
  return /^[\w.-]+$/.test(owner) && /^[\w.-]+$/.test(name) ? `${owner}/${name}` : null;
}
