import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../testing/browser.ts";
import { checkPage } from "../testing/check-page.ts";
import { type ServedSite, type SiteName, sharedSite } from "../testing/shared-site.ts";

/** Pages checked at a time, in one browser. */
const hands = 3;

const sites: SiteName[] = ["sample", "hard", "quiet", "rtl", "written"];

describe.each(sites)("every page of the %s site", (name) => {
  let site: ServedSite;
  let browser: Browser;

  beforeAll(async () => {
    [site, browser] = await Promise.all([sharedSite(name), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it("is accessible, keeps its policy and fits, on phone and desktop, light and dark", async () => {
    const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB" });
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    const faults: string[] = [];
    const pages = site.pages.values();
    const work = async () => {
      for (const path of pages) faults.push(...(await checkPage(context, site.url, path)));
    };
    await Promise.all(Array.from({ length: hands }, work));
    await context.close();
    expect(faults.sort()).toEqual([]);
    expect(site.pages.length).toBeGreaterThan(8);
  }, 600_000);
});
