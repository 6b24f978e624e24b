// Plain JavaScript, so that a Node too old for TypeScript can read it and say so, or hand over to the one in node_modules.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

const own = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));

/** Runs a program of this package, under this Node or a newer one. `program`: its URL. */
export async function launch(name, program) {
  if (process.features.typescript) {
    // Compiled code, types stripped, is kept from run to run.
    module.enableCompileCache?.();
    await import(program.href);
  } else if (existsSync(own)) handOver(name, fileURLToPath(program));
  else {
    process.stderr.write(
      `${name}: this is Node ${process.version}, expected 24 or later\n` +
        "  Run npm install in sprintcast's folder, which brings the right one, or install Node 24.\n",
    );
    process.exitCode = 2;
  }
}

function handOver(name, program) {
  const child = spawn(own, [program, ...process.argv.slice(2)], { stdio: "inherit" });
  // Ctrl-C on a terminal reaches the child by itself, and twice would mean «at once».
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => {
    process.stderr.write(`${name}: ${own} cannot be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 5 : 1);
  });
}
