/** The programs of `sprintcast-demo` that take options; "all" is feeder, eater and live view in one process. */
export type Program = "feeder" | "eater" | "live" | "all" | "record" | "play" | "cost";

interface Common {
  help: string;
  programs: readonly Program[];
}

export type OptionSpec =
  | (Common & { kind: "text"; default: string | null; choices?: readonly string[] })
  | (Common & { kind: "integer" | "number"; default: number | null; min: number; max: number });

export const FEEDER = ["feeder", "all"] as const;
export const EATER = ["eater", "all"] as const;
export const LIVE = ["live", "all"] as const;
export const SERVERS = ["eater", "live", "all"] as const;

/** Kinds of number that come again and again. */
export const share = { kind: "number", min: 0, max: 1 } as const;
export const ms = { kind: "integer", min: 1, max: 2_147_483_647 } as const;
export const count = { kind: "integer", min: 1, max: 1_000_000_000 } as const;
