import { unit } from "../feeder/fleet.ts";

export const VICTIMS = ["feeder", "eater", "second eater", "live", "nats-server", "postgres"] as const;
export type Victim = (typeof VICTIMS)[number];

/** What there is to be killed: on PostgreSQL two eaters and it, else one eater; a live process where viewers are. */
export function victimsOf({ viewers, isShared }: { viewers: number; isShared: boolean }): Victim[] {
  return VICTIMS.filter((victim) => {
    if (victim === "live") return viewers > 0;
    return isShared || (victim !== "second eater" && victim !== "postgres");
  });
}

export interface Kill {
  victim: Victim;
  /** How long all is left to run before the kill, and how long the victim stays dead, ms. */
  afterMs: number;
  deadMs: number;
}

/** Each victim `times` times, in an order and at distances that depend on the seed alone. */
export function planKills(seed: number, times: number, victims: readonly Victim[]): Kill[] {
  const all = victims.flatMap((victim) => Array.from({ length: times }, () => victim));
  return all
    .map((victim, index) => ({ victim, index, place: unit(seed, 1, index) }))
    .sort((a, b) => a.place - b.place)
    .map(({ victim, index }) => ({
      victim,
      afterMs: 100 + Math.floor(unit(seed, 2, index) * 500),
      deadMs: Math.floor(unit(seed, 3, index) * 400),
    }));
}
