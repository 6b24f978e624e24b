import { Agent, request } from "node:http";
import { workerData } from "node:worker_threads";

export interface SteadyLoad {
  url: string;
  token: string;
  /** Readings per second. */
  rate: number;
  everyMs: number;
}

const { url, token, rate, everyMs } = workerData as SteadyLoad;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });
const nowMs = () => performance.timeOrigin + performance.now();
const begun = nowMs();
let made = 0;

/** Each reading's value is the instant it was made, epoch ms with its fractions. */
function post(): void {
  const due = Math.floor(((nowMs() - begun) / 1000) * rate);
  if (due === made) return;
  const lines: string[] = [];
  for (; made < due; made += 1) {
    const now = nowMs();
    const source = `device-${String(made % 500).padStart(4, "0")}`;
    const seq = Math.floor(made / 500) + 1;
    lines.push(JSON.stringify({ source, seq, at: Math.floor(now), metric: "power", value: now }));
  }
  const sent = request(`${url}/ingest`, {
    method: "POST",
    agent,
    headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${token}` },
  });
  sent.on("response", (response) => response.resume());
  sent.on("error", () => {});
  sent.end(`${lines.join("\n")}\n`);
}

setInterval(post, everyMs);
