import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { SiteName } from "../testing/shared-site.ts";
import { desktop, siteInBrowser } from "../testing/site-in-browser.ts";

const phone = { viewport: { width: 390, height: 844 } };

/** What is wrong with the groups of large figures: one out of line with those above it, or wider than its column. */
function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("main :is(.terms, .tallies)")].flatMap((group) => {
      const cells = [...group.children];
      const lefts = cells.map((cell) => Math.round(cell.getBoundingClientRect().left));
      const columns = new Set(lefts).size;
      return cells.flatMap((cell, index) => [
        ...(lefts[index] === lefts[index % columns] ? [] : [`${cell.textContent} is out of line`]),
        ...(cell.scrollWidth <= cell.clientWidth ? [] : [`${cell.textContent} is wider than its column`]),
      ]);
    }),
  );
}

/** Puts the amounts of a crowd where those of the team stand. */
const enlarge = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const value of document.querySelectorAll("main :is(.terms .value, .tallies dd)"))
      if (value.firstChild) value.firstChild.textContent = "2,345.5";
  });

const pages: [SiteName, string][] = [
  ["sample", "/"],
  ["sample", "/sprints/3/"],
  ["quiet", "/"],
  ["german", "/sprints/3/"],
  ["rtl", "/sprints/2/"],
  ["large", "/sprints/2/"],
];

describe.each(pages)("large figures of the site %s at %s", (name, path) => {
  const served = siteInBrowser(name);

  it.each([phone, desktop])("stand in even columns, whatever they amount to", async (options) => {
    const page = await served.open(path, options);
    await page.evaluate(() => document.fonts.ready);
    expect(await page.locator("main :is(.terms, .tallies)").count()).toBeGreaterThan(0);
    expect(await faultsOf(page)).toEqual([]);
    await enlarge(page);
    expect(await faultsOf(page)).toEqual([]);
  });
});
