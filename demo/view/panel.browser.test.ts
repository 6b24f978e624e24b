import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { createMemoryBus } from "../bus/memory.ts";
import { fleetBatch } from "../testing/fleet-batch.ts";
import { serveView } from "../testing/serve-view.ts";
import { startLive } from "../testing/start-live.ts";
import { type SeriesValues, steadyRecording } from "../testing/steady-recording.ts";
import { viewInBrowser } from "../testing/view-in-browser.ts";
import { MOST_LINES } from "./chart-labels.ts";

const served = viewInBrowser();

async function open(markup: string, recording?: string, options: BrowserContextOptions = {}): Promise<Page> {
  const view = await serveView({ folder: served.folder, markup, recording });
  // A whole recording is shown at once to who asked for less motion: what stands there then stands still.
  const context = await served.browser.newContext({ reducedMotion: "reduce", ...options });
  onTestFinished(async () => {
    await context.close();
    await view.close();
  });
  const page = await context.newPage();
  await page.goto(view.url);
  return page;
}

/** The panel at the end of a recording of these values. */
async function recorded(values: SeriesValues, options: BrowserContextOptions = {}): Promise<Page> {
  const markup = `<sprintcast-live src="ws://127.0.0.1:${served.nobody}/live" recording="/recording.ndjson" recorded-on="2026-11-20"><p>Poster</p></sprintcast-live>`;
  const page = await open(markup, steadyRecording(values), options);
  await page.getByRole("button", { name: "Play again" }).waitFor();
  return page;
}

const reaches = (page: Page, status: string) =>
  page.locator(`sprintcast-live[status="${status}"]`).waitFor({ state: "attached" });

const chart = (page: Page, metric: string) =>
  page.locator("sprintcast-live figure").filter({ has: page.locator(".metric", { hasText: metric }) });

async function tableOf(page: Page): Promise<string[][]> {
  await page.getByRole("button", { name: "Table" }).click();
  const rows = page.locator("sprintcast-live tbody tr");
  await rows.first().waitFor();
  return rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
}

const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
  });

const overflowOf = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe("values", () => {
  it("are the fleet's medians, with unit and as many digits as they deserve, the usual metrics first", async () => {
    const page = await recorded([
      ["a", "vibration", 0.04],
      ["a", "power", 99.96],
      ["b", "power", 1234.5],
      ["c", "power", 99.96],
      ["a", "temperature", -0.01],
      ["b", "temperature", 21.44],
      ["c", "temperature", 30],
    ]);
    const figures = page.locator("sprintcast-live figure");
    expect(await figures.locator(".metric").allTextContents()).toEqual(["Temperature", "Power", "Vibration"]);
    expect(await figures.locator(".value").allTextContents()).toEqual(["21.4\u00a0°C", "100\u00a0W", "0.0"]);
    expect(await figures.locator(".note").allTextContents()).toEqual([
      "median of 3 devices",
      "median of 3 devices",
      "median of 1 device",
    ]);
    // A screen reader is told the same.
    await expect
      .poll(() => page.locator("sprintcast-live [aria-live]").textContent())
      .toContain("temperature 21.4\u00a0°C, power 100\u00a0W, vibration 0.0");
  });

  it("are each device's own in the table, a dash where it has none", async () => {
    const page = await recorded([
      ["b", "power", 1234.5],
      ["a", "temperature", -0.01],
      ["b", "temperature", 1e15],
    ]);
    expect(await tableOf(page)).toEqual([
      ["a", "0.0\u00a0°C", "—", "now"],
      ["b", "1.00e15\u00a0°C", "1235\u00a0W", "now"],
    ]);
    expect(await page.locator("sprintcast-live thead th").allTextContents()).toEqual([
      "Device",
      "Temperature",
      "Power",
      "Age",
    ]);
  });
});

describe("a fleet of many", () => {
  it("is drawn in part and told whole, and fits a phone", async () => {
    const names = Array.from({ length: 250 }, (_, index) => `device-${`${index}`.padStart(4, "0")}`);
    const page = await recorded(
      names.map((name, index) => [name, "humidity", index]),
      { viewport: { width: 360, height: 700 } },
    );
    const humidity = chart(page, "Humidity");
    expect(await humidity.locator(".note").textContent()).toBe(`median; ${MOST_LINES} of 250 devices drawn`);
    // The median is of all of them, drawn or not.
    expect(await humidity.locator(".value").textContent()).toBe("125\u00a0%");
    const rows = await tableOf(page);
    expect(rows).toHaveLength(200);
    expect(rows[0]?.[0]).toBe("device-0000");
    expect(await page.locator("sprintcast-live caption").textContent()).toContain("50 more are left out");
    expect(await overflowOf(page)).toBe(0);
  });
});

describe("names that mean harm", () => {
  const hostile = [
    "<img src=x onerror=\"document.title='gone'\">",
    "__proto__",
    "constructor",
    "x".repeat(128),
    "‮desrever",
    '"><script>document.title="gone"</script>',
  ];

  it.each(["source", "metric"])("are text, each by itself, and break no layout, as a %s", async (kind) => {
    const values: SeriesValues = hostile.map((name, index) =>
      kind === "source" ? [name, "power", index] : ["device", name, index],
    );
    const page = await recorded(values, { viewport: { width: 360, height: 700 } });
    const titles = await page.locator("sprintcast-live figure .metric").allTextContents();
    const rows = await tableOf(page);
    const told = kind === "source" ? rows.map(([name = ""]) => name) : titles;
    const lowered = (names: string[]) => names.map((name) => name.toLowerCase()).sort();
    expect(lowered(told)).toEqual(lowered(hostile));
    expect(await page.locator("sprintcast-live img, sprintcast-live script").count()).toBe(0);
    expect(await page.title()).toBe("Live view");
    expect(await overflowOf(page)).toBe(0);
  });
});

