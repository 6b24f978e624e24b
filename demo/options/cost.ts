import { count, type OptionSpec } from "./spec.ts";

/** What a load is that should be paid for. */
export const costOptions = {
  readings: {
    kind: "number",
    default: 40,
    min: 0.01,
    max: 1_000_000,
    programs: ["cost"],
    help: "readings a second",
  },
  viewers: {
    kind: "integer",
    default: 20,
    min: 0,
    max: 1_000_000,
    programs: ["cost"],
    help: "viewers at the same time, all day",
  },
  series: { ...count, default: 200, programs: ["cost"], help: "pairs of source and metric" },
  keep: {
    kind: "text",
    default: "48h",
    programs: ["cost"],
    help: "how long readings are kept: a number and m, h or d",
  },
  keepRollups: {
    kind: "text",
    default: "90d",
    programs: ["cost"],
    help: "how long per-minute rollups are kept, likewise",
  },
  prices: {
    kind: "text",
    default: null,
    programs: ["cost"],
    help: "file with your provider's prices (YAML); without it sizes alone are shown",
  },
} as const satisfies Record<string, OptionSpec>;
