import { existsSync } from "node:fs";
import { ActionError, type Inputs } from "./inputs.ts";
import { run } from "./runner.ts";

const quiet = ["--no-audit", "--no-fund"];

/** What npm is asked for first: the lock file's packages, those of package.json, or null where there is neither. */
export function ownPackages(has: { package: boolean; lock: boolean }): string[] | null {
  if (!has.package) return null;
  return has.lock ? ["ci", ...quiet] : ["install", "--no-package-lock", ...quiet];
}

/** A version that the workflow names, beside what is installed; neither package.json nor the lock file is written. */
export function namedPackages(command: Inputs["command"], version: string): string[] {
  const names =
    command === "publish" ? ["sprintcast", "@sprintcast/site", "@sprintcast/demo"] : ["sprintcast"];
  return ["install", "--no-save", ...quiet, ...names.map((name) => `${name}@${version}`)];
}

/** Installs what the working directory's package.json asks for, or Sprintcast alone where it does not. */
export function install({ command, version }: Inputs): void {
  const own = ownPackages({ package: existsSync("package.json"), lock: existsSync("package-lock.json") });
  if (own !== null) run("npm", own);
  const missing = !existsSync("node_modules/sprintcast");
  if (version !== null || missing) run("npm", namedPackages(command, version ?? "latest"));
  if (command === "publish" && !existsSync("node_modules/astro"))
    throw new ActionError(
      "there is no site here to publish: set it up with npm create sprintcast@latest, and commit it",
    );
}
