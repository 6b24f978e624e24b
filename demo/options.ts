/** The programs of `sprintcast-demo` that take options; "all" is feeder, eater and live view in one process. */
export type Program = "feeder" | "eater" | "live" | "all";

interface Common {
  help: string;
  programs: readonly Program[];
  /** Where the flag is not simply the key in kebab-case. */
  flag?: string;
}

export type OptionSpec =
  | (Common & { kind: "text"; default: string | null })
  | (Common & { kind: "integer" | "number"; default: number; min: number; max: number });

const FEEDER = ["feeder", "all"] as const;
const EATER = ["eater", "all"] as const;
const SERVERS = ["eater", "live", "all"] as const;
const share = { kind: "number", min: 0, max: 1 } as const;
const ms = { kind: "integer", min: 1, max: 2_147_483_647 } as const;
const count = { kind: "integer", min: 1, max: 1_000_000_000 } as const;

/**
 * Every setting of the demo, once: its flag, its environment variable (`SPRINTCAST_DEMO_` and the key in capitals),
 * its default and its limits. README.md prints this table, and a test compares the two.
 */
export const options = {
  host: { kind: "text", default: "127.0.0.1", programs: SERVERS, help: "address to listen on" },
  port: {
    kind: "integer",
    default: 8787,
    min: 0,
    max: 65_535,
    programs: SERVERS,
    help: "port to listen on; 0 picks a free one",
  },
  logLevel: {
    kind: "text",
    default: "info",
    programs: ["feeder", "eater", "live", "all"],
    help: "fatal, error, warn, info, debug, trace or silent",
  },

  bus: {
    kind: "text",
    default: "memory:",
    programs: SERVERS,
    help: "between eater and live view: memory: within one process, or nats://host:port, several with commas",
  },
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
    help: "shared latest state: memory: within one process, or memcached://host:port, several with commas",
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

  db: { kind: "text", default: ".sprintcast/demo.db", programs: EATER, help: "the eater's SQLite database" },
  maxBodyBytes: {
    ...count,
    default: 1_000_000,
    programs: EATER,
    help: "largest ingest body, as sent and as unpacked, bytes",
  },
  maxRequests: {
    ...count,
    default: 200,
    programs: EATER,
    help: "ingest requests per token, or per address without one, in a rate window",
  },
  rateWindowMs: { ...ms, default: 1000, programs: EATER, help: "the rate window, ms" },
  maxAheadMs: {
    kind: "integer",
    default: 300_000,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    programs: EATER,
    help: "how far ahead of the clock a reading may be dated, ms",
  },
  maxSeries: { ...count, default: 100_000, programs: EATER, help: "distinct pairs of source and metric" },
  maxGroup: { ...count, default: 20_000, programs: EATER, help: "most readings in one transaction" },
  maxWaiting: {
    ...count,
    default: 200_000,
    programs: EATER,
    help: "readings that may wait for their commit before the eater answers 503",
  },
  replay: {
    kind: "integer",
    default: 20_000,
    min: 0,
    max: 10_000_000,
    programs: SERVERS,
    help: "readings kept for viewers that resume; an empty bus is given as many from the database",
  },
  maxQueued: {
    ...count,
    default: 100_000,
    programs: EATER,
    help: "readings held in memory for a bus that is away; past that they are read back from the database",
  },
  chunk: {
    kind: "integer",
    default: 1000,
    min: 1,
    max: 3000,
    programs: EATER,
    help: "most readings in one message of the bus",
  },
  deriveEveryMs: {
    ...ms,
    default: 1000,
    programs: EATER,
    help: "how often rollups, anomalies and the shared state catch up, ms",
  },
  deriveChunk: { ...count, default: 5000, programs: EATER, help: "readings derived in one transaction" },
  retainEveryMs: { ...ms, default: 60_000, programs: EATER, help: "how often old readings are dropped, ms" },
  keepReadingsMs: {
    kind: "integer",
    default: 172_800_000,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    programs: EATER,
    help: "how long readings, per-second rollups and anomalies are kept, ms; 0 keeps them for ever",
  },
  keepMinutesMs: {
    kind: "integer",
    default: 7_776_000_000,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    programs: EATER,
    help: "how long per-minute rollups are kept, ms; 0 keeps them for ever",
  },
  anomalyWindow: {
    kind: "integer",
    default: 61,
    min: 3,
    max: 10_000,
    programs: EATER,
    help: "values of a series that make its usual range",
  },
  anomalyThreshold: {
    kind: "number",
    default: 6,
    min: 1,
    max: 1000,
    programs: EATER,
    help: "robust standard deviations from the median at which a value is flagged",
  },
  anomalyWarmUp: {
    kind: "integer",
    default: 30,
    min: 2,
    max: 10_000,
    programs: EATER,
    help: "values of a series before it is judged",
  },

  url: {
    kind: "text",
    default: "http://127.0.0.1:8787",
    programs: ["feeder"],
    help: "where the eater listens",
  },
  token: {
    kind: "text",
    default: null,
    programs: ["feeder"],
    help: "the eater's token; better given by the environment, where no process list shows it",
  },
  from: {
    kind: "text",
    default: null,
    programs: ["feeder"],
    help: "feed FILE.csv, FILE.ndjson or - (standard input) instead of the simulated fleet",
  },
  state: {
    kind: "text",
    default: null,
    programs: FEEDER,
    help: "file that keeps outbox and sequence numbers across restarts; without it they live in memory",
  },
  seed: {
    kind: "integer",
    default: 1,
    min: 0,
    max: 4_294_967_295,
    programs: FEEDER,
    help: "of the simulated fleet",
  },
  devices: {
    kind: "integer",
    default: 40,
    min: 1,
    max: 100_000,
    programs: FEEDER,
    help: "simulated devices",
  },
  rate: {
    kind: "number",
    default: 40,
    min: 0.01,
    max: 1_000_000,
    programs: FEEDER,
    help: "readings a second of the whole fleet",
  },
  late: { ...share, default: 0.01, programs: FEEDER, help: "share of readings sent 1 to 9 s late" },
  duplicates: { ...share, default: 0.01, programs: FEEDER, help: "share of readings sent twice" },
  dropOuts: {
    ...share,
    default: 0.02,
    programs: FEEDER,
    help: "share of minutes in which a device is silent",
  },
  faults: { ...share, default: 0.01, programs: FEEDER, help: "share of five-minute windows with a fault" },
  flushMs: { ...ms, default: 200, programs: FEEDER, help: "how often the fleet's readings are sent, ms" },
  maxBatch: {
    kind: "integer",
    default: 1000,
    min: 1,
    max: 100_000,
    programs: FEEDER,
    help: "readings per request",
  },
  outboxLimit: {
    ...count,
    default: 1_000_000,
    programs: FEEDER,
    help: "unacknowledged readings at which the source is paused",
  },
  drainMs: { ...ms, default: 10_000, programs: FEEDER, help: "how long a shutdown waits for the outbox, ms" },
  timeoutMs: {
    ...ms,
    default: 10_000,
    programs: FEEDER,
    help: "how long the eater's answer is waited for, ms",
  },
  backoffFirstMs: { ...ms, default: 100, programs: FEEDER, help: "first bound of the random delay, ms" },
  backoffMaxMs: { ...ms, default: 30_000, programs: FEEDER, help: "largest bound of the random delay, ms" },
} as const satisfies Record<string, OptionSpec>;

type Table = typeof options;
export type OptionKey = keyof Table;
/** The values of all options, by key. */
export type OptionValues = {
  [K in OptionKey]: Table[K]["kind"] extends "text"
    ? Table[K]["default"] extends string
      ? string
      : string | null
    : number;
};

/** An option's value is not one it can have. */
export class OptionError extends Error {
  readonly code = "OPTION_INVALID";
  override name = "OptionError";
}

export function flagOf(key: OptionKey): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function envOf(key: OptionKey): string {
  return `SPRINTCAST_DEMO_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** Reads one value as written on the command line or in the environment. @throws OptionError */
export function parseOption(key: OptionKey, text: string): string | number {
  const spec: OptionSpec = options[key];
  if (spec.kind === "text") return text;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const fits =
    value >= spec.min && value <= spec.max && (spec.kind === "number" || Number.isSafeInteger(value));
  if (fits) return value;
  const what = spec.kind === "integer" ? "a whole number" : "a number";
  throw new OptionError(`${flagOf(key)} takes ${what} from ${spec.min} to ${spec.max}, not "${text}"`);
}

export function defaultOptions(): OptionValues {
  return Object.fromEntries(
    Object.entries(options).map(([key, spec]) => [key, spec.default]),
  ) as OptionValues;
}
