// Plain JavaScript, so that a Node too old for TypeScript can read it and say so, or hand over to the one in node_modules.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

const own = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));

/** Names the process that handed over, in the environment of the one that took over. */
const LAUNCHER = "SPRINTCAST_LAUNCHER";
const SIGNALS = ["SIGINT", "SIGTERM"];

/** Runs a program of this package, under this Node or a newer one. `program`: its URL. */
export async function launch(name, program) {
  if (process.features.typescript) {
    endWithLauncher();
    // Compiled code, types stripped, is kept from run to run.
    module.enableCompileCache?.();
    await import(program.href);
  } else if (existsSync(own) && !process.env[LAUNCHER]) handOver(name);
  else {
    process.stderr.write(
      `${name}: this is Node ${process.version}, expected 24 or later\n` +
        "  Run npm install in sprintcast's folder, which brings the right one, or install Node 24.\n",
    );
    process.exitCode = 2;
  }
}

/**
 * Runs the same command under the newer Node. Its end is asked for by closing the channel to it, which happens as well
 * when this process is killed, and means no second signal where a terminal sends the first to both.
 */
function handOver(name) {
  const child = spawn(own, process.argv.slice(1), {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, [LAUNCHER]: String(process.pid) },
  });
  const ask = () => child.connected && child.disconnect();
  let askedAt = 0;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      ask();
      // A second one is passed on, unless it is the first again: npm passes on what a terminal has sent to all.
      if (askedAt > 0 && performance.now() - askedAt > 1000) child.kill(signal);
      askedAt ||= performance.now();
    });
  }
  whenShellEnds(ask);
  child.on("error", (error) => {
    process.stderr.write(`${name}: ${own} cannot be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 5 : 1);
  });
}

/** The shell of npm or npx dies of a signal without passing it on; demo/npm-parent.ts has the rule in full. */
function whenShellEnds(ended) {
  const script = process.env.npm_lifecycle_script ?? "";
  if (!script.includes("sprintcast") || /&|nohup|setsid/.test(script)) return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    ended();
  }, 200);
  timer.unref();
}

/** The launcher's end is a SIGTERM to the program, unless a signal has come already. */
function endWithLauncher() {
  const launcher = process.env[LAUNCHER];
  delete process.env[LAUNCHER];
  if (launcher !== String(process.ppid) || !process.connected) return;
  let isAsked = false;
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      isAsked = true;
      // Nobody else listens yet: what this listener has kept away happens now.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
  // In the turn after, when a signal that came at the same time has been heard.
  process.once("disconnect", () => setImmediate(() => isAsked || process.kill(process.pid, "SIGTERM")));
  process.channel.unref();
}
