import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../testing/browser.ts";
import { type ServedSite, type SiteName, sharedSite } from "../testing/shared-site.ts";

/** What A4 leaves within the margins, in pixels. */
const paper = { width: 688, height: 1000 };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** A page as paper has it, asked for by a reader whose screen is dark. */
async function printed(site: ServedSite, path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: paper, colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.goto(site.url + path, { waitUntil: "load" });
  return page;
}

const cases: [SiteName, string[]][] = [
  ["sample", ["/posts/03-review/", "/sprints/3/"]],
  ["german", ["/debt/", "/flow/", "/kalm/"]],
  ["written", ["/posts/everything/"]],
  ["large", ["/posts/02-review/", "/sprints/2/"]],
  ["odd", ["/sprints/1/", "/debt/", "/flow/"]],
];

describe.each(cases)("on paper, the %s site", (name, paths) => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await sharedSite(name);
  });
  afterAll(() => site?.close());

  it.each(paths)(
    "%s is light, without menus, within the sheet, its cards and figures whole",
    async (path) => {
      const page = await printed(site, path);
      const seen = await page.evaluate(() => {
        const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
        const shown = (selector: string) => all(selector).filter((one) => one.checkVisibility()).length;
        return {
          scheme: getComputedStyle(document.documentElement).colorScheme,
          menus: shown(".masthead nav, .page-menu, .colophon, .skip, .player, .anchor"),
          over: document.documentElement.scrollWidth - innerWidth,
          cut: all(".deck > li, figure, tr").filter((one) => getComputedStyle(one).breakInside !== "avoid")
            .length,
          tall: all(".deck > li").filter((one) => one.getBoundingClientRect().height > innerHeight / 2)
            .length,
          folded: all(".lane .fold:not(.past) .deck > li").filter((one) => !one.checkVisibility()).length,
        };
      });
      expect(seen).toEqual({ scheme: "light", menus: 0, over: 0, cut: 0, tall: 0, folded: 0 });
      const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
      expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
      await page.close();
    },
  );
});

it.each(["/", "/sprints/", "/sprints/3/", "/posts/03-review/"])(
  "%s leaves air below the name, and room for words",
  async (path) => {
    const site = await sharedSite("sample");
    const page = await printed(site, path);
    const seen = await page.evaluate(() => {
      const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
      return {
        air: (box("main :is(.kicker, h1)")?.top ?? 0) - (box(".masthead")?.bottom ?? 0),
        narrowest: Math.min(
          ...[...document.querySelectorAll(".sprint-row :is(h2, h3)")].map((one) => one.clientWidth),
        ),
      };
    });
    expect(seen.air).toBeGreaterThan(12);
    expect(seen.narrowest).toBeGreaterThan(300);
    await page.close();
    await site.close();
  },
);

it("a text's links say where they lead, but for those that say it already and for issues", async () => {
  const site = await sharedSite("written");
  const page = await printed(site, "/posts/everything/");
  const told = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>(".prose a[href^=http]")].map((link) => ({
      href: link.getAttribute("href") ?? "",
      isBare: link.textContent === link.getAttribute("href"),
      said: getComputedStyle(link, "::after").content,
    })),
  );
  const isIssue = (href: string) => /\/(issues|pull)\//.test(href);
  expect(told.some(({ href }) => isIssue(href))).toBe(true);
  expect(told.some(({ href, isBare }) => !isBare && !isIssue(href))).toBe(true);
  for (const { href, isBare, said } of told)
    expect(said, href).toBe(isBare || isIssue(href) ? "none" : `" (${href})"`);
  await page.close();
  await site.close();
});

it("nothing on paper looks as if it could be opened, dragged or fetched, and no event stands out", async () => {
  const site = await sharedSite("sample");
  const page = await browser.newPage({ viewport: paper });
  await page.goto(`${site.url}/sprints/3/`, { waitUntil: "load" });
  await page.locator("[data-player]").waitFor({ state: "visible" });
  await page.locator("[data-range]").press("Home");
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => {
    const all = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    const styles = (selector: string) => all(selector).map((one) => getComputedStyle(one));
    const text = document.querySelector("main")?.innerText ?? "";
    return {
      marks: all("summary").filter((one) => getComputedStyle(one).listStyleType !== "none").length,
      signs: all(".tally").filter((one) => getComputedStyle(one, "::after").content.includes("+")).length,
      underlined: styles(".figure .label").filter((one) => one.textDecorationLine !== "none").length,
      told: ["JSON", "CSV", "Open a figure"].filter((words) => text.includes(words)),
      colours: new Set(styles("[data-log] > li").map((one) => `${one.color} ${one.boxShadow}`)).size,
      hasUnit: text.includes("In man-days."),
      events: all("[data-log] > li").length,
    };
  });
  expect(seen).toMatchObject({ marks: 0, signs: 0, underlined: 0, told: [], colours: 1, hasUnit: true });
  expect(seen.events).toBeGreaterThan(10);
  await page.close();
  await site.close();
});
