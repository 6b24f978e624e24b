import { execFile, execFileSync } from "node:child_process";
import { readdirSync, realpathSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import getPort from "get-port";
import pg from "pg";
import { findProgram } from "./start-process.ts";

const run = promisify(execFile);
const HOST = "127.0.0.1";
const USER = "sprintcast";
const PASSWORD = "p@ss:word/of a %test";
/** Debian puts each version's programs in a folder of its own. */
const DEBIAN = "/usr/lib/postgresql";

export interface TestPostgres {
  port: number;
  /** File with the certificate, where it shows one. */
  ca: string;
  /** A database of its own, as `--store` names it. */
  createDatabase(): Promise<string>;
  query(url: string, sql: string): Promise<Record<string, unknown>[]>;
  start(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Where PostgreSQL's own programs are; null, with a warning, where they are not. */
export function findPostgres(): string | null {
  const versions = list(DEBIAN).sort((a, b) => Number(b) - Number(a));
  const program = findProgram(
    "initdb",
    "postgresql",
    versions.map((version) => join(DEBIAN, version, "bin")),
  );
  return program && dirname(realpathSync(program));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * A server with a folder and a free port of its own. It refuses to run as root, and is then run as `postgres`.
 * @param openssl makes a certificate for `localhost`, which the server then shows
 * @param isDurable syncs to disk, as it should in earnest, and is slower
 */
export async function startPostgres(
  programs: string,
  { isDurable = false, openssl = null }: { isDurable?: boolean; openssl?: string | null } = {},
): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "postgres-"));
  const data = join(folder, "data");
  const isRoot = process.getuid?.() === 0;
  const as = (command: string, args: string[]): [string, string[]] =>
    isRoot ? ["runuser", ["-u", "postgres", "--", command, ...args]] : [command, args];
  const program = (name: string, ...args: string[]) =>
    run(...as(join(programs, name), args), { cwd: folder });
  const secret = join(folder, "password");
  await writeFile(secret, PASSWORD);
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  if (openssl) {
    const made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    execFileSync(openssl, ["req", ...made, ...names], { stdio: "ignore" });
  }
  if (isRoot) execFileSync("chown", ["-R", "postgres", folder]);
  const access = ["-U", USER, "--auth=scram-sha-256", `--pwfile=${secret}`];
  await program("initdb", "-D", data, ...access, "--no-sync", "-E", "UTF8", "--locale=C");
  const port = await getPort({ host: HOST });
  const settings = `-p ${port} -k ${folder} -h ${HOST} -c fsync=${isDurable ? "on" : "off"} -c max_connections=60 -c shared_buffers=32MB${openssl ? ` -c ssl=on -c ssl_cert_file=${cert} -c ssl_key_file=${key}` : ""}`;

  // With `-l` the server keeps none of our streams open.
  const start = async () => {
    await program("pg_ctl", "-D", data, "-l", join(folder, "log"), "-w", "-t", "60", "-o", settings, "start");
  };
  const kill = async () => {
    await program("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop").catch(() => {});
  };
  const urlOf = (database: string) =>
    `postgres://${USER}:${encodeURIComponent(PASSWORD)}@${HOST}:${port}/${database}`;

  async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  await start();
  let made = 0;
  return {
    port,
    ca: cert,
    start,
    kill,
    query,
    async createDatabase() {
      made += 1;
      const name = `test_${made}`;
      await query(urlOf("postgres"), `CREATE DATABASE ${name}`);
      return urlOf(name);
    },
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
