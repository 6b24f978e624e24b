import type { PackedSnapshot } from "../snapshot/snapshot.ts";
import { Overloaded } from "./group-commit.ts";
import type { Question, QuestionAnswer } from "./query-worker.ts";
import type { Anomaly } from "./reader.ts";
import type { RollupPage, RollupQuery } from "./rollups.ts";
import type { Questions } from "./store.ts";
import { createThread } from "./thread.ts";
import { WriterError } from "./writer.ts";

/** Questions that may wait before further ones are turned away. */
const WAITING_QUESTIONS = 16;

/** Asks a database in a thread of its own, so that no question keeps readings and frames from the loop. */
export function createQueryThread(file: string): Questions & { close(): Promise<void> } {
  const thread = createThread<Question, QuestionAnswer>("query-worker", file);

  async function ask(question: Question): Promise<QuestionAnswer> {
    if (thread.waiting() >= WAITING_QUESTIONS) {
      throw new Overloaded("too many questions wait for their answer; try again later");
    }
    const answer = await thread.ask(question);
    if (answer.told === "failed") throw new WriterError(answer.message);
    return answer;
  }

  return {
    async rollups(query: RollupQuery): Promise<RollupPage> {
      const answer = await ask({ ask: "rollups", ...query });
      if (answer.told !== "rollups") throw new TypeError(`asked for rollups, told ${answer.told}`);
      return { rollups: answer.rollups, next: answer.next };
    },
    async anomalies(after: number, limit: number): Promise<Anomaly[]> {
      const answer = await ask({ ask: "anomalies", after, limit });
      if (answer.told !== "anomalies") throw new TypeError(`asked for anomalies, told ${answer.told}`);
      return answer.anomalies;
    },
    async snapshot(): Promise<PackedSnapshot> {
      const answer = await thread.ask({ ask: "snapshot" });
      if (answer.told === "failed") throw new WriterError(answer.message);
      if (answer.told !== "snapshot") throw new TypeError(`asked for a snapshot, told ${answer.told}`);
      return { epoch: answer.epoch, offset: answer.offset, json: answer.json };
    },
    close: thread.close,
  };
}
