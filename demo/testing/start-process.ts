import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import getPort from "get-port";

const HOST = "127.0.0.1";

/**
 * Where a program is installed; null, with a warning that says what will be skipped, when it is not.
 * @param debian the package that has it
 */
export function findProgram(name: string, debian = name, more: readonly string[] = []): string | null {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", ...more];
  for (const folder of folders) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // Not in this folder.
    }
  }
  console.warn(
    `SKIPPED: everything that needs ${name}, which is not installed (Debian: apt install ${debian})`,
  );
  return null;
}

export interface StartedServer {
  port: number;
  /** Of the process that runs; null while none does. */
  pid(): number | null;
  /** Starts it (again), on the same port and data. */
  start(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

/** @param args its arguments, given a free port and a folder of its own */
export async function createServerProcess(
  program: string,
  args: (port: number, folder: string) => string[],
): Promise<StartedServer> {
  const folder = await mkdtemp(join(tmpdir(), "server-"));
  const port = await getPort({ host: HOST });
  let child: ChildProcess | null = null;

  async function kill(): Promise<void> {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGKILL");
    await ended;
  }

  async function start(): Promise<void> {
    child = spawn(program, args(port, folder), { stdio: "ignore" });
    await waitForPort(port);
  }

  await start();
  return {
    port,
    pid: () => child?.pid ?? null,
    start,
    kill,
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A nats-server with JetStream, storing in a folder of its own. @param more arguments, as of who may come */
export function startNats(program: string, more: readonly string[] = []): Promise<StartedServer> {
  return createServerProcess(program, (port, folder) => [
    ...["-a", HOST, "-p", `${port}`, "-js", "-sd", folder],
    ...more,
  ]);
}

export function startMemcached(program: string): Promise<StartedServer> {
  // memcached refuses to run as root unless it is told a user.
  const user = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  return createServerProcess(program, (port) => ["-l", HOST, "-p", `${port}`, "-U", "0", ...user]);
}

/** A mosquitto that keeps what waits for clients who are away. @param more lines of its configuration */
export function startMosquitto(program: string, more: readonly string[] = []): Promise<StartedServer> {
  return createServerProcess(program, (port, folder) => {
    const file = join(folder, "mosquitto.conf");
    const access = more.some((line) => line.startsWith("password_file")) ? [] : ["allow_anonymous true"];
    const store = ["persistence true", `persistence_location ${folder}/`, "max_queued_messages 100000"];
    // Told no other user, it would not be able to read this folder.
    const lines = [...store, `user ${userInfo().username}`, `listener ${port} ${HOST}`, ...access, ...more];
    writeFileSync(file, `${lines.join("\n")}\n`);
    return ["-c", file];
  });
}

async function waitForPort(port: number): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (await answers(port)) return;
    await sleep(25);
  }
  throw new Error(`nothing listens on port ${port} after 10 s`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, HOST);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
