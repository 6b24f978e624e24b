import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { siteInBrowser } from "../testing/site-in-browser.ts";

const served = siteInBrowser("hard");

async function open(hash = "", options: BrowserContextOptions = {}): Promise<Page> {
  const page = await served.open(`/sprints/2/${hash}`, options);
  await page.locator("[data-player]").waitFor({ state: "visible" });
  await page.locator("[data-range]").scrollIntoViewIfNeeded();
  return page;
}

const value = (page: Page) =>
  page.locator("[data-range]").evaluate((input: HTMLInputElement) => Number(input.value));
const length = (page: Page) =>
  page.locator("[data-range]").evaluate((input: HTMLInputElement) => Number(input.max));
/** Numbers of the cards per lane, as shown. */
const lanes = (page: Page) =>
  page
    .locator(".stage-lane")
    .evaluateAll((all) =>
      Object.fromEntries(
        all.map((lane) => [
          lane.querySelector("h3")?.firstChild?.textContent ?? "",
          [...lane.querySelectorAll(".chip .i")].map((chip) => chip.textContent),
        ]),
      ),
    );
const log = (page: Page) =>
  page
    .locator("[data-log] > li")
    .evaluateAll((all) => all.filter((one) => !one.hasAttribute("data-ahead")).length);

describe("the board of a sprint that runs", () => {
  const known = 3 * 86_400;
  async function openRunning(hash: string): Promise<Page> {
    const page = await served.newPage();
    await page.route("**/sprints/2/", async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/data-known="\d+"/, `data-known="${known}"`);
      await route.fulfill({ response: answer, body });
    });
    await page.goto(`${served.site.url}/sprints/2/${hash}`);
    await page.locator("[data-player]").waitFor({ state: "visible" });
    return page;
  }

  it("opens at the last sync, and goes no further", async () => {
    const page = await openRunning("");
    expect(await value(page)).toBe(known);
    expect(await length(page)).toBeGreaterThan(known);
    const range = page.locator("[data-range]");
    await range.focus();
    await page.keyboard.press("End");
    expect(await value(page)).toBe(known);
    await range.fill(String(await length(page)));
    expect(await value(page)).toBe(known);
    await page.locator('[data-step="-1"]').click();
    expect(await value(page)).toBeLessThan(known);
    for (let step = 0; step < 3; step += 1) await page.locator('[data-step="1"]').click();
    expect(await value(page)).toBe(known);
  });

  it("takes an address of the future for the last sync", async () => {
    expect(await value(await openRunning("#at=2999-01-01T00:00:00Z"))).toBe(known);
  });
});

describe("the tallies of the any-instant board", () => {
  const sample = siteInBrowser("sample");
  const german = siteInBrowser("german");
  /** How many cards each lane says, as the replay has it and as the board of the sprint's end has it. */
  const tallies = (page: Page) =>
    page.evaluate(() => {
      const said = (lanes: string, name: string, tally: string) =>
        [...document.querySelectorAll(lanes)].map((lane) => [
          lane.querySelector(name)?.firstChild?.textContent?.trim() ?? "",
          lane.querySelector(tally)?.textContent?.trim() ?? "",
        ]);
      return {
        replay: said(".stage-lane", "h3", "h3 span"),
        board: Object.fromEntries(said("#board-end .lane", ".lane-name", ".tally")),
      };
    });
  const countOf = (tally = ""): string => /^\d+/.exec(tally)?.[0] ?? "0";

  it("are those of the sprint's end, but for the backlog, of which it holds the sprint's cards alone", async () => {
    const seen: string[] = [];
    for (const site of [sample, german])
      for (const sprint of [1, 2, 3]) {
        const page = await site.open(`/sprints/${sprint}/`);
        await page.locator("[data-player]").waitFor({ state: "visible" });
        const { replay, board } = await tallies(page);
        for (const [name = "", tally = ""] of replay) {
          if (name === "Backlog") seen.push(tally);
          else expect(countOf(tally), `${name} of sprint ${sprint}`).toBe(countOf(board[name]));
        }
        await page.locator("[data-range]").press("Home");
        for (const [name, tally] of (await tallies(page)).replay)
          if (name === "Backlog") seen.push(String(tally));
      }
    expect(new Set(seen.map((tally) => tally.replace(/^\d+/, "n")))).toEqual(
      new Set([
        ...["n from this sprint", "none from this sprint"],
        ...["n aus diesem Sprint", "keine aus diesem Sprint"],
      ]),
    );
  });
});

