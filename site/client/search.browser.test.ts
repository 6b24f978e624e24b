import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { siteInBrowser } from "../testing/site-in-browser.ts";

const served = siteInBrowser("sample");
const field = (page: Page) => page.getByLabel("Tasks, goals, posts");
const status = (page: Page) => page.locator("[data-status]");
const results = (page: Page) => page.locator("[data-results] > li");

interface Indexed {
  title?: string;
  excerpt?: string;
}

/** The search page with an index that finds these pages for each query, and nothing for "nothing". */
async function openSearch(pages: Indexed[], query = ""): Promise<Page> {
  const page = await served.newPage();
  const found = pages.map(({ title, excerpt = "" }, index) => ({
    url: `/found/${index}/`,
    excerpt,
    meta: title === undefined ? {} : { title },
  }));
  await page.route("**/pagefind/pagefind.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `const found = ${JSON.stringify(found)};
        export const options = async () => {};
        export const init = async () => {};
        export const debouncedSearch = async (query) =>
          ({ results: query === "nothing" ? [] : found.map((one) => ({ data: async () => one })) });`,
    }),
  );
  await page.goto(`${served.site.url}/search/${query}`);
  return page;
}

it("begins in the box, with the query of the address, and keeps the address in step", async () => {
  const page = await openSearch([{ title: "One" }], "?q=first&theme=x");
  await expect.poll(() => results(page).count()).toBe(1);
  expect(await field(page).inputValue()).toBe("first");
  expect(await field(page).evaluate((input) => input === document.activeElement)).toBe(true);
  await page.keyboard.type(" & more");
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("first & more");
  await field(page).fill("  ");
  await expect.poll(() => new URL(page.url()).search).toBe("?theme=x");
  await expect.poll(() => results(page).count()).toBe(0);
  expect(await status(page).textContent()).toBe("");
});

it("counts what it found for those who hear it, and says when it is nothing", async () => {
  const page = await openSearch([{ title: "One" }, { title: "Two" }]);
  expect(await status(page).getAttribute("role")).toBe("status");
  await field(page).fill("task");
  await expect.poll(() => status(page).textContent()).toBe("2 pages");
  await field(page).fill("nothing");
  await expect.poll(() => status(page).textContent()).toBe("Nothing found for “nothing”.");
  expect(await results(page).count()).toBe(0);
  const single = await openSearch([{ title: "One" }], "?q=task");
  await expect.poll(() => status(single).textContent()).toBe("1 page");
});

it("takes of an excerpt its marks, and all else as text", async () => {
  const page = await openSearch([
    {
      title: "<b>Bold</b>",
      excerpt: '&lt;script&gt; a <mark>task <img src="x"></mark> of <i onclick="x">two</i>',
    },
    {},
  ]);
  await field(page).fill("task");
  await expect.poll(() => results(page).count()).toBe(2);
  const [first, second] = [results(page).nth(0), results(page).nth(1)];
  expect(await first.locator("a").textContent()).toBe("<b>Bold</b>");
  expect(await first.locator("p").innerHTML()).toBe("&lt;script&gt; a <mark>task </mark> of two");
  // A page without a title is named by its address.
  expect(await second.locator("a").textContent()).toBe("/found/1/");
});

it("searches at the key and the button without leaving the page, from the keyboard alone", async () => {
  const page = await openSearch([{ title: "One" }]);
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  await page.keyboard.type("task");
  await page.keyboard.press("Enter");
  await expect.poll(() => results(page).count()).toBe(1);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toBe("/found/0/");
  expect(await page.evaluate(() => "stayed" in window)).toBe(true);
});

it.each(["pagefind.js*", "pagefind-entry.json*", "*.pf_meta", "wasm.*", "index/*", "fragment/*"])(
  "says that %s of the index did not come, refused or lost, and finds again once it does",
  async (part) => {
    for (const how of ["abort", "missing"] as const) {
      const page = await served.newPage();
      let isThere = false;
      await page.route(`**/pagefind/${part}`, (route) => {
        if (isThere) return route.continue();
        return how === "abort" ? route.abort() : route.fulfill({ status: 404, body: "Not found" });
      });
      await page.goto(`${served.site.url}/search/?q=review`);
      await expect.poll(() => status(page).textContent()).toMatch(/could not be loaded/);
      isThere = true;
      await field(page).fill("planning");
      await expect.poll(() => status(page).textContent()).toMatch(/\d+ pages/);
      expect(await results(page).count()).toBeGreaterThan(0);
    }
  },
);

it("shows the cross that empties the box in the colours that somebody forces", async () => {
  const page = await served.newPage({ forcedColors: "active" });
  await page.goto(`${served.site.url}/search/`);
  const end = async () => {
    const box = await field(page).boundingBox();
    if (box === null) throw new TypeError("no box");
    const clip = { x: box.x + box.width - 45, y: box.y + 6, width: 40, height: box.height - 12 };
    return (await page.screenshot({ clip, caret: "hide" })).toString("base64");
  };
  const empty = await end();
  await field(page).fill("a");
  await expect.poll(() => end().then((filled) => filled !== empty)).toBe(true);
});
