import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CrowdAnswer, CrowdOrder, CrowdQuestion, StormOrder, ViewerTally } from "./crowd.ts";

export interface ViewersProcess {
  /** Counts anew from here. */
  mark(): Promise<void>;
  /** Resolves once so many bytes came since the mark, to how many those were. */
  received(bytes: number): Promise<number>;
  /** Resolves once all viewers together were shown so many readings since the mark. */
  shown(readings: number): Promise<void>;
  /** Of each viewer since the mark, but for its cuts since the start; in the order stalled, slow, others. */
  tallies(): Promise<ViewerTally[]>;
  latencies(): Promise<number[]>;
  /** Cuts all at once; resolves when all are back, or patience is at its end, to how many are. */
  storm(order: StormOrder): Promise<number>;
  /** Resolves when all have come so far, or patience is at its end, to how many have not. */
  allAt(offset: number, patienceMs: number): Promise<number>;
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
    storm: async (order) => (await ask({ ask: "storm", ...order })).back,
    allAt: async (offset, patienceMs) => (await ask({ ask: "all-at", offset, patienceMs })).behind,
    async close() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.disconnect();
      await ended;
    },
  };
}
