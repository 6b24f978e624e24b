import type { OptionSpec } from "./spec.ts";

/** What recording and playing take. */
export const recordingOptions = {
  liveUrl: {
    kind: "text",
    default: "ws://127.0.0.1:8787/live",
    programs: ["record"],
    help: "the live view to record",
  },
  seconds: {
    kind: "number",
    default: 60,
    min: 0.1,
    max: 86_400,
    programs: ["record"],
    help: "how long to record, from the first snapshot",
  },
  speed: {
    kind: "number",
    default: 1,
    min: 0.01,
    max: 1000,
    programs: ["play"],
    help: "how fast to play; 1 is as it was recorded",
  },
} as const satisfies Record<string, OptionSpec>;
