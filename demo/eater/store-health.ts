import { repeat } from "./repeat.ts";
import type { Writer } from "./writer.ts";

export interface StoreHealthSettings {
  /** How often a store that has committed nothing meanwhile is tried with a commit of its own, ms. */
  storeCheckMs: number;
}

/**
 * Knows whether the store takes commits: by what the last one came to, and, where none came for `storeCheckMs` or the
 * last one failed, by one of its own. Nothing else would find a disk full before a feeder does, or empty again after
 * the feeders were sent elsewhere.
 * @param now monotonic, ms
 */
export function watchStore(writer: Writer, { storeCheckMs }: StoreHealthSettings, now: () => number) {
  let failure: string | null = null;
  let provenAt = now();
  let underWay = 0;
  let movedAt = now();

  async function ask(...[request, transfer]: Parameters<Writer["ask"]>) {
    if (underWay === 0) movedAt = now();
    underWay += 1;
    const proves = request.do === "commit" || request.do === "try";
    try {
      const answer = await writer.ask(request, transfer);
      if (proves) {
        failure = null;
        provenAt = now();
      }
      return answer;
    } catch (error) {
      if (proves) failure = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      underWay -= 1;
      movedAt = now();
    }
  }

  async function check(): Promise<void> {
    const isProven = failure === null && now() - provenAt < storeCheckMs;
    // Behind other work it would prove no more than that work does.
    if (!isProven && underWay === 0 && writer.alive()) await ask({ do: "try" });
  }

  // That it failed is told by `troubles`, and where readings wait, by their failed commit.
  const stop = repeat(storeCheckMs, check, () => {});

  return {
    /** The same writer, whose answers are watched. */
    writer: { ...writer, ask: ask as Writer["ask"] },
    /** Why no reading can be committed; empty when they can. */
    troubles(): string[] {
      if (failure !== null) return [`the store cannot commit (${failure})`];
      const isStuck = underWay > 0 && now() - movedAt > 2 * storeCheckMs;
      return isStuck ? ["the store has not answered for a while"] : [];
    },
    stop,
  };
}
