import { Worker } from "node:worker_threads";
import { DemoError } from "../errors.ts";
import type { Answer, Request, WorkerSettings } from "./worker.ts";

/** The writing thread failed or is gone; what was asked of it did not happen, or is not known to have. */
export class WriterError extends DemoError<"WRITER_FAILED"> {
  override name = "WriterError";

  constructor(message: string, options?: ErrorOptions) {
    super("WRITER_FAILED", message, options);
  }
}

type AnswerOf<D extends Answer["done"]> = Extract<Answer, { done: D }>;

export interface Writer {
  ask<D extends Request["do"]>(
    request: Extract<Request, { do: D }>,
    transfer?: ArrayBuffer[],
  ): Promise<AnswerOf<D>>;
  alive(): boolean;
  close(): Promise<void>;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/**
 * Starts the writing thread and waits until its database is open.
 * @param name of its file, without extension
 * @throws WriterError
 */
export async function startWriter(
  name: "worker" | "postgres/worker",
  settings: WorkerSettings,
): Promise<Writer> {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./${name}.${extension}`, import.meta.url), { workerData: settings });
  const waiting: Waiting[] = [];
  let gone: WriterError | null = null;

  function end(message: string, cause?: unknown): void {
    gone ??= new WriterError(message, { cause });
    for (const { reject } of waiting.splice(0)) reject(gone);
  }
  worker.on("error", (error) => end("the writing thread failed", error));
  worker.on("exit", () => end("the writing thread has ended"));
  worker.on("message", (answer: Answer) => {
    const first = waiting.shift();
    if (answer.done === "failed") first?.reject(new WriterError(answer.message));
    else first?.resolve(answer);
  });

  const expect = <D extends Answer["done"]>() =>
    new Promise<AnswerOf<D>>((resolve, reject) => {
      if (gone) reject(gone);
      else waiting.push({ resolve: resolve as Waiting["resolve"], reject });
    });

  try {
    await expect<"open">();
  } catch (error) {
    // Only with its end does the thread give its connection back.
    await worker.terminate();
    throw error;
  }
  return {
    ask(request, transfer = []) {
      const answered = expect<typeof request.do>();
      if (!gone) worker.postMessage(request, transfer);
      return answered;
    },
    alive: () => gone === null,
    async close() {
      if (gone) return;
      const ended = new Promise((resolve) => worker.once("exit", resolve));
      worker.postMessage({ do: "close" } satisfies Request);
      await ended;
    },
  };
}
