import { execFileSync } from "node:child_process";

/** Whether this user may mount what one process alone sees; where not, says so. */
export function canMount(): boolean {
  try {
    execFileSync("unshare", ["-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn("SKIPPED: what needs a disk of its own, because this user may mount none (unshare -Urm)");
    return false;
  }
}
