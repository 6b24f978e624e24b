import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { launchBrowser } from "../testing/browser.ts";
import { checkPage } from "../testing/check-page.ts";
import { serveFolder } from "../testing/serve.ts";

// What finds nothing on our pages must find something on a page that is broken.
const html = (inside: string) => `<!doctype html>
<html lang="en"><head><title>A page</title><link rel="stylesheet" href="/page.css">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; img-src *">
</head><body><main><h1>A page</h1>${inside}</main></body></html>`;

const css = ":root { color-scheme: light dark } body { background: Canvas; color: CanvasText }";
const dark = "@media (prefers-color-scheme: dark) and";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

async function faultsOf(inside: string, style = "", script = ""): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "check-page-"));
  await writeFile(join(folder, "index.html"), html(inside));
  await writeFile(join(folder, "404.html"), html(""));
  await writeFile(join(folder, "page.css"), css + style);
  await writeFile(join(folder, "page.js"), script);
  const site = await serveFolder(folder);
  const context = await browser.newContext();
  onTestFinished(async () => {
    await context.close();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  });
  return checkPage(context, site.url, "/");
}

const words = "<p>Some words</p>";
const rows = (count: number) => `<ul>${"<li>Some words</li>".repeat(count)}</ul>`;
const faintLast = "li:last-child { color: light-dark(#ccc, #fff) }";
const links = "<nav><button>One</button><button>Two</button></nav>";

const chart = (size: number) =>
  `<svg class="chart" viewBox="0 0 100 20" role="img" aria-label="Scope"><text x="5" y="15" font-size="${size}">8.7</text></svg>`;
const wideChart = "svg { width: 100px } @media (width > 600px) { svg { width: 200px } }";

it("finds nothing on a page that is well", async () => {
  expect(await faultsOf(words)).toEqual([]);
});

it.each([
  ["faint words", "390 px, dark", /color-contrast/, words, `${dark} (width < 600px) { p { color: #333 } }`],
  ["faint words", "1280 px, dark", /color-contrast/, words, `${dark} (width > 600px) { p { color: #333 } }`],
  ["faint words", "390 px, light", /color-contrast/, words, "p { color: light-dark(#ccc, #fff) }"],
  ["a wide part", "390 px, light", /\d px wider/, words, "p { width: 484px }"],
  ["a wide part", "1280 px, dark", /\d px wider/, words, "@media (width > 600px) { p { width: 2000px } }"],
  ["faint words in the last of 24 rows", "390 px, light", /color-contrast/, rows(24), faintLast],
  [
    "a wide part in the last of 99 rows",
    "390 px, light",
    /\d px wider/,
    rows(99),
    "li:last-child { width: 484px }",
  ],
  [
    "targets too close",
    "390 px, light",
    /target-size/,
    links,
    "@media (width < 600px) { button { font-size: 9px; padding: 0; border: 0; display: block } }",
  ],
  [
    "a mark of direction that turns what follows",
    "390 px, light",
    /turns “by ana”/,
    "<p>Deploy \u202Eyolped <i>by ana</i></p>",
    "",
  ],
  ["blocks that touch", "390 px, light", /“Some words” touches “A page”/, words, "h1, p { margin: 0 }"],
  [
    "a label that a chart cuts off",
    "1280 px, light",
    /cuts off “8.7 not dropped”/,
    '<svg class="chart" viewBox="0 0 100 20" role="img" aria-label="Scope"><text x="60" y="15" font-size="9">8.7 not dropped</text></svg>',
    "@media (width < 600px) { svg { display: none } }",
  ],
  ["a chart's small label", "390 px, light", /“8.7” is 6.0 px high/, chart(12), "svg { width: 50px }"],
  ["a chart's large label", "1280 px, light", /“8.7” is 24.0 px high/, chart(12), wideChart],
  [
    "a part shown to desktops without its name",
    "1280 px, light",
    /button-name/,
    "<button></button>",
    "@media (width < 600px) { button { display: none } }",
  ],
])("finds %s at %s", async (_what, setting, fault, inside, style) => {
  const faults = await faultsOf(inside, style);
  expect(faults.filter((one) => one.includes(setting) && fault.test(one))).toHaveLength(1);
});

it.each([
  ["a script's error", /boom/, '<script src="/page.js"></script>', "throw Error('boom')"],
  ["a dialog", /dialog hello/, '<script src="/page.js"></script>', "alert('hello')"],
  ["a third party", /third-party request/, '<img src="http://127.0.0.2:9/a.png" alt="">', ""],
  ["an inline script", /Content Security Policy/, "<script>document.title = ''</script>", ""],
])("finds %s", async (_what, fault, inside, script) => {
  expect(await faultsOf(inside, "", script)).toContainEqual(expect.stringMatching(fault));
});