describe("data that are old", () => {
  it("are said to lag, with their age, and are shown all the same", async () => {
    const bus = createMemoryBus({ keepReadings: 1000 });
    await bus.publish(fleetBatch(1, 64, Date.now() - 3_600_000));
    const server = await startLive({ origins: ["*"], bus });
    onTestFinished(() => server.close());
    const page = await open(`<sprintcast-live src="ws://${server.host}/live"></sprintcast-live>`);
    await reaches(page, "lagging");
    expect(await page.locator("sprintcast-live .badge").textContent()).toBe("Lagging");
    await expect
      .poll(() => page.locator("sprintcast-live .age").textContent())
      .toBe("newest reading 1 h ago");
    const rows = await tableOf(page);
    expect(rows).toHaveLength(8);
    expect(rows.every((cells) => cells.at(-1) === "1 h")).toBe(true);
  });
});

describe("offline", () => {
  it("there is nothing to press, and the badge says it", async () => {
    const page = await open(
      `<sprintcast-live src="ws://127.0.0.1:${served.nobody}/live"><p>Poster</p></sprintcast-live>`,
    );
    await reaches(page, "offline");
    expect(await page.locator("sprintcast-live .badge").textContent()).toBe("Offline");
    expect(await page.locator("sprintcast-live button:visible").count()).toBe(0);
    expect(await page.getByText("Poster").isVisible()).toBe(true);
  });
});

describe("the keyboard alone", () => {
  it("reaches every control in its order, presses it, and scrolls the table", async () => {
    const page = await recorded([["a", "power", 1]]);
    const order: string[] = [];
    for (let at = 0; at < 3; at += 1) {
      await page.keyboard.press("Tab");
      order.push(await focused(page));
    }
    expect(order).toEqual(["Play again", "Pause", "Table"]);
    const pressed = (name: string) => page.getByRole("button", { name }).getAttribute("aria-pressed");
    await page.keyboard.press("Enter");
    expect([await pressed("Table"), await pressed("Pause")]).toEqual(["true", "false"]);
    const region = page.getByRole("region", { name: "Latest reading of each device" });
    expect(await region.isVisible()).toBe(true);
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Latest reading of each device");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Space");
    expect([await pressed("Table"), await region.isVisible()]).toEqual(["false", false]);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Space");
    expect(await pressed("Pause")).toBe("true");
    await page.getByText("recorded on November 20, 2026; paused").waitFor();
  });
});

describe("less motion", () => {
  it("draws live charts once a second at most, however fast readings come", async () => {
    const bus = createMemoryBus({ keepReadings: 100_000 });
    const server = await startLive({ origins: ["*"], bus });
    onTestFinished(() => server.close());
    let offset = 0;
    const timer = setInterval(() => {
      const batch = fleetBatch(offset + 1, 32, Date.now());
      offset = batch.to;
      void bus.publish(batch);
    }, 50);
    onTestFinished(() => clearInterval(timer));
    const page = await open(`<sprintcast-live src="ws://${server.host}/live"></sprintcast-live>`);
    await page.locator("sprintcast-live .u-wrap").first().waitFor();
    const { draws, ms } = await page.evaluate(async () => {
      const times: number[] = [];
      const { clearRect } = CanvasRenderingContext2D.prototype;
      const first = document.querySelector("sprintcast-live")?.shadowRoot?.querySelector("canvas");
      CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        if (this.canvas === first) times.push(performance.now());
        clearRect.apply(this, box);
      };
      while (times.length < 4) await new Promise((drawn) => requestAnimationFrame(drawn));
      return { draws: times.length, ms: (times.at(-1) ?? 0) - (times[0] ?? 0) };
    });
    // The first of them begins the time. A frame may come a little before its second is over, by the browser's clock.
    expect(ms / (draws - 1)).toBeGreaterThan(900);
  });

  it("plays again from the beginning for who asks for it", async () => {
    const page = await recorded([["a", "power", 1]]);
    await page.getByRole("button", { name: "Play again" }).click();
    await page.getByRole("button", { name: "Play again" }).waitFor({ state: "hidden" });
    expect(await page.locator("sprintcast-live").getAttribute("status")).toBe("replay");
  });
});

describe("a panel that is taken from its page", () => {
  it("leaves its poster and no viewer behind, and begins anew when it is put back", async () => {
    const bus = createMemoryBus({ keepReadings: 1000 });
    await bus.publish(fleetBatch(1, 64, Date.now()));
    const server = await startLive({ origins: ["*"], bus });
    onTestFinished(() => server.close());
    const page = await open(
      `<sprintcast-live src="ws://${server.host}/live"><p>Poster</p></sprintcast-live>`,
    );
    await page.locator("sprintcast-live figure").first().waitFor();
    await page.evaluate(() => {
      const view = document.querySelector("sprintcast-live");
      view?.remove();
      Object.assign(window, { view });
    });
    await expect.poll(() => server.live.counts().viewers).toBe(0);
    const left = await page.evaluate(() => {
      const { view } = window as unknown as { view: HTMLElement };
      return [...(view.shadowRoot?.children ?? [])].map(({ tagName }) => tagName);
    });
    expect(left).toEqual(["SLOT"]);
    await page.evaluate(() =>
      document.querySelector("main")?.append((window as unknown as { view: Node }).view),
    );
    await page.locator("sprintcast-live figure").first().waitFor();
    expect(server.live.counts().viewers).toBe(1);
  });
});
