import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { startViewer, type Viewer } from "../../demo/chaos/viewer.ts";
import { openDatabase } from "../../demo/eater/database.ts";
import { addToken } from "../../demo/eater/tokens.ts";
import { present } from "../../demo/testing/present.ts";
import { ndjson, reading } from "../../demo/testing/start-eater.ts";
import { findProgram, type StartedServer, startNats } from "../../demo/testing/start-process.ts";
import { type DemoProcess, startDemo } from "../testing/demo-process.ts";
import { startNginx, type TestNginx } from "../testing/start-nginx.ts";

const programs = {
  nginx: findProgram("nginx"),
  nats: findProgram("nats-server", "nats-server"),
  openssl: findProgram("openssl"),
};
const areThere = Object.values(programs).every((program) => program !== null);

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

/** One request over TLS; the body as far as it came within `ms`, where it has no end. */
function ask(
  { httpsPort, ca }: TestNginx,
  path: string,
  { headers = {}, body = "", ms = 0 }: { headers?: Record<string, string>; body?: string; ms?: number } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: httpsPort, servername: "localhost", ca, path };
    const asked = request(
      {
        ...options,
        method: body === "" ? "GET" : "POST",
        headers: { host: `localhost:${httpsPort}`, ...headers },
      },
      (response) => {
        let text = "";
        const done = () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
          asked.destroy();
        };
        response.on("data", (data) => {
          text += data;
        });
        response.on("end", done);
        if (ms > 0) setTimeout(done, ms);
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}

