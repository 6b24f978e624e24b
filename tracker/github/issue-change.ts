import { createHash } from "node:crypto";
import { z } from "zod";
import { account, instant } from "./map-fields.ts";

/** What GraphQL says of every change of an issue; `kinds`: our word for each type of GitHub's. */
export const changeOf = <K extends string>(kinds: Record<K, string>) =>
  z.object({
    __typename: z.enum(Object.keys(kinds) as K[]),
    id: z.string().min(1),
    createdAt: instant,
    actor: account,
  });

/** Above every id that GitHub's REST API counts up to, and still a whole number that JavaScript can hold. */
const base = 2 ** 52;

/**
 * Ids for the events that an issue's `changes` make, which have a node id alone. Each is stable, meets none of the
 * REST API's, and keeps the order of changes within one second.
 */
export function eventIds(changes: readonly { id: string; createdAt: number }[]): number[] {
  const turns = new Map<number, number>();
  return changes.map(({ id, createdAt }) => {
    const turn = turns.get(createdAt) ?? 0;
    turns.set(createdAt, turn + 1);
    const hash = createHash("sha256").update(id).digest().readUIntBE(0, 5);
    return base + Math.min(turn, 2047) * 2 ** 40 + hash;
  });
}
