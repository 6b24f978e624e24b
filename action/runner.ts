import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { ActionError } from "./inputs.ts";

/** Runs a program with its output in the step's log. No shell reads its arguments. Throws ActionError where it fails. */
export function run(program: string, args: readonly string[], env: Record<string, string> = {}): void {
  const { status, error } = spawnSync(program, args, { stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0)
    throw new ActionError(`${program} ${args.join(" ")} failed (${error?.message ?? `exit code ${status}`})`);
}

/** As {@link run}, for what it prints; null where it fails. What it says of that stands in the log. */
export function output(program: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync(program, args, {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return status === 0 ? stdout : null;
}

/** `npx` runs what is installed here, and fetches nothing. */
export const installed = (program: string, ...args: string[]): string[] => ["--no", "--", program, ...args];

/** Tells later steps. Values hold no line feed: they are checked, or paths made of what is. */
export function setOutputs(values: Record<string, string>): void {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  appendFileSync(required("GITHUB_OUTPUT"), lines.join(""));
}

export function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new ActionError(`${name} is not set: this runs as a step of a GitHub workflow`);
}

/** A line that GitHub shows on the run's page. What would end the line or begin another command is escaped. */
export function annotate(kind: "error" | "notice" | "warning", message: string): void {
  const data = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  process.stdout.write(`::${kind} title=Sprintcast::${data}\n`);
}
