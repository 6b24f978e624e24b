import { createDemoApp } from "../app/app.ts";
import { openDatabase } from "../eater/database.ts";
import { addToken } from "../eater/tokens.ts";

/** What the server's process is asked for, and what it answers. */
export type CostQuestion = { begin: { db: string } } | "usage" | "end";
export type CostAnswer =
  | { url: string; token: string }
  /** CPU in seconds since the start, memory in bytes, frames sent to all viewers. */
  | { cpu: number; memory: number; frames: number }
  | "ended";

const OPERATOR = "bench-reads-the-counts";
let app: Awaited<ReturnType<typeof createDemoApp>> | null = null;

async function begin(db: string): Promise<CostAnswer> {
  const opened = openDatabase(db);
  const token = addToken(opened, "bench", 0);
  opened.close();
  app = await createDemoApp({
    values: {
      db,
      operatorToken: OPERATOR,
      maxViewersPerAddress: 100_000,
      maxViewers: 100_000,
      maxRequests: 1_000_000,
    },
    parts: { eater: true, live: true, feeder: false },
  });
  return { url: await app.listen({ host: "127.0.0.1", port: 0 }), token };
}

async function usage(): Promise<CostAnswer> {
  const { user, system } = process.cpuUsage();
  const authorization = `Bearer ${OPERATOR}`;
  const metrics = await app?.inject({ url: "/metrics", headers: { authorization } });
  const frames = Number(/^sprintcast_live_frames_total (\d+)/m.exec(metrics?.body ?? "")?.[1] ?? 0);
  return { cpu: (user + system) / 1e6, memory: process.memoryUsage.rss(), frames };
}

process.on("message", async (question: CostQuestion) => {
  if (question === "usage") process.send?.(await usage());
  else if (question === "end") {
    await app?.close();
    process.send?.("ended");
    process.disconnect();
  } else process.send?.(await begin(question.begin.db));
});