describe.runIf(areThere)("behind nginx (needs nginx, nats-server and openssl)", () => {
  let folder: string;
  let nats: StartedServer;
  let eater: DemoProcess;
  let lives: DemoProcess[];
  let nginx: TestNginx;
  let token: string;
  let seq = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "nginx-"));
    nats = await startNats(present(programs.nats));
    const bus = ["--bus", `nats://127.0.0.1:${nats.port}`, "--trusted-proxies", "loopback"];
    const db = join(folder, "eater.db");
    const opened = openDatabase(db);
    token = addToken(opened, "test", 0);
    opened.close();
    eater = await startDemo(["eater", ...bus, "--db", db, "--operator-token", "operators-know-this"]);
    lives = await Promise.all([startDemo(["live", ...bus]), startDemo(["live", ...bus])]);
    nginx = await begin();
  });
  afterAll(async () => {
    await nginx.close();
    await Promise.all([eater, ...lives].map(({ end }) => end("SIGKILL")));
    await nats.close();
    await rm(folder, { recursive: true, force: true });
  });

  const begin = async (edit?: (text: string) => string) =>
    startNginx(present(programs.nginx), present(programs.openssl), await mkdtemp(join(folder, "nginx-")), {
      // One eater, and a port where none listens.
      eaters: [9, eater.port],
      lives: lives.map(({ port }) => port),
      edit,
    });
  const post = (count: number) => {
    const readings = Array.from({ length: count }, () => {
      seq += 1;
      return reading("hall", seq, { at: Date.now() });
    });
    const headers = { "content-type": "application/x-ndjson", authorization: `Bearer ${token}` };
    return ask(nginx, "/ingest", { headers, body: ndjson(readings) });
  };
  const view = ({ httpsPort, ca }: TestNginx, headers: Record<string, string> = {}) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`wss://localhost:${httpsPort}/live`, "sprintcast.live.v1", {
        ca,
        headers: { origin: `https://localhost:${httpsPort}`, ...headers },
      });
      socket.on("message", (data) => {
        resolve(JSON.parse(data.toString()).t);
        socket.terminate();
      });
      socket.on("unexpected-response", (_, response) => resolve(`${response.statusCode}`));
      socket.on("error", () => {});
    });

  it("takes readings over TLS alone, from the eater that is there", async () => {
    const answer = await post(3);
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([200, { stored: 3 }]);
    for (let round = 0; round < 4; round += 1) expect((await post(1)).status).toBe(200);
    const plain = await fetch(`http://127.0.0.1:${nginx.httpPort}/ingest`, {
      method: "POST",
      redirect: "manual",
      headers: { host: "localhost" },
    });
    expect([plain.status, plain.headers.get("location")]).toEqual([301, "https://localhost/ingest"]);
    const unknown = await ask(nginx, "/ingest", { body: "{}", headers: { "content-type": "text/plain" } });
    expect(unknown.status).toBe(401);
  });

  it("takes readings of feeders inside without TLS, and shows them nothing", async () => {
    const at = (path: string, init?: RequestInit) =>
      fetch(`http://127.0.0.1:${nginx.insidePort}${path}`, init);
    seq += 1;
    const headers = { "content-type": "application/x-ndjson", authorization: `Bearer ${token}` };
    const body = ndjson([reading("hall", seq)]);
    expect((await at("/ingest", { method: "POST", headers, body })).status).toBe(200);
    for (const path of ["/metrics", "/live", "/"]) expect((await at(path)).status).toBe(404);
  });

  it("hands a batch to the eater whole, which says itself what is too much", async () => {
    const headers = { "content-type": "application/x-ndjson", authorization: `Bearer ${token}` };
    const answer = await ask(nginx, "/ingest", { headers, body: "x".repeat(1_500_000) });
    expect([answer.status, answer.body]).toEqual([
      413,
      expect.stringContaining("FST_ERR_CTP_BODY_TOO_LARGE"),
    ]);
  });

  it("shows the site, and nobody what is for operators", async () => {
    expect((await ask(nginx, "/")).body).toContain("the site");
    const headers = { authorization: "Bearer operators-know-this" };
    for (const path of [
      "/metrics",
      "/rollups",
      "/anomalies",
      "/readyz",
      "/healthz",
      "//metrics",
      "/live/../metrics",
    ]) {
      const answer = await ask(nginx, path, { headers });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await ask(nginx, "/")).headers["strict-transport-security"]).toMatch(/max-age/);
  });

  it.each([
    ["TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256", "secured"],
    ["TLSv1.2", "ECDHE-RSA-AES128-SHA", "refused"],
    ["TLSv1.2", "AES128-GCM-SHA256", "refused"],
    ["TLSv1.1", "DEFAULT@SECLEVEL=0", "refused"],
    ["TLSv1.3", "TLS_AES_128_GCM_SHA256", "secured"],
  ] as const)("%s with %s is %s", async (version, ciphers, expected) => {
    const { httpsPort, ca } = nginx;
    const socket = connect({
      ...{ host: "localhost", port: httpsPort, ca, ciphers },
      ...{ minVersion: version, maxVersion: version },
    });
    const told = await new Promise((resolve) => {
      socket.once("secureConnect", () => resolve("secured")).once("error", () => resolve("refused"));
    });
    socket.destroy();
    expect(told).toBe(expected);
  });

  it("upgrades to a websocket, for pages of its own alone", async () => {
    await post(1);
    expect(await view(nginx)).toBe("hello");
    expect(await view(nginx, { origin: "https://elsewhere.example" })).toBe("403");
    const rebound = { host: "elsewhere.example", origin: "https://elsewhere.example" };
    expect(await view(nginx, rebound)).toBe("421");
  });

  it("passes server-sent events on as they are made", async () => {
    await post(1);
    const answer = await ask(nginx, "/live/events", { ms: 1500 });
    expect([answer.status, answer.headers["content-type"]]).toEqual([
      200,
      expect.stringContaining("text/event-stream"),
    ]);
    expect(answer.body).toContain('"t":"snapshot"');
  });

  // Headers that do, and that do not, as the README tells.
  it.each([
    ["no X-Forwarded-Host, Host $http_host", /X-Forwarded-Host \$http_host/, 'X-Forwarded-Host ""', "hello"],
    ["X-Forwarded-Host $host", /X-Forwarded-Host \$http_host/, "X-Forwarded-Host $host", "403"],
    ["Host $proxy_host, X-Forwarded-Host $http_host", /Host \$http_host;\n/, "Host $proxy_host;\n", "hello"],
    ["no Upgrade", /proxy_set_header Upgrade .*\n/, "", "426"],
    ["no Connection", /proxy_set_header Connection .*\n/, "", "426"],
  ])("%s", async (_, from, to, expected) => {
    await post(1);
    const other = await begin((text) => text.replace(from, to));
    expect(await view(other)).toBe(expected);
    await other.close();
  });

  it("moves viewers when a live process drains, and when it is killed, without a gap and without a snapshot", async () => {
    const viewers = Array.from({ length: 6 }, (): Viewer => {
      const { httpsPort, ca } = nginx;
      return startViewer(`wss://localhost:${httpsPort}/live`, {
        ca,
        origin: `https://localhost:${httpsPort}`,
      });
    });
    let isOver = false;
    let committed = 0;
    const flow = (async () => {
      while (!isOver) {
        committed = JSON.parse((await post(5)).body).offset;
        await sleep(20);
      }
    })();
    /** All viewers are where the readings were when it was asked. */
    const settled = async () => {
      const goal = committed;
      await expect.poll(() => viewers.every((viewer) => viewer.state().offset > goal)).toBe(true);
    };
    const [one, two] = lives as [DemoProcess, DemoProcess];
    await settled();
    expect(await one.end("SIGTERM")).toBe(0);
    await settled();
    await one.begin();
    await two.end("SIGKILL");
    await settled();
    await two.begin();
    // Both at once: nobody is there, and nginx says so until one is.
    await Promise.all([one.end("SIGKILL"), two.end("SIGKILL")]);
    expect(await view(nginx)).toBe("502");
    await one.begin();
    await settled();
    isOver = true;
    await flow;
    await expect.poll(() => viewers.every((viewer) => viewer.state().offset === committed)).toBe(true);
    for (const viewer of viewers) {
      expect(viewer.state()).toMatchObject({ gaps: 0, resyncs: 0 });
      expect(viewer.state().resumes).toBeGreaterThan(0);
      viewer.close();
    }
    await two.begin();
  });
});
