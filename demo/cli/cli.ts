#!/usr/bin/env node
import { once } from "node:events";

// An older Node would crash in the database's native part without a word.
if (Number.parseInt(process.versions.node, 10) < 22) {
  process.stderr.write(`sprintcast-demo: this is Node ${process.version}, expected 22 or later\n`);
  process.exit(2);
}

const { run } = await import("./program.ts");
const stopAsked = Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
const { stdin, stdout, stderr } = process;

// Ends at once, with what was written out: sockets that wait for a server that is away would keep the process alive.
process.exit(
  await run(process.argv.slice(2), { stdin, stdout, stderr, stopAsked }).catch((error) => {
    console.error(error);
    return 1;
  }),
);
