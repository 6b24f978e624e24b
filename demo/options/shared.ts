import { ms, type OptionSpec, SERVERS } from "./spec.ts";

/** What all servers take: where they listen, and what lies between them. */
export const sharedOptions = {
  host: { kind: "text", default: "127.0.0.1", programs: SERVERS, help: "address to listen on" },
  port: {
    kind: "integer",
    default: 8787,
    min: 0,
    max: 65_535,
    programs: SERVERS,
    help: "port to listen on; 0 picks a free one",
  },
  requestTimeoutMs: {
    ...ms,
    default: 60_000,
    programs: SERVERS,
    help: "how long a request may take to arrive whole, ms",
  },
  logLevel: {
    kind: "text",
    default: "info",
    choices: ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
    programs: ["feeder", "eater", "live", "all"],
    help: "fatal, error, warn, info, debug, trace or silent",
  },

  bus: {
    kind: "text",
    default: "memory:",
    programs: SERVERS,
    help: "between eater and live view: memory: within one process, or nats://host:port (tls:// for TLS alone, user:password@ or token@ before the host), several with commas",
  },
  natsCreds: {
    kind: "text",
    default: null,
    programs: SERVERS,
    help: "file with a NATS user's credentials (JWT and NKEY seed)",
  },
  natsCa: {
    kind: "text",
    default: null,
    programs: SERVERS,
    help: "file with the authority that signed the NATS server's certificate (PEM)",
  },
  natsCert: {
    kind: "text",
    default: null,
    programs: SERVERS,
    help: "file with the certificate to show to NATS (PEM); needs --nats-key",
  },
  natsKey: { kind: "text", default: null, programs: SERVERS, help: "file with its private key (PEM)" },
  natsStream: {
    kind: "text",
    default: "sprintcast",
    programs: SERVERS,
    help: "JetStream stream, made if missing",
  },
  natsSubject: { kind: "text", default: "sprintcast.readings", programs: SERVERS, help: "its subject" },
  natsReplicas: {
    kind: "integer",
    default: 1,
    min: 1,
    max: 5,
    programs: SERVERS,
    help: "copies of the stream in a NATS cluster",
  },
  natsMaxAgeMs: {
    kind: "integer",
    default: 86_400_000,
    min: 0,
    max: 9_000_000_000,
    programs: SERVERS,
    help: "how long the stream keeps batches for resuming, ms; 0 sets no limit",
  },
  natsMaxBytes: {
    kind: "integer",
    default: 1_073_741_824,
    min: 1_000_000,
    max: Number.MAX_SAFE_INTEGER,
    programs: SERVERS,
    help: "largest size of the stream, bytes",
  },
  snapshot: {
    kind: "text",
    default: "memory:",
    programs: SERVERS,
    help: "shared latest state: memory: within one process, or memcached://host:port (user:password@ before the host for SASL), several with commas",
  },
  snapshotPrefix: {
    kind: "text",
    default: "sprintcast",
    programs: SERVERS,
    help: "beginning of memcached keys",
  },
  serviceTimeoutMs: {
    ...ms,
    default: 3000,
    programs: SERVERS,
    help: "how long an answer of NATS or memcached is waited for, ms",
  },
} as const satisfies Record<string, OptionSpec>;
