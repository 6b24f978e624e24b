import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDemoApp, type DemoPluginOptions } from "./app.ts";
import { frontRoutes } from "./front-routes.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "front-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const create = (parts: DemoPluginOptions["parts"] = {}) =>
  createDemoApp({
    values: { db: join(folder, "demo.db"), logLevel: "silent" },
    parts: { feeder: false, ...parts },
  });

async function start(parts: DemoPluginOptions["parts"] = {}) {
  const app = await create(parts);
  frontRoutes(app, parts);
  return app;
}

describe("the first address of a program that stands alone", () => {
  it("says what there is, each of it there, and how to see it", async () => {
    const app = await start();
    const { statusCode, headers, body } = await app.inject("/");
    expect([statusCode, headers["content-type"]]).toEqual([200, "text/plain; charset=utf-8"]);
    const routes = [...body.matchAll(/^ {2}(GET|POST) +(\/\S+)/gm)].map(([, method = "", url = ""]) => ({
      method,
      url,
    }));
    expect(routes.map(({ url }) => url)).toEqual(["/ingest", "/live", "/live/events", "/readyz"]);
    for (const route of routes) expect(app.hasRoute(route)).toBe(true);
    expect(body).toContain("npm start");
    await app.close();
  });

  it("is reached by a browser that opens the websocket's address", async () => {
    const app = await start();
    const { headers } = await app.inject({ url: "/live", headers: { accept: "text/html" } });
    expect((await app.inject(`${headers.location}`)).body).toBe((await app.inject("/")).body);
    await app.close();
  });

  it("names no part that does not run", async () => {
    const live = await start({ eater: false });
    expect((await live.inject("/")).body).not.toContain("/ingest");
    await live.close();
    const eater = await start({ live: false });
    expect((await eater.inject("/")).body).not.toMatch(/\/live|record/);
    await eater.close();
  });

  it.each(["/", "/live/"])("is left to an app of one's own: %s", async (path) => {
    const app = await create();
    app.get(path, async () => "ours");
    expect((await app.inject(path)).body).toBe("ours");
    await app.close();
  });
});