describe("the list of events beside the board", () => {
  const large = siteInBrowser("large");
  /** Whether the current event is seen in the list, and how far the page and the list are scrolled. */
  const seen = (page: Page) =>
    page.locator(".log-list").evaluate((list) => {
      const now = list.querySelector("[data-now]")?.getBoundingClientRect();
      const { top, bottom } = list.getBoundingClientRect();
      const isInside = now !== undefined && now.top >= top - 1 && now.bottom <= bottom + 1;
      return { isInside, page: scrollY, list: list.scrollTop };
    });

  it.each([1280, 390])(
    "shows the current event from the first on, without moving a page %i wide",
    async (width) => {
      const page = await large.open("/sprints/2/", { viewport: { width, height: 900 } });
      await page.locator("[data-player]").waitFor({ state: "visible" });
      const opened = await seen(page);
      expect(opened).toMatchObject({ isInside: true, page: 0 });
      expect(opened.list).toBeGreaterThan(0);
      const range = page.locator("[data-range]");
      await range.scrollIntoViewIfNeeded();
      const { page: place } = await seen(page);
      for (const share of [0.8, 0.4, 0.1]) {
        await range.evaluate((input: HTMLInputElement, at) => {
          input.value = String(Math.round(Number(input.max) * at));
          input.dispatchEvent(new Event("input", { bubbles: true }));
        }, share);
        expect(await seen(page)).toMatchObject({ isInside: true, page: place });
      }
      await range.press("Home");
      expect(await seen(page)).toMatchObject({ page: place, list: 0 });
    },
  );
});

