import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Delta, ServerMessage } from "@sprintcast/demo/protocol";
import { isKeptOffline } from "@sprintcast/demo/testing";
import { parseRecording } from "@sprintcast/demo/view/recording/parse-recording";
import type { SprintcastLive } from "@sprintcast/demo/view/sprintcast-live";
import fastify, { type FastifyInstance } from "fastify";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createSiteApp } from "../start/site-app.ts";
import { type ServedSite, sharedSite } from "../testing/shared-site.ts";
import { siteInBrowser } from "../testing/site-in-browser.ts";

const review = "/posts/02-review/";
const sample = siteInBrowser("sample");
/** Under a base path, and with a recording whose names try to become markup. */
let hard: ServedSite;
let folder: string;

beforeAll(async () => {
  [hard, folder] = await Promise.all([sharedSite("hard"), mkdtemp(join(tmpdir(), "demo-"))]);
});
afterAll(async () => {
  await hard?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The built site with the whole demo on one address, as `npm start` serves it. */
async function startDemo(db: string, port = 0): Promise<{ app: FastifyInstance; url: string; port: number }> {
  const values = { db: join(folder, db), devices: 8, rate: 80, late: 0, flushMs: 100 };
  const app = await createSiteApp(sample.site.dir, { values });
  onTestFinished(() => app.close());
  await app.listen({ host: "127.0.0.1", port });
  const bound = (app.server.address() as AddressInfo).port;
  return { app, url: `http://127.0.0.1:${bound}`, port: bound };
}

async function open(
  url: string,
  options: BrowserContextOptions = {},
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<{ page: Page; faults: string[] }> {
  const page = await sample.newPage(options);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (/policy|could not be loaded|cannot be kept/i.test(message.text())) faults.push(message.text());
  });
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  await prepare(page);
  await page.goto(url);
  return { page, faults };
}

const reaches = (page: Page, status: string) =>
  page.locator(`sprintcast-live[status="${status}"]`).waitFor({ state: "attached" });
const see = (page: Page) => page.locator("sprintcast-live").scrollIntoViewIfNeeded();
const report = async (page: Page) =>
  (await page.locator("sprintcast-live").evaluate((element) => (element as SprintcastLive).report))!;

/** What the server said on each connection of the page, in order. */
function listen(page: Page): ServerMessage[][] {
  const connections: ServerMessage[][] = [];
  page.on("websocket", (socket) => {
    const messages: ServerMessage[] = [];
    connections.push(messages);
    socket.on("framereceived", ({ payload }) => messages.push(JSON.parse(String(payload))));
  });
  return connections;
}

async function dateOf(name: string): Promise<string> {
  const { startedAt } = parseRecording(
    await readFile(join(sample.site.dir, `recordings/${name}.ndjson`), "utf8"),
  );
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(startedAt!);
}

describe("a review beside the demo", () => {
  it("goes live by itself, loads the charts no sooner than they are seen, and misses nothing when the server is killed", async () => {
    const first = await startDemo("killed.db");
    const asked: string[] = [];
    let said: ServerMessage[][] = [];
    const { page, faults } = await open(first.url + review, {}, async (opened) => {
      opened.on("request", (request) => asked.push(new URL(request.url()).pathname));
      said = listen(opened);
      // Its frames cannot be listened to; the websocket's can.
      await opened.route(/\/live\/events/, (route) => route.abort());
    });
    await page.waitForLoadState("networkidle");
    expect(asked.filter((path) => /panel/.test(path))).toEqual([]);
    await see(page);
    await reaches(page, "live");
    expect(asked.filter((path) => /panel/.test(path))).toHaveLength(1);
    await page.locator("sprintcast-live .u-wrap").first().waitFor();
    const before = await report(page);

    await first.app.close();
    await reaches(page, "reconnecting");
    await page.locator("sprintcast-live .age", { hasText: /newest reading \d+ s ago/ }).waitFor();
    await startDemo("killed.db", first.port);
    await reaches(page, "live");
    await expect.poll(async () => (await report(page)).offset).toBeGreaterThan(before.offset + 100);
    const after = await report(page);
    expect(after).toMatchObject({ epoch: before.epoch, gaps: 0, resyncs: 1 });
    const spoken = said.filter((messages) => messages.length > 0);
    expect(spoken.map((messages) => messages[1]?.t)).toEqual(["snapshot", "resumed"]);
    const deltas = spoken.flat().filter((message): message is Delta => message.t === "delta");
    const breaks = deltas.filter((delta, index) => index > 0 && delta.from !== deltas[index - 1]!.to + 1);
    expect(breaks).toEqual([]);
    expect(faults).toEqual([]);
  });
});

describe("a review without a server", () => {
  it("plays its recording, labelled with its date, also in a browser that names no usable language", async () => {
    const { page, faults } = await open(sample.site.url + review, {}, (opened) =>
      opened.addInitScript(() => {
        Object.defineProperty(Navigator.prototype, "language", { get: () => "en-US@posix" });
      }),
    );
    const asked = page.waitForRequest(/\/recordings\/02\.ndjson$/);
    await see(page);
    await page.getByRole("img", { name: /^Temperature of 12 devices over 48 s/ }).waitFor();
    const height = async () => (await page.locator("sprintcast-live").boundingBox())?.height;
    await reaches(page, "connecting");
    const posterHeight = await height();
    await asked;
    await reaches(page, "replay");
    const words = `recorded on ${await dateOf("02")}`;
    expect(await page.locator("sprintcast-live .badge").textContent()).toBe("Recording");
    expect(await page.locator("sprintcast-live .age").textContent()).toBe(words);
    await page.locator("sprintcast-live .u-wrap").first().waitFor();
    // The charts take the poster's place and push nothing away.
    expect(await height()).toBe(posterHeight);
    expect(await page.evaluate(() => navigator.language)).toBe("en-US@posix");

    // Paper gets the poster and the table instead.
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".demo").getByRole("table").isVisible()).toBe(true);
    expect(await page.locator(".sc-poster svg").first().isVisible()).toBe(true);
    expect(await page.locator("sprintcast-live .u-wrap").first().isVisible()).toBe(false);
    expect(faults).toEqual([]);
  });

  it("needs no script for poster, table, date and the file", async () => {
    for (const name of ["01", "02", "03"]) {
      const { page } = await open(`${sample.site.url}/posts/${name}-review/`, { javaScriptEnabled: false });
      const demo = page.locator(".demo");
      const posters = demo.getByRole("img");
      expect(await posters.count()).toBe(4);
      for (const poster of await posters.all()) expect(await poster.isVisible()).toBe(true);
      expect(await demo.getByRole("row").count()).toBe(5);
      expect(await demo.getByRole("table").isVisible()).toBe(true);
      expect(await demo.locator("figcaption time").textContent()).toBe(await dateOf(name));
      const href = await demo.getByRole("link", { name: "Download the recording" }).getAttribute("href");
      const file = await page.request.get(new URL(href!, sample.site.url).href);
      expect(parseRecording(await file.text()).durationMs).toBeGreaterThan(30_000);
    }
  });
});

