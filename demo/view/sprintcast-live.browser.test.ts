import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Bus } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory.ts";
import { fleetBatch, recordingOf } from "../testing/fleet-batch.ts";
import { type ServedView, serveView } from "../testing/serve-view.ts";
import { startLive, type TestLive } from "../testing/start-live.ts";
import { viewInBrowser } from "../testing/view-in-browser.ts";
import type { PanelReport } from "./panel.ts";
import type { SprintcastLive } from "./sprintcast-live.ts";

const served = viewInBrowser();
/** How long a state may take says nothing of the view: a busy machine takes as long as it takes. ms */
const patience = 120_000;

async function page(
  attributes: string,
  options: BrowserContextOptions = {},
  recording?: string,
): Promise<{ page: Page; view: ServedView; complaints: string[] }> {
  const markup = `<sprintcast-live ${attributes}><p>Poster</p></sprintcast-live>`;
  const view = await serveView({ folder: served.folder, markup, recording });
  const context = await served.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  onTestFinished(async () => {
    await context.close();
    await view.close();
  });
  const opened = await context.newPage();
  const complaints: string[] = [];
  opened.on("pageerror", (error) => complaints.push(String(error)));
  opened.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  await opened.goto(view.url);
  return { page: opened, view, complaints };
}

const report = (from: Page) =>
  from.locator("sprintcast-live").evaluate((element) => (element as SprintcastLive).report) as Promise<
    PanelReport & { offset: number }
  >;
const reaches = (from: Page, status: string) =>
  from.locator(`sprintcast-live[status="${status}"]`).waitFor({ state: "attached", timeout: patience });

/** How far to the right the first chart's lines go: 0 is its left edge, 1 its right one, which is now. */
function inkedTo(from: Page): Promise<number> {
  return from
    .locator("sprintcast-live .u-wrap canvas")
    .first()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { width, height } = canvas;
      const { data = [] } = canvas.getContext("2d")?.getImageData(0, 0, width, height) ?? {};
      let right = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(at, at + 4);
        // Axes and grid are grey; the lines alone have a colour.
        const isColour = alpha > 60 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60;
        if (isColour) right = Math.max(right, (at / 4) % width);
      }
      return right / (width - 18 * devicePixelRatio);
    });
}

/** Publishes readings dated now, ten times a second, until the test ends. */
function publishOn(bus: Bus): { offset(): number } {
  let offset = 0;
  const timer = setInterval(() => {
    const batch = fleetBatch(offset + 1, 8, Date.now());
    offset = batch.to;
    void bus.publish(batch);
  }, 100);
  onTestFinished(() => clearInterval(timer));
  return { offset: () => offset };
}

async function live(changes: Parameters<typeof startLive>[0] = {}): Promise<TestLive> {
  const started = await startLive({ origins: ["*"], ...changes });
  onTestFinished(() => started.close().catch(() => {}));
  return started;
}

