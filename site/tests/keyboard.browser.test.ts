import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { siteInBrowser } from "../testing/site-in-browser.ts";

const served = siteInBrowser("quiet");
const { open } = served;

/** Where the keyboard is: what has the focus, what it is called, and whether that can be seen. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (one === null || one === document.body) return null;
    const label = one instanceof HTMLInputElement ? one.labels?.[0]?.textContent : null;
    const name = one.getAttribute("aria-label") ?? label ?? one.textContent ?? "";
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const { top, bottom, width, height } = one.getBoundingClientRect();
    return {
      what: `${one.tagName} ${name.trim().slice(0, 40)}`,
      isNamed: name.trim() !== "",
      isMarked: outlineStyle !== "none" && outlineWidth !== "0px",
      isSeen: width > 0 && height > 0 && bottom > 0 && top < innerHeight,
    };
  });

describe.each(["/", "/sprints/2/", "/flow/", "/debt/", "/search/", "/404.html"])(
  "the keyboard on %s",
  (path) => {
    it.each([390, 1280])("gets to each thing and past it, and is seen, %i px wide", async (width) => {
      const page = await open(path, { viewport: { width, height: 900 }, reducedMotion: "reduce" });
      if (path === "/sprints/2/") await page.locator("[data-player]").waitFor({ state: "visible" });
      // The search page puts the reader into its box: from there, too, the end is reached.
      const seen: string[] = [];
      for (let stop = await next(page); stop !== null; stop = await next(page)) {
        seen.push(stop.what);
        expect(stop, `stop ${seen.length}`).toMatchObject({ isNamed: true, isMarked: true, isSeen: true });
        expect(seen.length).toBeLessThan(200);
      }
      // What the footer has last is the end of every page.
      expect(seen.at(-1)).toBe("A Calendar");
      if (path !== "/search/") expect(seen[0]).toBe("A Skip to the content");
      if (path === "/sprints/2/")
        for (const one of ["INPUT Time in the sprint", "BUTTON Play", "INPUT Now"])
          expect(seen).toContain(one);
    });
  },
);

async function next(page: Page) {
  await page.keyboard.press("Tab");
  return focused(page);
}

describe("who listens to a board that is played", () => {
  it("is told what a step shows, not what the page opens with nor each moment that is played", async () => {
    const page = await open("/sprints/2/");
    await page.locator("[data-player]").waitFor({ state: "visible" });
    const live = () =>
      page
        .locator("p[data-now], [data-clock]")
        .evaluateAll((all) => all.map((one) => one.getAttribute("aria-live")));
    expect(await live()).toEqual(["off", "off"]);
    await page.getByRole("button", { name: "Previous event" }).click();
    expect(await live()).toEqual(["polite", "polite"]);
    await page.locator("[data-range]").press("Home");
    await page.getByRole("button", { name: "Play" }).click();
    expect(await live()).toEqual(["off", "off"]);
    await page.getByRole("button", { name: "Pause" }).click();
    expect(await live()).toEqual(["polite", "polite"]);
  });

  it("is told so in a browser that knows aria-live as an attribute alone, too", async () => {
    const page = await served.newPage();
    await page.addInitScript(() => Reflect.deleteProperty(Element.prototype, "ariaLive"));
    await page.goto(`${served.site.url}/sprints/2/`);
    await page.locator("[data-player]").waitFor({ state: "visible" });
    const live = () =>
      page
        .locator("p[data-now], [data-clock]")
        .evaluateAll((all) => all.map((one) => one.getAttribute("aria-live")));
    await page.getByRole("button", { name: "Previous event" }).click();
    expect(await live()).toEqual(["polite", "polite"]);
    await page.getByRole("button", { name: "Play" }).click();
    expect(await live()).toEqual(["off", "off"]);
  });

  it("hears at the start that it is the start, and until the first event that nothing has moved", async () => {
    const page = await open("/sprints/2/");
    await page.locator("[data-player]").waitFor({ state: "visible" });
    const range = page.locator("[data-range]");
    const told = () => page.locator("p[data-now]").textContent();
    await range.press("Home");
    expect(await told()).toBe("Start of the sprint.");
    await range.press("PageUp");
    await range.press("ArrowRight");
    const first = await told();
    expect(first).toMatch(/^#\d/);
    await range.press("Home");
    await range.evaluate((input: HTMLInputElement) => {
      input.value = "60";
      input.dispatchEvent(new Event("input"));
    });
    // Where it is dragged to shows with the next picture.
    await expect.poll(told).toBe("Nothing has moved on the board since the start of the sprint.");
    expect(await range.getAttribute("aria-valuetext")).toContain("Nothing has moved");
  });
});
