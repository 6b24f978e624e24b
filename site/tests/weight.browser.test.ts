import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { desktop, siteInBrowser } from "../testing/site-in-browser.ts";

interface Weight {
  path: string;
  bytes: number;
}

const allowed = 100_000;
const served = siteInBrowser("sample");

it("transfers at most 100 KB for a page, read to its end, the demo left out", {
  timeout: 300_000,
}, async () => {
  const weights: Weight[] = [];
  const pages = served.site.pages.filter((page) => page !== "/search/").values();
  // Three at a time: the most of it is waiting until nothing more comes.
  const work = async () => {
    for (const path of pages) weights.push(...(await weigh(path)));
  };
  await Promise.all([work(), work(), work()]);
  weights.sort((a, b) => b.bytes - a.bytes);
  for (const { path, bytes } of weights.slice(0, 5))
    console.info(`${path}: ${(bytes / 1000).toFixed(1)} KB transferred`);
  expect(weights.length).toBeGreaterThan(10);
  expect(weights.filter(({ bytes }) => bytes > allowed)).toEqual([]);
});

/** Nothing for a page with the demo, which may go on asking for its server. */
async function weigh(path: string): Promise<Weight[]> {
  // A context of its own: nothing comes from a cache.
  const context = await served.browser.newContext(desktop);
  const page = await context.newPage();
  const sizes: Promise<number>[] = [];
  page.on("response", (response) => sizes.push(transferred(response.url(), response.body())));
  try {
    await page.goto(served.site.url + path);
    if ((await page.locator("sprintcast-live").count()) > 0) return [];
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForLoadState("networkidle");
    return [{ path, bytes: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) }];
  } finally {
    await context.close();
  }
}

/** Bytes on the wire behind a server that compresses text, as GitHub Pages does. */
async function transferred(url: string, body: Promise<Buffer>): Promise<number> {
  const data = await body.catch(() => Buffer.alloc(0));
  return /\.(woff2|png)$/.test(url) ? data.length : gzipSync(data).length;
}
