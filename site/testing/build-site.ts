import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { lock } from "./build-once.ts";

const run = promisify(execFile);
const checkout = join(import.meta.dirname, "../..");

export interface BuildOptions {
  content: string;
  out: string;
  /** What is kept between builds; a folder of its own makes a cold build. */
  cache: string;
  /** Where it will be published, base path included. */
  url?: string;
}

/** Our site, built as a team builds it, in a process of its own. Answers and rejects with what Astro says. */
export async function buildSite({ content, out, cache, url }: BuildOptions): Promise<string> {
  // What Astro renders pages with is in one folder of the project, whatever the site's own folders are.
  const locks = join(checkout, ".sprintcast");
  await mkdir(locks, { recursive: true });
  const release = await lock(join(locks, "astro-build.lock"));
  try {
    return await runAstro(checkout, {
      SPRINTCAST_CONTENT: content,
      SPRINTCAST_OUT: out,
      SPRINTCAST_CACHE: cache,
      ...(url ? { SPRINTCAST_URL: url } : {}),
    });
  } finally {
    release();
  }
}

/** `astro build` of any project in the checkout. */
export async function runAstro(root: string, settings: Record<string, string>): Promise<string> {
  // Not the caller's whole environment: vitest sets BASE_URL and MODE, which Astro would take for its own.
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ASTRO_TELEMETRY_DISABLED: "1",
    NODE_ENV: "production",
    ...settings,
  };
  const astro = join(checkout, "node_modules/astro/bin/astro.mjs");
  try {
    const { stdout, stderr } = await run(process.execPath, [astro, "build", "--root", root], {
      cwd: checkout,
      env,
      maxBuffer: 64 << 20,
    });
    return stdout + stderr;
  } catch (cause) {
    const { stdout = "", stderr = "" } = cause as { stdout?: string; stderr?: string };
    throw new Error(`Astro did not build ${root}:\n${stdout.slice(-3000)}${stderr.slice(-3000)}`, { cause });
  }
}
