import { randomBytes } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import type { Answer, Request, WorkerSettings } from "../worker.ts";
import type { PostgresAccess } from "./access.ts";
import { createPostgresCommitter, renew } from "./commit.ts";
import { createPostgresDeriver } from "./derive.ts";
import { partMsOf } from "./parts.ts";
import { createPostgresRetention } from "./retention.ts";
import { createSession } from "./session.ts";

// The one thread that writes: it does what it is asked, in order, and answers each request once.
if (!parentPort) throw new TypeError("worker.ts runs as a worker thread alone");
const port = parentPort;
const settings = workerData as WorkerSettings & { postgres: PostgresAccess };
const session = createSession(settings.postgres);
const { maxSeries, retention, anomalies } = settings;
const committer = createPostgresCommitter({ maxSeries, partMs: partMsOf(retention.readingsMs) });
const deriver = createPostgresDeriver(anomalies);
const retain = createPostgresRetention(retention, deriver.forget);

async function answer(request: Request): Promise<Answer> {
  switch (request.do) {
    case "commit": {
      const before = performance.now();
      const done = await session.transaction((client) =>
        committer.commit(client, request.columns, request.now),
      );
      committer.done(done);
      const { epoch, committed } = done;
      return { done: "commit", epoch, committed, ms: performance.now() - before };
    }
    case "derive": {
      const derived = await session.transaction((client) => deriver.derive(client, request.limit));
      deriver.done(derived);
      return { done: "derive", derived };
    }
    case "retain":
      return { done: "retain", dropped: await retain(session, request) };
    case "renew":
      return { done: "renew", epoch: await session.transaction(renew) };
    case "try":
      await session.run((client) =>
        client.query(
          "INSERT INTO sprintcast.trial (bytes) VALUES ($1) ON CONFLICT (one) DO UPDATE SET bytes = excluded.bytes",
          [randomBytes(65_536)],
        ),
      );
      return { done: "try" };
    case "close":
      await session.close();
      port.close();
      return { done: "close" };
  }
}

let last: Promise<void> = Promise.resolve();
port.on("message", (request: Request) => {
  last = last.then(async () => {
    port.postMessage(
      await answer(request).catch((error): Answer => ({ done: "failed", message: String(error) })),
    );
  });
});
port.postMessage({ done: "open" } satisfies Answer);
