import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** How this machine reaches a registry: its own authority for certificates, a proxy, another address. */
const network = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    /^(NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(https?|no)_proxy|npm_config_(registry|cafile))$/i.test(name),
  ),
);

/** The environment of a team's own machine: this Node first, and nothing that vitest set. */
export const environment = {
  ...network,
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  HOME: process.env.HOME,
  ASTRO_TELEMETRY_DISABLED: "1",
  NO_COLOR: "1",
};

/** Runs a command to its end in `cwd`. Rejects with its words where it fails. @returns stdout */
export async function call(cwd: string, command: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await run(command, args, { cwd, env: environment, maxBuffer: 64 << 20 });
    return stdout;
  } catch (cause) {
    const { stdout = "", stderr = "" } = cause as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")}\n${stdout.slice(-4000)}${stderr.slice(-4000)}`, { cause });
  }
}

/** Installs tarballs and what they need, without what only developers need. */
export async function install(cwd: string, ...tarballs: string[]): Promise<void> {
  await call(cwd, "npm", "install", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline", ...tarballs);
}

/** Megabytes that a folder takes on disk. */
export async function megabytes(folder: string): Promise<number> {
  return Number.parseInt(await call(folder, "du", "-sm", folder), 10);
}

/** Relative path and content of every file below a folder. */
export async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(
      files.sort().map(async (file) => [file.slice(folder.length), await readFile(file, "base64")]),
    ),
  );
}

export interface Started {
  /** Everything it has said so far. */
  said(): string;
  /** Resolves once it has said this. Rejects when it ends first. */
  until(words: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  /** Resolves when it and all it started have ended. */
  ended: Promise<unknown>;
}

/** Starts a command in a process group of its own. */
export function start(cwd: string, env: Record<string, string>, command: string, ...args: string[]): Started {
  const child = spawn(command, args, {
    cwd,
    env: { ...environment, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      text += chunk;
      for (const look of waiting) look();
    });
  // Both pipes close only when no process of the group holds them any more.
  const ended = once(child, "close");
  return {
    said: () => text,
    until: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = words.exec(text);
          if (found) resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`it ended before it said ${words}:\n${text}`)));
      }),
    // Ctrl-C on a terminal reaches the whole group; a shell keeps a SIGINT that is sent to npm alone.
    signal: (name) => {
      if (name === "SIGINT" && child.pid !== undefined) process.kill(-child.pid, name);
      else child.kill(name);
    },
    ended,
  };
}

/** Whether nothing listens on the port. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port }, () => resolve(true));
  });
  await new Promise((resolve) => server.close(resolve));
  return free;
}

/** A second release of staged packages: the same files under another version. @returns tarballs by folder */
export async function releaseAs(
  version: string,
  staged: string,
  out: string,
  folders: readonly string[],
): Promise<string[]> {
  const tarballs: string[] = [];
  for (const folder of folders) {
    const copy = join(out, folder);
    await mkdir(copy, { recursive: true });
    await cp(join(staged, folder), copy, { recursive: true });
    const file = join(copy, "package.json");
    const text = await readFile(file, "utf8");
    const { version: old } = JSON.parse(text) as { version: string };
    await writeFile(file, text.replaceAll(`"${old}"`, `"${version}"`));
    const packed = JSON.parse(await call(copy, "npm", "pack", "--json", "--pack-destination", out));
    tarballs.push(join(out, packed[0].filename));
  }
  return tarballs;
}
