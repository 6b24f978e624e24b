import type { Verb } from "./commands/io.ts";

/**
 * Every verb by name, in the order of the help: what a sprint needs first comes first. Loaded when asked for, so that
 * `board` does not wait for a GitHub client it never uses.
 */
export const verbs: Record<string, () => Promise<Verb>> = {
  init: async () => (await import("./commands/init.ts")).initVerb,
  sync: async () => (await import("./commands/sync.ts")).syncVerb,
  board: async () => (await import("./commands/board.ts")).boardVerb,
  report: async () => (await import("./commands/report.ts")).reportVerb,
  explain: async () => (await import("./commands/explain.ts")).explainVerb,
  debt: async () => (await import("./commands/debt.ts")).debtVerb,
  kalm: async () => (await import("./commands/kalm.ts")).kalmVerb,
  draft: async () => (await import("./commands/draft.ts")).draftVerb,
  freeze: async () => (await import("./commands/freeze.ts")).freezeVerb,
  state: async () => (await import("./commands/state.ts")).stateVerb,
  doctor: async () => (await import("./commands/doctor.ts")).doctorVerb,
};