describe("with a live server", () => {
  it("goes live, reconnects when the server is killed, and resumes without a gap", async () => {
    const bus = createMemoryBus({ keepReadings: 100_000 });
    const source = publishOn(bus);
    const first = await live({ bus });
    const { page: opened, complaints } = await page(`src="ws://${first.host}/live"`);
    await reaches(opened, "live");
    await opened.locator("sprintcast-live .u-wrap").first().waitFor();
    await expect.poll(() => opened.locator("sprintcast-live figure").count()).toBe(4);
    const before = await report(opened);
    expect(before).toMatchObject({ epoch: "fleet", gaps: 0, resyncs: 1 });

    await first.close();
    await reaches(opened, "reconnecting");
    const missed = source.offset();
    await vi.waitFor(() => expect(source.offset()).toBeGreaterThan(missed + 20), patience);
    await live({ bus, port: first.port });
    await reaches(opened, "live");
    await vi.waitFor(
      async () => expect((await report(opened)).offset).toBeGreaterThan(missed + 20),
      patience,
    );
    // Resumed, not begun anew: one snapshot in all, and no offset was left out.
    expect(await report(opened)).toMatchObject({ epoch: "fleet", gaps: 0, resyncs: 1 });
    expect(complaints).toEqual([]);
  });

  it("ends its lines where the data ends while it is cut off, and not at now", async () => {
    const bus = createMemoryBus({ keepReadings: 100_000 });
    publishOn(bus);
    const server = await live({ bus });
    const { page: opened } = await page(`src="ws://${server.host}/live"`);
    await reaches(opened, "live");
    await expect.poll(() => inkedTo(opened)).toBeGreaterThan(0.9);
    await server.close();
    await reaches(opened, "reconnecting");
    await expect.poll(() => inkedTo(opened)).toBeLessThan(0.7);
    // What was known last is still told.
    expect(await opened.locator("sprintcast-live figure .value").first().textContent()).toMatch(/^\d/);
  });

  it("rests in a hidden tab and resumes by offset when it returns", async () => {
    const bus = createMemoryBus({ keepReadings: 100_000 });
    publishOn(bus);
    const server = await live({ bus });
    const { page: opened } = await page(`src="ws://${server.host}/live"`);
    await reaches(opened, "live");
    const sockets: unknown[] = [];
    opened.on("websocket", (socket) => sockets.push(socket));
    const hide = (state: "hidden" | "visible") =>
      opened.evaluate((value) => {
        Object.defineProperty(document, "visibilityState", { value, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    await hide("hidden");
    await vi.waitFor(() => expect(server.live.counts().viewers).toBe(0), patience);
    // A network that returns is no reason to draw where nobody looks.
    await opened.evaluate(() => window.dispatchEvent(new Event("online")));
    expect(sockets).toEqual([]);
    await hide("visible");
    await vi.waitFor(() => expect(server.live.counts().resumed).toBe(1), patience);
    await reaches(opened, "live");
    expect(await report(opened)).toMatchObject({ gaps: 0, resyncs: 1 });
  });

  it("pauses, and shows the same as a table", async () => {
    const bus = createMemoryBus({ keepReadings: 100_000 });
    const source = publishOn(bus);
    const server = await live({ bus });
    const { page: opened } = await page(`src="ws://${server.host}/live"`);
    await reaches(opened, "live");
    /** So many more readings have come to the page. */
    const more = async (readings: number) => {
      const until = source.offset() + readings;
      await vi.waitFor(async () => expect((await report(opened)).offset).toBeGreaterThan(until), patience);
    };
    await opened.getByRole("button", { name: "Table" }).click();
    const rows = opened.locator("sprintcast-live tbody tr");
    await rows.first().waitFor();
    expect(await rows.count()).toBe(8);
    const heads = ["Device", "Temperature", "Humidity", "Power", "Battery", "Age"];
    // The metrics come one after the other, and the table follows once a second.
    await expect.poll(() => opened.locator("sprintcast-live thead th").allTextContents()).toEqual(heads);
    await opened.getByRole("button", { name: "Pause" }).click();
    await opened.getByText("paused").waitFor();
    const still = await rows.allTextContents();
    // The table follows once a second, in which 80 readings come.
    await more(120);
    expect(await rows.allTextContents()).toEqual(still);
  });

  it("says so when no reading comes any more", async () => {
    const bus = createMemoryBus({ keepReadings: 1000 });
    await bus.publish(fleetBatch(1, 8, Date.now()));
    const server = await live({ bus });
    const { page: opened } = await page(`src="ws://${server.host}/live"`);
    await reaches(opened, "live");
    await reaches(opened, "lagging");
  });

  it("falls back to server-sent events where websockets are not let through", async () => {
    const bus = createMemoryBus({ keepReadings: 100_000 });
    publishOn(bus);
    const server = await live({ bus });
    const context = await served.browser.newContext();
    onTestFinished(() => context.close());
    const opened = await context.newPage();
    await opened.routeWebSocket(/.*/, (socket) => socket.close());
    const markup = `<sprintcast-live src="ws://${server.host}/live"></sprintcast-live>`;
    const view = await serveView({ folder: served.folder, markup });
    onTestFinished(() => view.close());
    await opened.goto(view.url);
    await reaches(opened, "live");
    expect(server.live.counts().viewers).toBe(1);
  });
});

describe("without a server", () => {
  const attributes = (port: number) =>
    `src="ws://127.0.0.1:${port}/live" recording="/recording.ndjson" recorded-on="2026-11-20"`;

  it("shows the poster, then plays the recording and calls it one", async () => {
    const { page: opened, complaints } = await page(attributes(served.nobody), {}, recordingOf(20));
    await opened.getByText("Poster").waitFor();
    await reaches(opened, "replay");
    await opened.getByText("recorded on November 20, 2026", { exact: true }).waitFor();
    expect(await opened.locator("sprintcast-live .badge").textContent()).toBe("Recording");
    await opened.locator("sprintcast-live .u-wrap").first().waitFor();
    expect(await opened.getByText("Poster").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it("offers to go live when a server appears, and never goes by itself", async () => {
    const bus = createMemoryBus({ keepReadings: 100_000 });
    publishOn(bus);
    const server = await live({ bus });
    await server.close();
    const { page: opened } = await page(attributes(server.port), {}, recordingOf(60));
    await reaches(opened, "replay");
    await live({ bus, port: server.port });
    const button = opened.getByRole("button", { name: "Go live" });
    await button.waitFor({ timeout: patience });
    expect(await opened.locator("sprintcast-live").getAttribute("status")).toBe("replay");
    await button.click();
    await reaches(opened, "live");
  });

  it("keeps the poster and says offline when there is no recording either", async () => {
    const { page: opened } = await page(`src="ws://127.0.0.1:${served.nobody}/live"`);
    await reaches(opened, "offline");
    expect(await opened.getByText("Poster").isVisible()).toBe(true);
  });

  it("takes hostile names in a recording for text", async () => {
    const hostile = recordingOf(5).replaceAll("device-1", "<img src=x onerror=document.title='gone'>");
    const { page: opened } = await page(attributes(served.nobody), {}, hostile);
    await reaches(opened, "replay");
    await opened.getByRole("button", { name: "Table" }).click();
    await opened.getByText("<img src=x").first().waitFor();
    expect(await opened.title()).toBe("Live view");
  });

  it("keeps the poster when the recording is broken", async () => {
    const { page: opened, complaints } = await page(attributes(served.nobody), {}, "[0,{]\n");
    await reaches(opened, "offline");
    expect(await opened.getByText("Poster").isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });

  it("shows the whole recording at once to visitors who asked for less motion", async () => {
    const { page: opened } = await page(
      attributes(served.nobody),
      { reducedMotion: "reduce" },
      recordingOf(3000),
    );
    await reaches(opened, "replay");
    // Played, it would take longer than anybody waits here.
    await opened.getByRole("button", { name: "Play again" }).waitFor({ timeout: patience });
  });
});

describe("on every screen", () => {
  for (const width of [390, 1280]) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`fits ${width} px, and axe finds nothing (${colorScheme})`, async () => {
        const size = { viewport: { width, height: 900 }, colorScheme, bypassCSP: true };
        const attributes = `src="ws://127.0.0.1:${served.nobody}/live" recording="/recording.ndjson" recorded-on="2026-11-20"`;
        const { page: opened } = await page(attributes, size, recordingOf(60));
        await reaches(opened, "replay");
        await opened.locator("sprintcast-live .u-wrap").first().waitFor();
        for (const shows of ["charts", "table"]) {
          if (shows === "table") await opened.getByRole("button", { name: "Table" }).click();
          const { violations } = await new AxeBuilder({ page: opened }).analyze();
          expect(violations.map(({ id, nodes }) => `${shows} ${id}: ${nodes[0]?.html}`)).toEqual([]);
          const overflow = await opened.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow).toBe(0);
        }
      });
    }
  }
});
