import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A repository as git's remote names it. */
export interface Remote {
  /** owner/name. */
  repository: string;
  /** Its GitHub on the web; null: github.com, or nothing tells. */
  github: string | null;
}

/** What git knows of a folder that need not be there yet. */
export interface Surroundings {
  /** The remote `origin`; null where there is none that names a repository. */
  remote: Remote | null;
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
    remote: remote === null ? null : parseRemote(remote),
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

/** Reads a remote's address (https, ssh or scp form); null where it names no repository. Credentials are dropped. */
export function parseRemote(address: string): Remote | null {
  const { host, path } = partsOf(address);
  const [owner, name, ...rest] = path
    .replace(/^\//, "")
    .replace(/\/$/, "")
    .replace(/\.git$/, "")
    .split("/");
  if (!owner || !name || rest.length > 0) return null;
  const isNamed = /^[\w.-]+$/.test(owner) && /^[\w.-]+$/.test(name);
  return isNamed ? { repository: `${owner}/${name}`, github: gitHubAt(host) } : null;
}

function partsOf(address: string): { host: string; path: string } {
  if (!/^[\w+.-]+:\/\//.test(address)) {
    const [, host = "", path = ""] = /^(?:[^/\s@]*@)?([^/\s:@]+):(.+)$/.exec(address) ?? [];
    return { host, path };
  }
  if (!URL.canParse(address)) return { host: "", path: "" };
  const { protocol, host, hostname, pathname } = new URL(address);
  // The port of ssh is not that of the web.
  return { host: /^https?:$/.test(protocol) ? host : hostname, path: pathname };
}

/** A host without a dot is an alias of ssh's, and so is github.com with more behind it: both may be github.com. */
function gitHubAt(host: string): string | null {
  const name = host.toLowerCase();
  const isReal = /^[\w-]+(\.[\w-]+)+(:\d+)?$/.test(name);
  return isReal && !/^((www|ssh)\.)?github\.com(-|:|$)/.test(name) ? `https://${name}` : null;
}
