#!/usr/bin/env node
import { askOnTerminal } from "./ask.ts";
import { run } from "./program.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());
process.stdout.on("error", () => process.exit(0));

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  signal: stop.signal,
  ask: (question) => askOnTerminal(question, stop),
});
