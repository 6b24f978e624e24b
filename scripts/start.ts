import { once } from "node:events";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { FileLockError } from "../demo/file-lock.ts";
import { readContent, readSettings } from "../tracker/content/read.ts";
import { InterruptedError, SprintcastError, UsageError } from "../tracker/errors.ts";
import type { Io } from "../tracker/io.ts";
import { sampleRepository } from "../tracker/sample/repository.ts";
import { createSiteApp, freePort } from "./site-app.ts";
import { buildSite, type Checkout, loadSample, writeMissingReports } from "./steps.ts";

const checkout: Checkout = {
  root: join(import.meta.dirname, ".."),
  db: ".sprintcast/sprintcast.db",
  cache: ".sprintcast",
  dist: "dist",
};
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => (stop.signal.aborted ? process.exit(5) : stop.abort()));

const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isTerminal: process.stdout.isTTY === true,
  showsProgress: process.stderr.isTTY === true,
  columns: process.stdout.columns ?? 80,
  env: process.env,
  cwd: checkout.root,
  now: Date.now,
  signal: stop.signal,
};

try {
  await start();
  process.exit(0);
} catch (error) {
  if (error instanceof InterruptedError || stop.signal.aborted) process.exit(0);
  io.err(
    `sprintcast: ${!process.env.SPRINTCAST_DEBUG ? (error as Error).message : (error as Error).stack}\n`,
  );
  if (error instanceof SprintcastError && error.hint) io.err(`  ${error.hint}\n`);
  process.exit(error instanceof SprintcastError ? error.exitCode : 1);
}

async function start(): Promise<void> {
  const wished = wishedPort(process.env.PORT);
  const host = process.env.HOST || "127.0.0.1";
  const { repository } = await readSettings(join(checkout.root, "content"));
  const isExample = repository === sampleRepository;
  for (const step of [loadSample, writeMissingReports, buildSite]) {
    io.out(`${await step(checkout, io)}\n`);
    if (stop.signal.aborted) return;
  }
  const port = await freePort(host, wished);
  const app = await createApp(port);
  const address = await app.listen({ host, port });
  if (port !== wished) io.out(`Port ${wished} is taken.\n`);
  io.out(welcome(address, await latestSprint(), isExample));
  if (!stop.signal.aborted) await once(stop.signal, "abort");
  io.out("\nStopping.\n");
  await app.close();
}

/** With the demo's usual database; where another start works in that one, with one that goes with the port. */
async function createApp(port: number): Promise<FastifyInstance> {
  const dist = join(checkout.root, checkout.dist);
  const db = join(checkout.root, ".sprintcast/demo.db");
  try {
    return await createSiteApp(dist, { values: { db } });
  } catch (error) {
    if (!(error instanceof FileLockError && error.code === "FILE_LOCKED")) throw error;
    io.out("Another start runs the demo of this folder; this one keeps readings of its own.\n");
    return createSiteApp(dist, { values: { db: join(checkout.root, `.sprintcast/demo-${port}.db`) } });
  }
}

function wishedPort(text: string | undefined): number {
  if (text === undefined || text === "") return 4321;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UsageError("port-form", `PORT is ${JSON.stringify(text)}, expected a number from 0 to 65535`);
}

/** The newest sprint that has begun; the first of all where none has. */
async function latestSprint(): Promise<number> {
  const { sprints } = await readContent(join(checkout.root, "content"));
  const begun = sprints.filter(({ sprint }) => sprint.start <= io.now());
  return (begun.at(-1) ?? sprints[0])?.sprint.number ?? 1;
}

function welcome(address: string, sprint: number, isExample: boolean): string {
  const n = String(sprint);
  const tries: [command: string, what: string][] = [
    [`report ${n}`, "the figures of a sprint"],
    [`board ${n} --at start`, "the board as it stood when it began"],
    [`explain ${n} committed`, "the events a figure rests on"],
    isExample
      ? ["init", "your own team's content (README.md says how)"]
      : [`draft ${n}`, "a review, with figures in place and questions for you"],
  ];
  return `
  ${address}/  the reviews, with the live demo inside

  Try next, in another terminal:
${tries.map(([command, what]) => `    npx sprintcast ${command.padEnd(22)} ${what}`).join("\n")}

  Ctrl-C ends it.
`;
}
