import { parentPort, workerData } from "node:worker_threads";

export interface Load {
  url: string;
  token: string;
  bodies: string[];
  connections: number;
}

export interface LoadResult {
  ms: number;
  stored: number;
}

const { url, token, bodies, connections } = workerData as Load;
const packed = bodies.map((body) => Buffer.from(body));
let next = 0;
let stored = 0;

async function send(): Promise<void> {
  while (next < packed.length) {
    const body = packed[next++]!;
    const response = await fetch(`${url}/ingest`, {
      method: "POST",
      headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${token}` },
      body,
    });
    const report = (await response.json()) as { stored?: number };
    stored += report.stored ?? 0;
  }
}

const begun = performance.now();
await Promise.all(Array.from({ length: connections }, send));
parentPort?.postMessage({ ms: performance.now() - begun, stored } satisfies LoadResult);
