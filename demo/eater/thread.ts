import { Worker } from "node:worker_threads";
import { WriterError } from "./writer.ts";

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/**
 * A thread beside the loop that answers each question once, in order. It begins with the first question, keeps no
 * process alive by waiting for the next, and where it has ended the next question begins another.
 * @param name of its file in this folder, without extension
 */
export function createThread<Question, Answer>(name: string, workerData?: unknown) {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const file = new URL(`./${name}.${extension}`, import.meta.url);
  let waiting: Waiting<Answer>[] = [];
  let worker: Worker | null = null;

  function begin(): Worker {
    const begun = new Worker(file, { workerData });
    const end = (cause?: unknown) => {
      if (worker !== begun) return;
      worker = null;
      const lost = waiting;
      waiting = [];
      for (const { reject } of lost) reject(new WriterError(`the thread ${name} has ended`, { cause }));
    };
    begun.on("error", end);
    begun.on("exit", () => end());
    begun.on("message", (answer: Answer) => {
      const first = waiting.shift();
      if (waiting.length === 0) begun.unref();
      first?.resolve(answer);
    });
    return begun;
  }

  return {
    /** @throws WriterError where the thread ends before it has answered */
    ask(question: Question, transfer: ArrayBuffer[] = []): Promise<Answer> {
      worker ??= begin();
      worker.ref();
      worker.postMessage(question, transfer);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    /** Questions without an answer yet. */
    waiting: () => waiting.length,
    async close(): Promise<void> {
      await worker?.terminate();
    },
  };
}
