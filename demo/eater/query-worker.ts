import { parentPort, workerData } from "node:worker_threads";
import type { PackedSnapshot } from "../snapshot/snapshot.ts";
import { type Anomaly, openQueries } from "./reader.ts";
import type { RollupPage, RollupQuery } from "./rollups.ts";

export type Question =
  | ({ ask: "rollups" } & RollupQuery)
  | { ask: "anomalies"; after: number; limit: number }
  | { ask: "snapshot" };

/** One for each question, in order. */
export type QuestionAnswer =
  | ({ told: "rollups" } & RollupPage)
  | { told: "anomalies"; anomalies: Anomaly[] }
  | ({ told: "snapshot" } & PackedSnapshot)
  | { told: "failed"; message: string };

if (!parentPort) throw new TypeError("query-worker.ts runs as a worker thread alone");
const port = parentPort;
const queries = openQueries(workerData as string);

function answer(question: Question): QuestionAnswer {
  switch (question.ask) {
    case "rollups":
      return { told: "rollups", ...queries.rollups(question) };
    case "anomalies":
      return { told: "anomalies", anomalies: queries.anomalies(question.after, question.limit) };
    case "snapshot": {
      const { epoch, offset, state } = queries.snapshot();
      return { told: "snapshot", epoch, offset, json: new TextEncoder().encode(JSON.stringify(state)) };
    }
  }
}

port.on("message", (question: Question) => {
  try {
    const answered = answer(question);
    port.postMessage(answered, answered.told === "snapshot" ? [answered.json.buffer as ArrayBuffer] : []);
  } catch (error) {
    port.postMessage({ told: "failed", message: String(error) } satisfies QuestionAnswer);
  }
});