describe("the any-instant board", () => {
  it("opens at the sprint's end, as the end board has it", async () => {
    const page = await open();
    expect(await value(page)).toBe(await length(page));
    const done = await page.locator("#board-end .l-done .deck > li > p:first-child").allTextContents();
    const shown = (await lanes(page)).Done ?? [];
    expect(shown).toHaveLength(done.length);
    expect(shown.every((number) => done.some((meta) => meta.includes(`${number}`)))).toBe(true);
  });

  it("follows the mouse and keeps the instant in the address", async () => {
    const page = await open();
    const box = (await page.locator("[data-range]").boundingBox())!;
    await page.mouse.move(box.x + box.width - 2, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.3, box.y + 20, { steps: 12 });
    await page.mouse.up();
    const share = (await value(page)) / (await length(page));
    expect(share).toBeGreaterThan(0.27);
    expect(share).toBeLessThan(0.33);
    expect((await lanes(page)).Done ?? []).toEqual([]);
    expect(page.url()).toMatch(/#at=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(await log(page)).toBeGreaterThan(0);
  });

  it("follows a finger", async () => {
    const page = await open("", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const box = (await page.locator("[data-range]").boundingBox())!;
    await page.touchscreen.tap(box.x + box.width * 0.5, box.y + 20);
    const share = (await value(page)) / (await length(page));
    expect(Math.abs(share - 0.5)).toBeLessThan(0.05);
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", at: number) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: box.x + box.width * at, y: box.y + 20 }],
      });
    await touch("touchStart", 0.5);
    for (const at of [0.6, 0.7, 0.8]) await touch("touchMove", at);
    await touch("touchEnd", 0.8);
    expect(Math.abs((await value(page)) / (await length(page)) - 0.8)).toBeLessThan(0.05);
  });

  it("steps from event to event with the arrow keys, by days with the page keys", async () => {
    const page = await open();
    const range = page.locator("[data-range]");
    await range.focus();
    await page.keyboard.press("Home");
    expect(await value(page)).toBe(0);
    const seconds = await page
      .locator("[data-log] > li")
      .evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset.s)));
    await page.keyboard.press("ArrowRight");
    expect(await value(page)).toBe(seconds[0]);
    await page.keyboard.press("ArrowRight");
    expect(await value(page)).toBe(seconds[1]);
    await page.keyboard.press("ArrowLeft");
    expect(await value(page)).toBe(seconds[0]);
    await page.keyboard.press("PageUp");
    expect(await value(page)).toBe(seconds[0]! + 86_400);
    expect(await range.getAttribute("aria-valuetext")).toMatch(/\d{4} at \d\d:\d\d CET\. #\d+ /);
    await page.keyboard.press("End");
    expect(await value(page)).toBe(await length(page));
  });

  it("steps with the buttons and plays to the end", async () => {
    const page = await open();
    await page.locator("[data-range]").press("Home");
    await page.getByRole("button", { name: "Next event" }).click();
    const first = await value(page);
    expect(first).toBeGreaterThan(0);
    expect(await page.locator(".chip.moved").count()).toBe(1);
    await page.getByRole("button", { name: "Play" }).click();
    await expect.poll(() => value(page)).toBeGreaterThan(first + 3600);
    await page.getByRole("button", { name: "Pause" }).click();
    const paused = await value(page);
    await page.getByRole("button", { name: "Previous event" }).click();
    expect(await value(page)).toBeLessThan(paused);
  });

  it("restores the instant from the address, also when it changes", async () => {
    const first = await open();
    const entry = first.locator("[data-log] > li").nth(20);
    await entry.locator("a").first().click();
    // The browser tells of a new address later than it shows it.
    await expect.poll(() => value(first)).toBe(Number(await entry.getAttribute("data-s")));
    const [hash, at, board] = [new URL(first.url()).hash, await value(first), await lanes(first)];
    const second = await open(hash);
    expect(await value(second)).toBe(at);
    expect(await lanes(second)).toEqual(board);
    await second.evaluate(() => {
      location.hash = "#at=1999-01-01";
    });
    await expect.poll(() => value(second)).toBe(0);
  });

  it("plays though another board's replay does not come", async () => {
    const page = await served.newPage();
    await page.route("**/sprints/2/", async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace("<h1", '<div data-replay="/cut-off.json"></div><h1');
      await route.fulfill({ response: answer, body });
    });
    await page.route("**/cut-off.json", (route) => route.abort());
    await page.goto(`${served.site.url}/sprints/2/`);
    await page.locator("[data-player]").waitFor({ state: "visible" });
  });

  it("moves cards without motion where the reader asked for none", async () => {
    const page = await open("", { reducedMotion: "reduce" });
    await page.locator("[data-range]").press("Home");
    await page.getByRole("button", { name: "Next event" }).click();
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    const moving = await open("", { reducedMotion: "no-preference" });
    await moving.locator("[data-range]").press("Home");
    const started = await moving.evaluate(() => {
      let most = 0;
      const next = document.querySelector<HTMLButtonElement>('[data-step="1"]')!;
      for (let index = 0; index < 12; index += 1) {
        next.click();
        most = Math.max(most, document.getAnimations().length);
      }
      return most;
    });
    expect(started).toBeGreaterThan(0);
  });

  it("shows hostile titles as text", async () => {
    const page = await open();
    const dialogs: string[] = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.locator("[data-range]").press("Home");
    for (let index = 0; index < 20; index += 1) await page.locator("[data-range]").press("ArrowRight");
    expect(await page.locator(".stage script, .stage img, .stage svg").count()).toBe(0);
    expect(await page.locator('.chip[title*="<script>"]').count()).toBeGreaterThan(0);
    expect(dialogs).toEqual([]);
  });
});
