import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OptionValues } from "../options/options.ts";
import { untilCutOff } from "../testing/until-cut-off.ts";
import { createDemoApp } from "./app.ts";

const OPERATOR = ["/metrics", "/rollups", "/anomalies"];
const PUBLIC = ["/healthz", "/readyz"];
const token = "operators-know-this";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "operator-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const demo = (values: Partial<OptionValues>) =>
  createDemoApp({ values: { db: join(folder, "demo.db"), ...values }, parts: { feeder: false } });

describe("what only operators should see", () => {
  it("is shown to nobody, unless options say to whom", async () => {
    const app = await demo({});
    for (const url of OPERATOR) {
      const answer = await app.inject(url);
      expect([answer.statusCode, answer.json().code]).toEqual([401, "OPERATORS_ONLY"]);
      expect(answer.json().message).toMatch(/--operator-port.*--operator-token/);
    }
    for (const url of PUBLIC) expect((await app.inject(url)).statusCode).toBe(200);
    await app.close();
  });

  it("is shown to who has the token", async () => {
    const app = await demo({ operatorToken: token });
    for (const url of OPERATOR) {
      expect((await app.inject({ url, headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(200);
      expect((await app.inject({ url, headers: { authorization: `Bearer ${token}x` } })).statusCode).toBe(
        401,
      );
      expect((await app.inject(url)).statusCode).toBe(401);
    }
    await app.close();
  });

  it("has an address of its own, and is then nowhere else", async () => {
    const operatorPort = await getPort({ host: "127.0.0.1" });
    const app = await demo({ operatorPort });
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    for (const path of [...OPERATOR, ...PUBLIC]) {
      expect((await fetch(`http://127.0.0.1:${operatorPort}${path}`)).status).toBe(200);
    }
    for (const path of OPERATOR) expect((await fetch(`${url}${path}`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${operatorPort}/ingest`, { method: "POST" })).status).toBe(404);
    await app.close();
    await expect(fetch(`http://127.0.0.1:${operatorPort}/metrics`)).rejects.toThrow();
  });

  it("says which option names an address that is taken", async () => {
    const other = createServer();
    const operatorPort = await new Promise<number>((resolve) => {
      other.listen({ host: "127.0.0.1", port: 0 }, () => resolve((other.address() as { port: number }).port));
    });
    const app = await demo({ operatorPort });
    await expect(app.listen({ host: "127.0.0.1", port: 0 })).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining("--operator-port"),
    });
    await app.close();
    other.close();
  });

  it("takes no request for ever: what does not arrive in time is cut off", async () => {
    const operatorPort = await getPort({ host: "127.0.0.1" });
    const app = await demo({ operatorPort, requestTimeoutMs: 500 });
    await app.listen({ host: "127.0.0.1", port: 0 });
    const answer = await untilCutOff(
      operatorPort,
      "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
    );
    expect(answer).toMatch(/^HTTP\/1.1 4/);
    await app.close();
  });

  it("is not guarded by a token that can be guessed, or not be sent", async () => {
    await expect(demo({ operatorToken: "short" })).rejects.toThrow(/--operator-token/);
    await expect(demo({ operatorToken: "sixteen letters and blanks" })).rejects.toThrow(/--operator-token/);
  });
});
