import { readFileSync } from "node:fs";
import { basename } from "node:path";

/** How often a process looks whether its parent is still there, ms: no event tells of it. */
const LOOK_EVERY_MS = 200;

/**
 * Calls `ended` once the shell in which npm or npx runs this program has ended, for that dies of a signal without
 * passing it on. To be called before anything else, while the parent is likely to be there.
 */
export function whenNpmEnds(ended: () => void): void {
  if (!isNpmsCommand(process.env.npm_lifecycle_script, process.argv[1] ?? "")) return;
  const parent = process.ppid;
  if (isTakenOver(parent)) {
    ended();
    return;
  }
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    ended();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/**
 * True where npm runs the program in `file` and waits for it. What a script puts into the background, or starts
 * further down, was meant to outlive it.
 * @param script the command line that npm runs, which it tells everything below it
 */
export function isNpmsCommand(script: string | undefined, file: string): boolean {
  if (script === undefined || file === "" || !script.includes(basename(file))) return false;
  const withoutRedirections = script.replaceAll(/[<>]&|&>/g, "").replaceAll("&&", ";");
  return !/&|\b(?:nohup|setsid)\b/.test(withoutRedirections);
}

/** True when the parent is one that takes over orphans: the real one ended while this process was starting. */
function isTakenOver(parent: number): boolean {
  if (process.platform !== "linux") return parent === 1;
  try {
    const [own, other] = [processOf("self"), processOf(parent)];
    // npm itself may be the first process of a container; it is then of the same group.
    return parent === 1 ? own.group !== other.group : other.name === "systemd";
  } catch {
    // It has just ended; the next look tells.
    return false;
  }
}

/** Name and process group, from https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function processOf(pid: number | "self"): { name: string; group: string | undefined } {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  const end = text.lastIndexOf(")");
  const [, , group] = text.slice(end + 2).split(" ");
  return { name: text.slice(text.indexOf("(") + 1, end), group };
}
