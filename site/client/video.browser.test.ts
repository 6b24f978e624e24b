import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { siteInBrowser } from "../testing/site-in-browser.ts";

const served = siteInBrowser("hard");
const link = (page: Page) => page.locator("[data-video] > a");
const player = (page: Page) => page.locator("[data-video] > iframe");

/** A post with a video, whose id is another where one is told; what it would load elsewhere is answered here. */
async function openPost(id?: string): Promise<Page> {
  const page = await served.newPage();
  await page
    .context()
    .route(/youtube/, (route) => route.fulfill({ contentType: "text/html", body: "<p>There</p>" }));
  if (id !== undefined)
    await page.route("**/posts/02-review/", async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/data-video="[^"]*"/, `data-video="${id}"`);
      await route.fulfill({ response: answer, body });
    });
  await page.goto(`${served.site.url}/posts/02-review/`);
  return page;
}

it("starts from the keyboard, has a name, and takes the focus with it", async () => {
  const page = await openPost();
  await link(page).focus();
  await page.keyboard.press("Enter");
  await player(page).waitFor();
  expect(await player(page).getAttribute("title")).toBe(
    await page.locator("[data-video]").getAttribute("data-title"),
  );
  expect(await player(page).getAttribute("title")).not.toBe("");
  expect(await player(page).evaluate((frame) => frame === document.activeElement)).toBe(true);
  expect(await link(page).count()).toBe(0);
});

it("opens elsewhere where the reader asks for that", async () => {
  const page = await openPost();
  for (const modifier of ["Control", "Shift"] as const) {
    const [other] = await Promise.all([
      page.context().waitForEvent("page"),
      link(page).click({ modifiers: [modifier] }),
    ]);
    await other.close();
  }
  expect(await player(page).count()).toBe(0);
});

it.each(["", "short", "dQw4w9WgXc/../x", "dQw4w9WgXcQ0"])(
  "stays a link where the id is none: %s",
  async (id) => {
    const page = await openPost(id);
    await link(page).click();
    await page.waitForURL(/^https:\/\/www\.youtube\.com\/watch/);
  },
);
