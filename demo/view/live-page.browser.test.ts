import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { build } from "vite";
import { expect, it, onTestFinished } from "vitest";
import { recordingOf } from "../testing/fleet-batch.ts";
import { isKeptOffline } from "../testing/kept-offline.ts";
import { launchBrowser } from "../testing/launch-browser.ts";
import { renderLiveIcon, renderLiveManifest } from "./live-manifest.ts";

const COLOURS = { name: "Fleet live", background: "#fff", theme: "#fff" };

/** The live page as a site serves it: page, worker, manifest, icon and recording in one folder. */
async function serveLivePage(): Promise<FastifyInstance> {
  const folder = await mkdtemp(join(tmpdir(), "live-page-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await build({
    configFile: false,
    logLevel: "error",
    root: import.meta.dirname,
    build: {
      outDir: folder,
      target: "es2024",
      lib: { entry: "live-page.ts", formats: ["es"], fileName: "live-page" },
    },
  });
  const app = fastify({ forceCloseConnections: true });
  const files: [path: string, type: string, body: string | Buffer][] = [
    ["worker.js", "text/javascript", await readFile(join(import.meta.dirname, "live-worker.js"))],
    ["manifest.webmanifest", "application/manifest+json", renderLiveManifest(COLOURS)],
    ["icon.svg", "image/svg+xml", renderLiveIcon({ ground: "#fff", ink: "#c22f12" })],
    ["run.ndjson", "application/x-ndjson", recordingOf(20)],
  ];
  for (const file of await readdir(folder)) {
    files.push([file, "text/javascript", await readFile(join(folder, file))]);
  }
  for (const [path, type, body] of files) app.get(`/live/${path}`, (_, reply) => reply.type(type).send(body));
  app.get("/live/", (_, reply) =>
    reply.type("text/html").send(`<!doctype html><html lang="en"><title>Live</title>
<link rel="manifest" href="manifest.webmanifest"><script type="module" src="live-page.js"></script>
<sprintcast-live src="ws://127.0.0.1:1/live" recording="run.ndjson" recorded-on="2026-11-20"></sprintcast-live>`),
  );
  await app.listen({ host: "127.0.0.1", port: 0 });
  return app;
}

it("is installable, and opens with its recording when there is no network any more", async () => {
  const app = await serveLivePage();
  const browser = await launchBrowser();
  onTestFinished(async () => {
    await browser.close();
    await app.close();
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/live/`);
  const session = await page.context().newCDPSession(page);
  const manifest = await session.send("Page.getAppManifest");
  expect(manifest.errors).toEqual([]);
  expect(JSON.parse(manifest.data ?? "{}")).toMatchObject({ start_url: "./", display: "standalone" });
  // The first visit is enough: the charts' code and the recording are kept, too.
  await expect.poll(() => isKeptOffline(page), { timeout: 120_000 }).toBe(true);
  await page.locator('sprintcast-live[status="replay"]').waitFor({ timeout: 120_000 });
  await page.locator("sprintcast-live .u-wrap").first().waitFor();

  await app.close();
  await page.reload();
  await page.locator('sprintcast-live[status="replay"]').waitFor({ timeout: 120_000 });
  expect(await page.title()).toBe("Live");
});
