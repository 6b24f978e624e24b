import type { Server } from "node:http";

const LONGEST_CHECK_MS = 30_000;

/** Options of Node's server: it looks for what is late once in a while only, and no more rarely than that. */
export const checkedRequests = (timeoutMs: number) => ({
  http: { connectionsCheckingInterval: Math.min(LONGEST_CHECK_MS, timeoutMs) },
});

/**
 * Bounds how long a request may take to arrive, where nobody has: fastify sets no limit, so that one sent a byte at a
 * time would hold its connection for ever.
 */
export function limitRequests(server: Server, timeoutMs: number): void {
  if (server.requestTimeout !== 0) return;
  server.requestTimeout = timeoutMs;
  // Node takes the smaller of the two for the headers, and the larger for all.
  server.headersTimeout = Math.min(server.headersTimeout, timeoutMs);
}
