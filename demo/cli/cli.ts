#!/usr/bin/env node
import { once } from "node:events";
import { run } from "./program.ts";

const stopAsked = Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
const { stdin, stdout, stderr } = process;

// Ends at once, with what was written out: sockets that wait for a server that is away would keep the process alive.
process.exit(
  await run(process.argv.slice(2), { stdin, stdout, stderr, stopAsked }).catch((error) => {
    console.error(error);
    return 1;
  }),
);
