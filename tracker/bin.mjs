#!/usr/bin/env node
// Plain JavaScript, so that a Node too old for TypeScript can read it and say so, or hand over to the one in node_modules.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./cli.ts", import.meta.url));
const own = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));

if (process.features.typescript) await import("./cli.ts");
else if (existsSync(own)) handOver();
else {
  process.stderr.write(
    `sprintcast: this is Node ${process.version}, expected 24 or later\n` +
      "  Run npm install in sprintcast's folder, which brings the right one, or install Node 24.\n",
  );
  process.exitCode = 2;
}

function handOver() {
  const child = spawn(own, [program, ...process.argv.slice(2)], { stdio: "inherit" });
  // Ctrl-C reaches the child by itself, being in the same group; it says how it ended.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => {
    process.stderr.write(`sprintcast: ${own} cannot be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 5 : 1);
  });
}
