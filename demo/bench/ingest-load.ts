import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
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

// node:http and not fetch: the load generator shares the machine, and is to cost as little as it can.
const agent = new Agent({ keepAlive: true, maxSockets: connections });

function post(body: Buffer): Promise<{ stored?: number }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/ingest`, {
      method: "POST",
      agent,
      headers: {
        "content-type": "application/x-ndjson",
        "content-length": body.length,
        authorization: `Bearer ${token}`,
      },
    });
    sent.once("error", reject);
    sent.once("response", (response) => {
      text(response).then((answer) => resolve(JSON.parse(answer)), reject);
    });
    sent.end(body);
  });
}

async function send(): Promise<void> {
  for (let body = packed[next++]; body; body = packed[next++]) {
    const report = await post(body);
    stored += report.stored ?? 0;
  }
}

const begun = performance.now();
await Promise.all(Array.from({ length: connections }, send));
const ms = performance.now() - begun;
agent.destroy();
parentPort?.postMessage({ ms, stored } satisfies LoadResult);
