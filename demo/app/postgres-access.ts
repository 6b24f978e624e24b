import { readFileSync } from "node:fs";
import type { PostgresAccess } from "../eater/postgres/access.ts";
import { OptionError, type OptionValues } from "../options/options.ts";

const EXAMPLE = "postgres://user:password@host:port/database";
const NO_HOST = "socket.invalid";
const SSL_MODES = ["disable", "require", "verify-full"];

/**
 * What `--store` and `--store-ca` say; null where readings are kept in `--db`. What it cannot honour it refuses, and
 * never repeats what may hold a password.
 * @throws OptionError
 */
export function postgresAccess(values: OptionValues): PostgresAccess | null {
  const { store, storeCa, serviceTimeoutMs } = values;
  if (store === null) {
    if (storeCa !== null)
      throw new OptionError("--store-ca is of use with --store alone; name both, or none");
    return null;
  }
  const url = parse(store);
  const host = url.hostname === NO_HOST ? null : url.hostname.replace(/^\[|\]$/g, "");
  const { socket, sslmode } = parameters(url);
  if (host !== null && socket !== null) throw refuse("no host stands before a ?host=");
  if (host === null && socket === null) throw refuse("it names no host");
  const database = decode(url.pathname.slice(1));
  if (database === "" || database.includes("/")) throw refuse("its path is the name of one database");
  const user = decode(url.username);
  if (user === "") throw refuse("it names no user");
  if (storeCa !== null && sslmode !== "verify-full") {
    throw new OptionError("--store-ca: add ?sslmode=verify-full to --store, else nothing is verified");
  }
  return {
    host: socket ?? host ?? "",
    port: Number(url.port || 5432),
    database,
    user,
    password: url.password === "" ? null : decode(url.password),
    tls:
      sslmode === "disable"
        ? null
        : { isVerified: sslmode === "verify-full", ca: storeCa === null ? null : read(storeCa) },
    timeoutMs: serviceTimeoutMs,
  };
}

function refuse(why: string): OptionError {
  return new OptionError(`--store takes ${EXAMPLE}: ${why}`);
}

function parse(text: string): URL {
  if (!/^postgres(ql)?:\/\//.test(text)) throw refuse("it begins with postgres://");
  // A URL with a user cannot be without a host; a socket has none.
  const whole = text.replace(/^\w+:\/\/([^/@]*@)?\//, `postgres://$1${NO_HOST}/`);
  if (!URL.canParse(whole)) throw refuse("in a user or password write @ / : % with %40 %2F %3A %25");
  const url = new URL(whole);
  if (url.hash !== "") throw refuse("write # with %23");
  return url;
}

function parameters(url: URL): { socket: string | null; sslmode: string } {
  for (const name of url.searchParams.keys()) {
    if (name !== "sslmode" && name !== "host") {
      throw refuse("behind the ? stand sslmode and host alone");
    }
  }
  const sslmode = url.searchParams.get("sslmode") ?? "disable";
  if (!SSL_MODES.includes(sslmode)) throw refuse(`sslmode is one of ${SSL_MODES.join(", ")}`);
  const socket = url.searchParams.get("host");
  if (socket !== null && !socket.startsWith("/")) throw refuse("?host= names the folder of a socket");
  return { socket, sslmode };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse("a % in a user or password is written %25");
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : cause;
    throw new OptionError(`--store-ca: ${file} cannot be read (${why})`, { cause });
  }
}
