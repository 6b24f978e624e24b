import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CrowdAnswer, CrowdOrder, CrowdQuestion, Storm, StormOrder } from "./crowd.ts";
import type { Tally } from "./walker.ts";

export interface ViewersProcess {
  /** Counts anew from here. */
  mark(): Promise<void>;
  /** Resolves once so many bytes came since the mark, to how many those were. */
  received(bytes: number): Promise<number>;
  /** Resolves once all viewers together were shown so many readings since the mark. */
  shown(readings: number): Promise<void>;
  /** Of each viewer since the mark, in the order stalled, slow, others. */
  tallies(): Promise<(Tally & { isOpen: boolean })[]>;
  latencies(): Promise<number[]>;
  storm(order: StormOrder): Promise<Storm>;
  close(): Promise<void>;
}

/** Viewers in a process of their own, so that their work is not the server's. */
export async function startViewers(order: CrowdOrder): Promise<ViewersProcess> {
  const child = fork(fileURLToPath(new URL("./crowd.ts", import.meta.url)));
  const died = new Promise<never>((_, reject) => {
    child.once("exit", (code) => reject(new Error(`the viewers' process ended with ${code}`)));
  });
  died.catch(() => {});
  const answer = <Tell extends CrowdAnswer["tell"]>(tell: Tell) => {
    const told = new Promise<Extract<CrowdAnswer, { tell: Tell }>>((resolve) => {
      const listen = (message: CrowdAnswer) => {
        if (message.tell !== tell) return;
        child.off("message", listen);
        resolve(message as Extract<CrowdAnswer, { tell: Tell }>);
      };
      child.on("message", listen);
    });
    return Promise.race([told, died]);
  };
  const ask = <Ask extends CrowdQuestion["ask"]>(question: CrowdQuestion & { ask: Ask }) => {
    const told = answer(question.ask);
    child.send(question);
    return told;
  };
  const ready = answer("ready");
  child.send(order);
  await ready;
  return {
    mark: async () => void (await ask({ ask: "mark" })),
    received: async (bytes) => (await ask({ ask: "bytes", until: bytes })).bytes,
    shown: async (readings) => void (await ask({ ask: "readings", until: readings })),
    tallies: async () => (await ask({ ask: "tallies" })).tallies,
    latencies: async () => (await ask({ ask: "latencies" })).latencies,
    async storm(order) {
      const { caughtUpMs, behind } = await ask({ ask: "storm", ...order });
      return { caughtUpMs, behind };
    },
    async close() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.disconnect();
      await ended;
    },
  };
}
