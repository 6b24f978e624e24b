import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { credsAuthenticator } from "@nats-io/transport-node";
import type { NatsAccess } from "../bus/nats-stream.ts";
import { flagOf, OptionError, type OptionKey, type OptionValues } from "../options/options.ts";
import { parseServers } from "./server-url.ts";

/** What `--bus` and the options beside it say of how to get in. Files are read at every connect, and once now. @throws OptionError */
export function natsAccess(values: OptionValues): NatsAccess {
  const { hosts, scheme, user, password } = parseServers(
    "bus",
    values.bus,
    ["nats:", "tls:"],
    "memory:, nats://host:port or tls://host:port",
  );
  const access: NatsAccess = { servers: hosts };
  if (user !== null && password !== null) Object.assign(access, { user, pass: password });
  else if (user !== null) access.token = user;
  if (values.natsCreds !== null) {
    if (user !== null) throw new OptionError("--bus and --nats-creds both say who comes; leave one out");
    access.authenticator = fromFile("natsCreds", values.natsCreds);
  }
  const files = {
    caFile: readable("natsCa", values.natsCa),
    certFile: readable("natsCert", values.natsCert),
    keyFile: readable("natsKey", values.natsKey),
  };
  if ((files.certFile === undefined) !== (files.keyFile === undefined)) {
    throw new OptionError("--nats-cert and --nats-key belong together; name both, or none");
  }
  const isTls = scheme === "tls:" || Object.values(files).some((file) => file !== undefined);
  // The client compares a certificate with the name it was given, and with "localhost" where that is an address.
  if (isTls && hosts.some((host) => isIP(hostOf(host)) !== 0)) {
    throw new OptionError("--bus with TLS takes the name that the server's certificate bears, no IP address");
  }
  if (isTls) access.tls = Object.fromEntries(Object.entries(files).filter(([, file]) => file !== undefined));
  return access;
}

function hostOf(host: string): string {
  return new URL(`tls://${host}`).hostname.replace(/^\[|\]$/g, "");
}

function fromFile(key: OptionKey, file: string): NonNullable<NatsAccess["authenticator"]> {
  const authenticate = credsAuthenticator(() => read(key, file));
  try {
    // Signs something, so that a file that holds no credentials is refused now and not at some reconnect.
    authenticate("nonce");
  } catch (cause) {
    if (cause instanceof OptionError) throw cause;
    const message = `${flagOf(key)}: ${file} holds no NATS user credentials (a JWT and an NKEY seed)`;
    throw new OptionError(message, { cause });
  }
  return authenticate;
}

function readable(key: OptionKey, file: string | null): string | undefined {
  if (file === null) return undefined;
  read(key, file);
  return file;
}

function read(key: OptionKey, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : cause;
    throw new OptionError(`${flagOf(key)}: ${file} cannot be read (${why})`, { cause });
  }
}
