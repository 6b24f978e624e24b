import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { launchBrowser } from "./browser.ts";
import { type ServedSite, type SiteName, sharedSite } from "./shared-site.ts";

export interface SiteInBrowser {
  site: ServedSite;
  browser: Browser;
  /** An empty page that is closed after the test, on a desktop unless told otherwise. */
  newPage: (options?: BrowserContextOptions) => Promise<Page>;
  /** The page at a path of the site. */
  open: (path: string, options?: BrowserContextOptions) => Promise<Page>;
}

export const desktop = { locale: "en-GB", viewport: { width: 1280, height: 900 } };

/** One of the built sites and a browser, there while the tests of a file or of a `describe` run. */
export function siteInBrowser(name: SiteName): SiteInBrowser {
  let site: ServedSite;
  let browser: Browser;
  beforeAll(async () => {
    [site, browser] = await Promise.all([sharedSite(name), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  const newPage = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ ...desktop, ...options });
    onTestFinished(() => context.close());
    return context.newPage();
  };
  return {
    get site() {
      return site;
    },
    get browser() {
      return browser;
    },
    newPage,
    open: async (path, options) => {
      const page = await newPage(options);
      await page.goto(site.url + path);
      return page;
    },
  };
}
