#!/usr/bin/env node
import { stopAsked } from "../stop-asked.ts";

// An older Node would crash in the database's native part without a word.
if (Number.parseInt(process.versions.node, 10) < 22) {
  process.stderr.write(`sprintcast-demo: this is Node ${process.version}, expected 22 or later\n`);
  process.exit(2);
}

const { stdin, stdout, stderr } = process;
const io = { stdin, stdout, stderr, stopAsked: stopAsked() };

// Loaded only now: a signal that comes meanwhile must not be missed.
const { run } = await import("./program.ts");

// Ends at once, with what was written out: sockets that wait for a server that is away would keep the process alive.
process.exit(
  await run(process.argv.slice(2), io).catch((error) => {
    console.error(error);
    return 1;
  }),
);
