import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ClientsAnswer, ClientsOrder, ClientsQuestion } from "./fanout-clients.ts";

export interface ViewersProcess {
  mark(): Promise<void>;
  /** Resolves once so many bytes came since the mark, to how many those were. */
  received(bytes: number): Promise<number>;
  latencies(): Promise<number[]>;
  close(): Promise<void>;
}

/** Viewers in a process of their own, so that their work is not the server's. */
export async function startViewers(order: ClientsOrder): Promise<ViewersProcess> {
  const child = fork(fileURLToPath(new URL("./fanout-clients.ts", import.meta.url)));
  const died = new Promise<never>((_, reject) => {
    child.once("exit", (code) => reject(new Error(`the viewers' process ended with ${code}`)));
  });
  died.catch(() => {});
  const answer = <Tell extends ClientsAnswer["tell"]>(tell: Tell) => {
    const told = new Promise<Extract<ClientsAnswer, { tell: Tell }>>((resolve) => {
      const listen = (message: ClientsAnswer) => {
        if (message.tell !== tell) return;
        child.off("message", listen);
        resolve(message as Extract<ClientsAnswer, { tell: Tell }>);
      };
      child.on("message", listen);
    });
    return Promise.race([told, died]);
  };
  const ask = (question: ClientsQuestion) => child.send(question);
  const ready = answer("ready");
  child.send(order);
  await ready;
  return {
    async mark() {
      const marked = answer("mark");
      ask({ ask: "mark" });
      await marked;
    },
    async received(bytes) {
      const told = answer("bytes");
      ask({ ask: "bytes", until: bytes });
      return (await told).bytes;
    },
    async latencies() {
      const told = answer("latencies");
      ask({ ask: "latencies" });
      return (await told).latencies;
    },
    async close() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.disconnect();
      await ended;
    },
  };
}
