#!/usr/bin/env node
import { once } from "node:events";
import module from "node:module";
import { setImmediate as nextTurn } from "node:timers/promises";
import { exitCodes } from "./errors.ts";
import type { Io } from "./io.ts";
import { spareMemory } from "./spare-memory.ts";

// An older Node would crash in the database's native part without a word.
if (Number.parseInt(process.versions.node, 10) < 22) {
  process.stderr.write(`sprintcast: this is Node ${process.version}, expected 22 or later\n`);
  process.exit(2);
}

spareMemory();

// Compiled code is kept from run to run; only what is imported after this line gains by it.
module.enableCompileCache?.();

const { version } = module.createRequire(import.meta.url)("./package.json") as { version: string };
const stop = new AbortController();

// A second signal does not wait for the next safe point.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => (stop.signal.aborted ? process.exit(exitCodes.interrupted) : stop.abort()));

// `sprintcast report 3 | head` closes the pipe early; that is no error of ours.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE") process.exit(0);
    const why = code === "ENOSPC" ? "the disk is full" : message;
    if (stream === process.stdout) process.stderr.write(`sprintcast: the output cannot be written: ${why}\n`);
    process.exit(exitCodes.fault);
  });

const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  outBytes: (bytes) => void process.stdout.write(bytes),
  drained: async () => {
    if (process.stdout.writableNeedDrain) await once(process.stdout, "drain");
    else await nextTurn();
  },
  isTerminal: process.stdout.isTTY === true,
  showsProgress: process.stderr.isTTY === true,
  columns: Math.max(40, process.stdout.columns ?? 80),
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  signal: stop.signal,
  ask: async (question) => (await import("create-sprintcast")).askOnTerminal(question, stop),
};

const { run } = await import("./program.ts");
const code = await run(process.argv.slice(2), io, version);

// Ends at once, with everything written: a kept-alive connection would hold the process for seconds.
const flushed = (stream: NodeJS.WriteStream) =>
  new Promise<void>((resolve) => stream.write("", () => resolve()));
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit(code);
