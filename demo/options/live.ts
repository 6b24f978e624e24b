import { count, LIVE, ms, type OptionSpec } from "./spec.ts";

/** What the live view takes. */
export const liveOptions = {
  origins: {
    kind: "text",
    default: "",
    programs: LIVE,
    help: "origins of pages elsewhere that may show the view, with commas; * allows all",
  },
  hosts: {
    kind: "text",
    default: "",
    programs: LIVE,
    help: "names of this host that its own pages may use, with commas, besides localhost, its addresses and host name",
  },
  maxViewersPerAddress: {
    ...count,
    default: 100,
    programs: LIVE,
    help: "viewers of one address, or IPv6 network of 64 bits, that is not this machine's own; more are answered 429",
  },
  maxViewers: { ...count, default: 1000, programs: LIVE, help: "viewers at once; more are answered 503" },
  liveFlushMs: {
    kind: "integer",
    default: 40,
    min: 1,
    max: 1000,
    programs: LIVE,
    help: "how far apart frames are, ms: readings wait no longer than that for others to share their frame",
  },
  frameReadings: { ...count, default: 2500, programs: LIVE, help: "most readings in one frame" },
  liveSeries: {
    ...count,
    default: 10_000,
    programs: LIVE,
    help: "series whose latest values a viewer is sent when it joins; past that, those silent longest are left out",
  },
  conflateBytes: {
    ...count,
    default: 262_144,
    programs: LIVE,
    help: "unacknowledged bytes past which a viewer gets only the latest values; at most --close-bytes",
  },
  closeBytes: {
    ...count,
    default: 1_048_576,
    programs: LIVE,
    help: "unacknowledged bytes past which a viewer is closed",
  },
  catchUpBytes: {
    ...count,
    default: 131_072,
    programs: LIVE,
    help: "unacknowledged bytes up to which a resumed viewer is handed what it missed; at most --close-bytes",
  },
  conflateEveryMs: {
    ...ms,
    default: 50,
    programs: LIVE,
    help: "how often a conflated viewer gets a frame, ms",
  },
  heartbeatMs: {
    ...ms,
    default: 15_000,
    programs: LIVE,
    help: "how long a viewer may be silent until it is pinged, ms; one silent for twice that is closed",
  },
  aheadMs: {
    ...ms,
    default: 2000,
    programs: LIVE,
    help: "how long a viewer that claims an offset not yet seen here is waited for, ms",
  },
  greetMs: {
    ...ms,
    default: 2000,
    programs: LIVE,
    help: "how long a viewer may take to say resume before it is sent a snapshot, ms",
  },
  maxMessages: { ...count, default: 200, programs: LIVE, help: "most messages of one viewer per second" },
  maxMessageBytes: { ...count, default: 4096, programs: LIVE, help: "largest message of a viewer, bytes" },
  retryAfterMs: { ...ms, default: 1000, programs: LIVE, help: "when a closed viewer should come back, ms" },
  closeGraceMs: {
    ...ms,
    default: 1000,
    programs: LIVE,
    help: "how long a closed viewer may take to read its bye, ms",
  },
} as const satisfies Record<string, OptionSpec>;
