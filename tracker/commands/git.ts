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
