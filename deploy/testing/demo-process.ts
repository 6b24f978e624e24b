import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import getPort from "get-port";

const CLI = fileURLToPath(new URL("../../demo/cli/cli.ts", import.meta.url));
const HOST = "127.0.0.1";

/** One program of the demo in a process of its own, on a port that it keeps. */
export interface DemoProcess {
  port: number;
  begin(): Promise<void>;
  /** Resolves to the exit code; null where a signal ended it. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

/** Starts a server, and waits until it is ready. */
export async function startDemo(args: readonly string[]): Promise<DemoProcess> {
  const port = await getPort({ host: HOST });
  let child: ChildProcess | null = null;

  async function begin(): Promise<void> {
    const all = [...args, "--port", `${port}`, "--log-level", "fatal"];
    child = spawn(process.execPath, [CLI, ...all], { stdio: ["ignore", "ignore", "inherit"] });
    await untilReady(port);
  }

  await begin();
  return {
    port,
    begin,
    end(signal) {
      const running = child;
      if (!running || running.exitCode !== null || running.signalCode !== null) return Promise.resolve(null);
      const ended = new Promise<number | null>((resolve) => running.once("exit", resolve));
      running.kill(signal);
      return ended;
    },
  };
}

async function untilReady(port: number): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const isReady = await fetch(`http://${HOST}:${port}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing is ready on port ${port} after 20 s`);
}
