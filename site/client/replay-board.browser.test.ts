import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { siteInBrowser } from "../testing/site-in-browser.ts";
import type { CompactReplay } from "../view-models/replay.ts";

const served = siteInBrowser("large");
const many = 2000;

/** The page of a sprint whose board has as many cards, one of which moves from lane to lane each hundred seconds. */
async function openCrowded(options: { reducedMotion?: "reduce" } = {}): Promise<Page> {
  const page = await served.newPage(options);
  await page.route("**/replay.json", async (route) => {
    const answer = await route.fetch();
    const data = (await answer.json()) as CompactReplay;
    const cards = Array.from({ length: many }, (_, index): [number, string] => [
      index + 1,
      `Card ${index + 1}`,
    ]);
    const enter = cards.map((_, card): CompactReplay["moves"][number] => [-60, card, 1, 0.5, 0, -1]);
    const move = cards.map((_, card): CompactReplay["moves"][number] => [
      (card + 1) * 100,
      card,
      2,
      0.5,
      0,
      -1,
    ]);
    await route.fulfill({ response: answer, json: { ...data, cards, moves: [...enter, ...move] } });
  });
  await page.goto(`${served.site.url}/sprints/2/#at=2000-01-01T00:00:00Z`);
  await page.locator("[data-player]").waitFor({ state: "visible" });
  return page;
}

/** How many changes of the document come of what is done, until it has been drawn. */
const changesOf = (page: Page, within: string, what: string) =>
  page.evaluate(
    async ([where, doing]) => {
      const root = document.querySelector(where ?? "");
      const range = document.querySelector<HTMLInputElement>("[data-range]");
      if (root === null || range === null) throw new TypeError("no board");
      let seen = 0;
      const observer = new MutationObserver((changes) => {
        seen += changes.length;
      });
      observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
      if (doing === "next") document.querySelector<HTMLElement>('[data-step="1"]')?.click();
      else
        for (let step = 1; step <= 40; step += 1) {
          range.value = String(step * 100);
          range.dispatchEvent(new Event("input"));
        }
      for (let frame = 0; frame < 3; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
      seen += observer.takeRecords().length;
      observer.disconnect();
      return seen;
    },
    [within, what],
  );

const inLane = (page: Page, lane: number) =>
  page.locator(".stage-lane").nth(lane).locator(".chip .i").allTextContents();

describe("a board of thousands of cards", () => {
  it("touches a card that moves and the tallies of two lanes, and no other card", async () => {
    const page = await openCrowded();
    await changesOf(page, "[data-stage]", "next");
    // The card leaves one lane and enters the other, it is pointed out and the one before is not, two lanes count anew.
    expect(await changesOf(page, "[data-stage]", "next")).toBeLessThanOrEqual(8);
    expect(await page.locator(".chip.moved .i").allTextContents()).toEqual(["#2"]);
  });

  it("draws one picture of many places to which it was dragged between two, the last one", async () => {
    const page = await openCrowded();
    await changesOf(page, "[data-clock]", "next");
    expect(await changesOf(page, "[data-clock]", "drag")).toBe(1);
    expect(await page.locator("[data-range]").inputValue()).toBe("4000");
    expect(await page.locator(".chip.moved .i").textContent()).toBe("#40");
  });

  it.each([undefined, "reduce"] as const)(
    "stands in the order of its numbers, however it came there, with motion %s",
    async (reducedMotion) => {
      const page = await openCrowded(reducedMotion ? { reducedMotion } : {});
      const range = page.locator("[data-range]");
      const numbers = (from: number, to: number) =>
        Array.from({ length: to - from + 1 }, (_, index) => `#${from + index}`);
      for (const moved of [3, 1500, 7, 6, 2, 2000, 0, 5]) {
        await range.fill(String(moved * 100));
        const lanes = async () => [await inLane(page, 0), await inLane(page, 1)];
        await expect.poll(lanes).toEqual([numbers(moved + 1, many), numbers(1, moved)]);
      }
      // What still glides from before is not counted.
      await page.waitForFunction(() => document.getAnimations().length === 0);
      const gliding = await page.evaluate(() => {
        document.querySelector<HTMLElement>('[data-step="1"]')?.click();
        return document.getAnimations().length;
      });
      if (reducedMotion) expect(gliding).toBe(0);
      else expect(gliding).toBe(1);
    },
  );

  it("leaves keys with another meaning to the browser", async () => {
    const page = await openCrowded();
    const range = page.locator("[data-range]");
    const taken = await range.evaluate((input) =>
      [{}, { altKey: true }, { ctrlKey: true }, { metaKey: true }].map((more) => {
        const press = new KeyboardEvent("keydown", { key: "ArrowRight", cancelable: true, ...more });
        input.dispatchEvent(press);
        return press.defaultPrevented;
      }),
    );
    expect(taken).toEqual([true, false, false, false]);
    expect(await range.inputValue()).toBe("100");
  });
});