describe("on a phone", () => {
  it.each(["light", "dark"] as const)(
    "fits, and axe finds nothing, live and replayed (%s)",
    async (colorScheme) => {
      const { url } = await startDemo(`phone-${colorScheme}.db`);
      const phone = { viewport: { width: 390, height: 844 }, colorScheme };
      const states = [
        ["live", url + review],
        ["replay", sample.site.url + review],
        ["live", `${url}/live/`],
        ["replay", `${sample.site.url}/live/embed/`],
      ] as const;
      await Promise.all(
        states.map(async ([status, address]) => {
          const { page, faults } = await open(address, phone);
          await see(page);
          await reaches(page, status);
          await page.locator("sprintcast-live .u-wrap").first().waitFor();
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          const { violations } = await new AxeBuilder({ page }).include(".demo").analyze();
          expect(violations.map(({ id, nodes }) => `${address} ${id}: ${nodes[0]?.html}`)).toEqual([]);
          expect([address, wide]).toEqual([address, 0]);
          expect(faults).toEqual([]);
        }),
      );
    },
  );
});

describe("the live page", () => {
  it("stands beside the websocket of the same name, and inside another site's page", async () => {
    const { url } = await startDemo("frame.db");
    const typed = await fetch(`${url}/live`, { headers: { accept: "text/html" }, redirect: "manual" });
    expect([typed.status, typed.headers.get("location")]).toEqual([302, "/live/"]);
    const other = fastify({ forceCloseConnections: true });
    onTestFinished(() => other.close());
    other.get("/", (_, reply) =>
      reply
        .type("text/html")
        .header("content-security-policy", `default-src 'none'; frame-src ${url}`)
        .send(
          `<!doctype html><title>Elsewhere</title><iframe src="${url}/live/embed/" height="640"></iframe>`,
        ),
    );
    await other.listen({ host: "127.0.0.1", port: 0 });
    const { page, faults } = await open(`http://localhost:${(other.server.address() as AddressInfo).port}/`);
    const view = page.frameLocator("iframe").locator('sprintcast-live[status="live"]');
    await view.waitFor();
    await view.locator(".u-wrap").first().waitFor();
    expect(faults).toEqual([]);
  });

  it("is installable under any base path, and opens with its recording when the site is gone", async () => {
    const { page, faults } = await open(`${hard.url}/live/`);
    const session = await page.context().newCDPSession(page);
    const manifest = await session.send("Page.getAppManifest");
    expect(manifest.errors).toEqual([]);
    expect(new URL(manifest.url).pathname).toBe("/repo/live/manifest.webmanifest");
    for (const { src } of (JSON.parse(manifest.data!) as { icons: { src: string }[] }).icons) {
      expect((await page.request.get(new URL(src, manifest.url).href)).status()).toBe(200);
    }
    await expect.poll(() => isKeptOffline(page)).toBe(true);
    await hard.close();
    await page.reload();
    await reaches(page, "replay");
    await page.locator("sprintcast-live .u-wrap").first().waitFor();
    await page.getByRole("button", { name: "Table" }).click();
    await page.getByRole("rowheader", { name: "<script>alert('title')</script>" }).waitFor();
    expect(faults).toEqual([]);
  });
});
