#!/usr/bin/env node
import { createRequire } from "node:module";
import { stopAsked } from "@sprintcast/demo/stop-asked";

// An older Node would crash in the database's native part without a word.
if (Number.parseInt(process.versions.node, 10) < 22) {
  process.stderr.write(`sprintcast-site: this is Node ${process.version}, expected 22 or later\n`);
  process.exit(2);
}

// Before all that takes time to load: a signal that comes meanwhile must not be missed.
const stop = new AbortController();
void stopAsked().then(() => stop.abort());

const { run } = await import("./program.ts");
const { version } = createRequire(import.meta.url)("../package.json") as { version: string };

const code = await run(
  process.argv.slice(2),
  {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: process.stdout.isTTY === true,
    showsProgress: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? 80,
    env: process.env,
    cwd: process.cwd(),
    now: Date.now,
    signal: stop.signal,
  },
  version,
);
process.exit(code);
