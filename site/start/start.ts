import { once } from "node:events";
import { join, resolve } from "node:path";
import { DemoError } from "@sprintcast/demo/errors";
import type { FastifyInstance } from "fastify";
import type { Io } from "sprintcast";
import { liveOf, readContent, readSettings } from "sprintcast/content";
import { type SprintName, sprintArgument, sprintName } from "sprintcast/report";
import { sampleRepository } from "sprintcast/sample";
import { keptBase } from "../integration/built-base.ts";
import { createSiteApp, freePort } from "./site-app.ts";
import { buildSite, loadSample, type Project, writeMissingReports } from "./steps.ts";

export interface StartOptions {
  port: number;
  host: string;
  content: string;
  db: string;
}

/** Loads, computes, builds and serves the project in `io.cwd` until `io.signal` aborts. */
export async function start(io: Io, { port: wished, host, ...places }: StartOptions): Promise<void> {
  const project: Project = {
    root: io.cwd,
    content: resolve(io.cwd, places.content),
    db: resolve(io.cwd, places.db),
    cache: resolve(io.cwd, io.env.SPRINTCAST_CACHE ?? ".sprintcast"),
    dist: resolve(io.cwd, io.env.SPRINTCAST_OUT ?? "dist"),
  };
  const settings = await readSettings(project.content);
  const isExample = settings.repository === sampleRepository;
  const hasLive = liveOf(settings) !== null;
  for (const step of [loadSample, writeMissingReports, buildSite]) {
    io.out(`${await step(project, io)}\n`);
    if (io.signal.aborted) return;
  }
  const port = await freePort(host, wished);
  const base = await keptBase(project.cache);
  const app = hasLive
    ? await createApp(project, base, port, io)
    : await createSiteApp(project.dist, null, base);
  const address = `${await app.listen({ host, port })}${base}`;
  if (port !== wished && wished !== 0) io.out(`Port ${wished} is taken.\n`);
  io.out(welcome({ address, sprint: await latestSprint(project, io.now()), isExample, hasLive }));
  if (!io.signal.aborted) await once(io.signal, "abort");
  io.out("\nStopping.\n");
  await app.close();
}

/** With the demo's usual database; where another start works in that one, with one that goes with the port. */
async function createApp(
  { dist, cache }: Project,
  base: string,
  port: number,
  io: Io,
): Promise<FastifyInstance> {
  try {
    return await createSiteApp(dist, { values: { db: join(cache, "demo.db") } }, base);
  } catch (error) {
    if (!(error instanceof DemoError && error.code === "FILE_LOCKED")) throw error;
    io.out("Another start runs the demo of this folder; this one keeps readings of its own.\n");
    return createSiteApp(dist, { values: { db: join(cache, `demo-${port}.db`) } }, base);
  }
}

/** The newest sprint that has begun; the first of all where none has. */
async function latestSprint({ content }: Project, now: number): Promise<SprintName> {
  const { sprints } = await readContent(content);
  const begun = sprints.filter(({ sprint }) => sprint.start <= now);
  const newest = begun.at(-1) ?? sprints[0];
  return newest === undefined ? 1 : sprintName(newest.sprint);
}

interface Welcome {
  address: string;
  sprint: SprintName;
  isExample: boolean;
  hasLive: boolean;
}

function welcome({ address, sprint, isExample, hasLive }: Welcome): string {
  const n = sprintArgument(sprint);
  const tries: [command: string, what: string][] = [
    [`report ${n}`, "the figures of a sprint"],
    [`board ${n} --at start`, "the board at the start of the sprint"],
    [`explain ${n} committed`, "the issues and events behind a figure"],
    isExample
      ? ["init", "your own team's content (README.md says how)"]
      : [`draft ${n}`, "a draft review for you to finish"],
  ];
  return `
  ${address}  the reviews${hasLive ? ", with the live demo" : ""}

  Try next, in another terminal:
${tries.map(([command, what]) => `    npx sprintcast ${command.padEnd(22)} ${what}`).join("\n")}

  Ctrl-C ends it.
`;
}
