import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDemoApp } from "./app.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "proxied-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The statuses of requests without a token that a proxy on this machine passes on, two of which are let by. */
async function statusesOf(trustedProxies: string, forwarded: readonly string[]): Promise<number[]> {
  const app = await createDemoApp({
    values: { db: join(folder, "demo.db"), trustedProxies, maxRequests: 2, rateWindowMs: 60_000 },
    parts: { feeder: false, live: false },
  });
  const statuses = [];
  for (const header of forwarded) {
    const headers = { "x-forwarded-for": header };
    statuses.push((await app.inject({ method: "POST", url: "/ingest", headers })).statusCode);
  }
  await app.close();
  return statuses;
}

describe("ingest behind a proxy", () => {
  it.each([
    ["by whatever port it comes", ["203.0.113.9:1001", "203.0.113.9:1002", "203.0.113.9:1003"]],
    ["from its network of IPv6", ["2001:db8::1", "[2001:db8::2]:443", "2001:DB8:0:0:3::"]],
    [
      "through proxies that name each other with a port",
      ["203.0.113.9, 10.0.0.1:1", "203.0.113.9, 10.0.0.1:2", "203.0.113.9, 10.0.0.2:3"],
    ],
    [
      "by whatever it writes before the word of the proxy",
      ["1.1.1.1, 203.0.113.9", "2.2.2.2, 203.0.113.9", "x, 203.0.113.9"],
    ],
    ["by names that are no address", ["unknown", "_a", "_b"]],
  ])("counts a caller once, %s", async (_, forwarded) => {
    expect(await statusesOf("loopback, 10.0.0.0/8", forwarded)).toEqual([401, 401, 429]);
  });

  it("counts callers apart, and believes no proxy that is not named", async () => {
    const callers = ["203.0.113.9", "203.0.113.10", "2001:db8:0:1::1", "2001:db8:0:2::1"];
    expect(await statusesOf("loopback", callers)).toEqual([401, 401, 401, 401]);
    expect(await statusesOf("10.0.0.0/8", callers)).toEqual([401, 401, 429, 429]);
  });
});
