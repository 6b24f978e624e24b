import { describe, expect, it } from "vitest";
import { siteInBrowser } from "../testing/site-in-browser.ts";

const phone = { viewport: { width: 390, height: 844 } };

describe("a menu that does not fit into one line", () => {
  const { open } = siteInBrowser("german");

  it.each([
    ["header nav li", 390],
    [".page-menu li", 1280],
  ])("has no single word on a line (%s at %i px)", async (items, width) => {
    const page = await open("/sprints/3/", { viewport: { width, height: 844 } });
    const tops = await page
      .locator(items)
      .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
    const lines = [...Map.groupBy(tops, (top) => top).values()].map(({ length }) => length);
    expect(lines.length).toBeLessThanOrEqual(2);
    expect(Math.min(...lines)).toBeGreaterThan(1);
  });
});

describe("a sprint of hundreds of events", () => {
  const { open } = siteInBrowser("large");

  it("keeps them in a list of their own on a phone, whose last one can be reached", async () => {
    const page = await open("/sprints/1/", phone);
    const list = page.locator(".log-list");
    expect(await list.locator("li").count()).toBeGreaterThan(300);
    expect(await list.evaluate((one) => one.clientHeight)).toBeLessThan(phone.viewport.height);
    const last = list.locator("li").last();
    await last.scrollIntoViewIfNeeded();
    expect(await last.evaluate((one) => one.getBoundingClientRect().bottom)).toBeLessThanOrEqual(844);
    expect(await list.evaluate((one) => one.scrollTop)).toBeGreaterThan(1000);
  });
});

describe.each([
  ["german", "/debt/"],
  ["quiet", "/flow/"],
] as const)("a table on a phone (%s %s)", (site, path) => {
  const { open } = siteInBrowser(site);

  it("keeps an amount beside its unit, and a day beside its month", async () => {
    const page = await open(path, phone);
    const broken = await page.locator("td.n, td.when").evaluateAll((cells) =>
      cells.flatMap((cell) => {
        const words = new Range();
        words.selectNodeContents(cell);
        const lines = new Set([...words.getClientRects()].map(({ bottom }) => Math.round(bottom)));
        return lines.size > 1 ? [cell.textContent] : [];
      }),
    );
    expect(await page.locator("td.n").count()).toBeGreaterThan(1);
    expect(broken).toEqual([]);
  });
});
