import { describe, expect, it } from "vitest";
import { checkPage } from "../testing/check-page.ts";
import type { SiteName } from "../testing/shared-site.ts";
import { siteInBrowser } from "../testing/site-in-browser.ts";

/** Pages checked at a time, in one browser. */
const hands = 3;

const sites: SiteName[] = ["sample", "hard", "quiet", "rtl", "written", "large", "german"];

describe.each(sites)("every page of the %s site", (name) => {
  const served = siteInBrowser(name);

  it("is accessible, keeps its policy and fits, on phone and desktop, light and dark", async () => {
    const context = await served.browser.newContext({ reducedMotion: "reduce", locale: "en-GB" });
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    const faults: string[] = [];
    const pages = served.site.pages.values();
    const work = async () => {
      for (const path of pages) faults.push(...(await checkPage(context, served.site.url, path)));
    };
    await Promise.all(Array.from({ length: hands }, work));
    await context.close();
    expect(faults.sort()).toEqual([]);
    expect(served.site.pages.length).toBeGreaterThan(8);
  }, 600_000);
});
