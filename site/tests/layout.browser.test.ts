import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { checkLooks } from "../testing/check-looks.ts";
import { siteInBrowser } from "../testing/site-in-browser.ts";

const served = siteInBrowser("sample");

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await served.open(path, options);
  await page.evaluate(() => document.fonts.ready);
  return page;
}
const phone = { viewport: { width: 390, height: 844 } };

describe("a sprint's page", () => {
  it("has a menu that names its sections in their order and leads to each", async () => {
    const page = await open("/sprints/3/");
    const menu = page.getByRole("navigation", { name: "On this page" });
    const listed = await menu
      .getByRole("link")
      .evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    const sections = await page
      .locator("main > section[id]")
      .evaluateAll((all) => all.map((one) => `#${one.id}`));
    expect(listed).toEqual(sections);
    expect(listed.length).toBeGreaterThan(6);
    for (const link of await menu.getByRole("link").all()) {
      const title = await link.textContent();
      await link.click();
      const heading = page.locator("main > section > h2", { hasText: title ?? "" }).first();
      const [top, menuEnd] = await Promise.all([
        heading.evaluate((one) => one.getBoundingClientRect().top),
        menu.evaluate((one) => one.getBoundingClientRect().bottom),
      ]);
      const atEnd = await page.evaluate(
        () => scrollY + innerHeight >= document.documentElement.scrollHeight - 2,
      );
      if (!atEnd) expect(top, title ?? "").toBeGreaterThanOrEqual(menuEnd - 1);
      expect(top).toBeLessThan(900);
    }
  });

  it("cuts nothing of what happened on a phone", async () => {
    const page = await open("/sprints/3/", phone);
    const list = page.locator(".log-list");
    expect(await list.evaluate((one) => one.scrollHeight - one.clientHeight)).toBeLessThanOrEqual(0);
    const last = page.locator("[data-log] > li").last();
    await last.scrollIntoViewIfNeeded();
    expect(await last.isVisible()).toBe(true);
    expect(await list.evaluate((one) => getComputedStyle(one).overflowY)).toBe("visible");
  });
});

describe("the board player on a phone", () => {
  it("keeps its buttons clear of the line below the clock", async () => {
    const page = await open("/sprints/3/", phone);
    await page.locator("[data-player]").waitFor({ state: "visible" });
    const [dock, controls] = await Promise.all(
      [".dock", ".controls"].map((one) => page.locator(one).first().boundingBox()),
    );
    if (!dock || !controls) throw new Error("the player is not there");
    expect(controls.y - dock.y - dock.height).toBeGreaterThanOrEqual(6);
  });
});

describe("a post", () => {
  it("sets what follows a heading on the heading's line, also where it is a heading itself", async () => {
    const page = await open("/posts/03-review/");
    const off = await page.evaluate(() => {
      const baseline = (element: Element) => {
        const mark = document.createElement("span");
        mark.className = "hush-baseline";
        element.prepend(mark);
        const { bottom } = mark.getBoundingClientRect();
        mark.remove();
        return bottom;
      };
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(".hush-baseline { display: inline-block; width: 0; height: 0 }");
      document.adoptedStyleSheets.push(sheet);
      return [...document.querySelectorAll(".prose > h2")].flatMap((heading) => {
        const next = heading.nextElementSibling;
        if (!next || next.matches("[data-directive], ul, ol, table")) return [];
        return [{ title: heading.textContent, tag: next.tagName, apart: baseline(next) - baseline(heading) }];
      });
    });
    expect(off.map(({ tag }) => tag)).toContain("H3");
    for (const { title, apart } of off) expect(Math.abs(apart), title ?? "").toBeLessThanOrEqual(1);
  });
});

describe("a bar", () => {
  it("marks the capacity in the colour that its key has", async () => {
    const page = await open("/sprints/3/");
    const bar = page.locator("#effort figure.bar").first();
    const colour = await bar
      .locator(".k-cap")
      .evaluate((key) => getComputedStyle(key, "::before").backgroundColor);
    const seen = await bar.locator("svg").screenshot();
    // A page without our policy, which lets nothing be fetched.
    const columns = await (await served.newPage()).evaluate(
      async ({ png, colour }) => {
        const image = await createImageBitmap(await (await fetch(png)).blob());
        const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
        canvas?.drawImage(image, 0, 0);
        const row = canvas?.getImageData(0, Math.round(image.height / 2), image.width, 1).data ?? [];
        const wanted = /\d+, \d+, \d+/.exec(colour)?.[0];
        return Array.from({ length: image.width }, (_, x) => row.slice(4 * x, 4 * x + 3).join(", ")).filter(
          (one) => one === wanted,
        ).length;
      },
      { png: `data:image/png;base64,${seen.toString("base64")}`, colour },
    );
    expect(columns).toBeGreaterThanOrEqual(1);
  });
});

describe("a chart", () => {
  it.each([320, 390, 560, 768, 900, 1024, 1280, 1600])(
    "has labels of one size, near that of other small text, and one drawing at a time at %i px",
    async (width) => {
      for (const path of ["/flow/", "/sprints/3/", "/posts/03-review/"]) {
        const page = await open(path, { viewport: { width, height: 900 } });
        const faults = (await checkLooks(page)).filter((fault) => fault.startsWith("a chart"));
        expect(faults, path).toEqual([]);
        const shown = await page
          .locator(".chart-drawings")
          .evaluateAll((all) =>
            all.map((one) => [...one.children].filter((drawing) => drawing.checkVisibility()).length),
          );
        expect(shown.length, path).toBeGreaterThan(0);
        expect(new Set(shown), path).toEqual(new Set([1]));
      }
    },
  );
});

describe("velocity", () => {
  it("is as wide as the page, stands clear of the headline, and fits a phone", async () => {
    const page = await open("/sprints/");
    const [chart, main, headline] = await Promise.all(
      ["#velocity-chart-page", "main", "h1"].map((selector) => page.locator(selector).boundingBox()),
    );
    expect(chart!.width).toBeGreaterThan(main!.width * 0.95);
    expect(chart!.y).toBeGreaterThan(headline!.y + headline!.height + 16);
    expect(await page.locator("#velocity-chart").isVisible()).toBe(false);
    const narrow = await open("/sprints/", phone);
    expect(await narrow.locator("#velocity-chart").isVisible()).toBe(true);
    expect(await narrow.locator("#velocity-chart-page").isVisible()).toBe(false);
  });
});
