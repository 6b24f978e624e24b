import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSiteApp, freePort } from "./site-app.ts";

const host = "127.0.0.1";

/** A server on any port until the test is over. */
async function listening(port = 0): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen({ host, port }, resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it listens nowhere");
  return address.port;
}

describe("the port", () => {
  test("that is taken is passed over for one of the next, or any, and what is answered can be had", async () => {
    const taken = await listening();
    const free = await freePort(host, taken);
    expect(free).not.toBe(taken);
    expect(free === 0 || (free > taken && free < taken + 20)).toBe(true);
    expect(await listening(free)).toBeGreaterThan(0);
  });

  test("is any where any was wished, or where there is none of that number", async () => {
    expect(await freePort(host, 0)).toBe(0);
    expect(await freePort(host, 65_536)).toBe(0);
  });

  test("of an address that is not this machine's is told, and not tried twenty times over", async () => {
    // One of the addresses that are kept for documentation.
    await expect(freePort("192.0.2.1", 8080)).rejects.toThrow(/EADDRNOTAVAIL/);
  });
});

describe("a site without a page for what is missing", () => {
  test("says so in words of ours, as HTML and as missing", async () => {
    const dist = mkdtempSync(join(tmpdir(), "sprintcast-app-"));
    onTestFinished(() => rmSync(dist, { recursive: true, force: true }));
    mkdirSync(join(dist, "posts"));
    writeFileSync(join(dist, "index.html"), "home");
    const app = await createSiteApp(dist, null);
    onTestFinished(() => app.close());
    for (const url of ["/nowhere", "/posts/", "/posts/%3Cscript%3E"]) {
      const { statusCode, body, headers } = await app.inject(url);
      expect([statusCode, body]).toEqual([404, "Page not found."]);
      expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    }
    expect((await app.inject({ method: "POST", url: "/" })).statusCode).toBe(404);
  });
});
