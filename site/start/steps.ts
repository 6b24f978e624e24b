import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Io } from "sprintcast";
import {
  isTorn,
  keepFlow,
  openHistoryFile,
  openReports,
  readReportFile,
  run,
  runFreeze,
  startProgress,
} from "sprintcast";
import { readSettings } from "sprintcast/content";
import { exitCodes, InterruptedError, SprintcastError } from "sprintcast/errors";
import { counted } from "sprintcast/render";
import { sampleFolder, sampleRepository } from "sprintcast/sample";
import { packageFolder } from "./packages.ts";
import { digestOfFiles, digestOfTexts, unlessDone } from "./stamp.ts";

/** A Sprintcast project on disk: a team's own repository, or this checkout. All paths absolute. */
export interface Project {
  root: string;
  content: string;
  db: string;
  /** Where stamps and caches lie: `.sprintcast`. */
  cache: string;
  /** The built site. */
  dist: string;
}

/** What of a project the built site depends on; what is not in here may change without a new build. */
const projectInputs = ["astro.config.*", "src/**", "public/**", "package.json", "package-lock.json"];
/** The same of our packages: whatever they are made of, compiled or not. */
const packageInputs = ["**/*.{ts,js,mjs,astro,css,svg,json}"];

/** Ends the loading of the sample; what went wrong stands in the words it told. */
class SampleFailed extends Error {}

/** Loads the bundled sample where the settings name its repository and it is not in the database yet. */
export async function loadSample({ content, db, cache, root }: Project, io: Io): Promise<string> {
  const { repository, repositories } = await readSettings(content);
  if (repository !== sampleRepository) {
    const held = new Set(repositoriesHeldIn(db, "whole").map((name) => name.toLowerCase()));
    const names = repositories.join(", ");
    return repositories.some((name) => held.has(name.toLowerCase()))
      ? `${names}: history from ${relative(root, db)}`
      : `${names}: no history here yet, so the site shows the reports in content/ (npx sprintcast sync fetches it)`;
  }
  const digest = await digestOfFiles(packageFolder("sprintcast"), packageInputs);
  const words: string[] = [];
  const told: Io = { ...io, out: (text) => words.push(text), err: (text) => words.push(text) };
  const sync = ["sync", "--backup", sampleFolder, "--db", db, "--content", content];
  const stamp = join(cache, "sample.stamp");
  try {
    const ran = await unlessDone(stamp, digest, db, async () => {
      await dropSampleHistory(db);
      if ((await run(sync, told, "")) !== 0) throw new SampleFailed();
    });
    return ran ? `Sample loaded: ${words.join("").trim()}` : "Sample: nothing has changed";
  } catch (error) {
    if (!(error instanceof SampleFailed)) throw error;
    if (io.signal.aborted) throw new InterruptedError("interrupted", { cause: error });
    return `The sample was not loaded, so the site shows the reports in content/:\n${words.join("").trim()}`;
  }
}

/** Names that the repositories of a database have or had; `whole`: without those whose first sync did not end. */
function repositoriesHeldIn(file: string, which: "all" | "whole"): string[] {
  if (!existsSync(file)) return [];
  const opened = openHistoryFile(file);
  try {
    const held = opened.stores().filter(({ syncState }) => which === "all" || !isTorn(syncState));
    return held.flatMap((store) => store.repositoryNames());
  } finally {
    opened.close();
  }
}

/** History is only ever added to, so a sample that was changed by hand is read into an empty database. */
async function dropSampleHistory(file: string): Promise<void> {
  const held = repositoriesHeldIn(file, "all");
  if (held.length !== 1 || held[0] !== sampleRepository) return;
  for (const part of ["", "-wal", "-shm"]) await rm(`${file}${part}`, { force: true });
}

/**
 * Gives the site the figures it has no frozen report for: those of sprints that have begun are written without being frozen.
 * Frozen reports stay as they are, so a clean checkout stays clean.
 */
export async function writeMissingReports({ root, db, content }: Project, io: Io): Promise<string> {
  const source = await openReports({ ...io, cwd: root }, { db, content }).catch((error) => {
    if (error instanceof SprintcastError && error.code === "repository-differs") return error.message;
    throw error;
  });
  if (typeof source === "string") return `Reports: those in content/reports, since ${source}`;
  try {
    if (!source.hasHistory) return `Reports: ${source.content.reports.length} in content/reports`;
    let written = 0;
    for (const name of source.names) {
      const kept = await readReportFile(source.fileOf(name));
      if (kept?.frozen || source.sprintOf(name).start > io.now()) continue;
      await runFreeze({ ...io, out: () => {} }, source, name, { preview: true });
      written += 1;
    }
    await keepFlow(source);
    return written === 0
      ? `Reports: ${counted(source.names.length, "sprint")} frozen in content/reports`
      : `Reports: figures so far of ${counted(written, "sprint")} in content/reports, not frozen yet (run npx sprintcast freeze)`;
  } finally {
    source.close();
  }
}

/** Builds the site unless nothing it depends on has changed since. */
export async function buildSite(project: Project, io: Io): Promise<string> {
  const { root, content, cache, dist } = project;
  const from = io.now();
  const digest = digestOfTexts([
    io.env.SPRINTCAST_URL ?? "",
    await digestOfFiles(content, ["**"]),
    await digestOfFiles(root, projectInputs),
    ...(await Promise.all(
      ["sprintcast", "@sprintcast/demo", "@sprintcast/site"].map((name) =>
        digestOfFiles(packageFolder(name), packageInputs),
      ),
    )),
  ]);
  const ran = await unlessDone(join(cache, "site.stamp"), digest, join(dist, "index.html"), () =>
    runAstro(project, io),
  );
  const seconds = ((io.now() - from) / 1000).toFixed(1);
  return ran ? `Site built in ${seconds} s` : `Site: nothing has changed (looked in ${seconds} s)`;
}

async function runAstro({ root, content, cache, dist }: Project, io: Io): Promise<void> {
  const progress = startProgress(io, "Building the site");
  const astro = join(packageFolder("astro", root), "bin/astro.mjs");
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [astro, "build"], {
      cwd: root,
      env: {
        ...process.env,
        ASTRO_TELEMETRY_DISABLED: "1",
        NO_COLOR: "1",
        SPRINTCAST_CONTENT: content,
        SPRINTCAST_CACHE: cache,
        SPRINTCAST_OUT: dist,
      },
      signal: io.signal,
    });
    let output = "";
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
      const line = output.trimEnd().split("\n").at(-1)?.trim() ?? "";
      progress.update(`Building the site: ${line.replace(/^[\d:]+\s*/, "").slice(0, 60)}`);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (cause) =>
      reject(io.signal.aborted ? new InterruptedError("the build was interrupted") : cause),
    );
    child.once("close", (code) => {
      if (code === 0) return resolve();
      if (io.signal.aborted) return reject(new InterruptedError("the build was interrupted"));
      reject(
        new SprintcastError(
          "site-failed",
          exitCodes.content,
          `the site could not be built:\n${output.trim()}`,
          {
            hint: "npm run build shows the same; most often a file in content/ is wrong, and is named above.",
          },
        ),
      );
    });
  }).finally(() => progress.stop());
}
