import { describe, expect, it } from "vitest";
import { checkPage, type Depth } from "../testing/check-page.ts";
import type { SiteName } from "../testing/shared-site.ts";
import { siteInBrowser } from "../testing/site-in-browser.ts";

/** Pages checked at a time, in one browser. */
const hands = 3;

const sites: SiteName[] = ["sample", "hard", "quiet", "rtl", "written", "large", "odd", "german"];

/** The sample in another direction and another language: places and names differ, colours and structure do not. */
const translated: SiteName[] = ["rtl", "german"];

/** Of a translated site's pages of one kind axe sees the last: in the sample itself it sees them all. */
function depths(name: SiteName, pages: readonly string[]): [path: string, depth: Depth][] {
  // Its pages are those of other sites, with more in them.
  if (name === "odd") return pages.map((path) => [path, "looks"]);
  if (!translated.includes(name)) return pages.map((path) => [path, "light and dark"]);
  const kindOf = (path: string) => path.replaceAll(/\d+/g, "N").replaceAll(/(-N)+\/$/g, "/");
  const last = new Set(new Map(pages.map((path) => [kindOf(path), path])).values());
  return pages.map((path) => [path, last.has(path) ? "light" : "looks"]);
}

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
    const pages = depths(name, served.site.pages).values();
    const work = async () => {
      for (const [path, depth] of pages)
        faults.push(...(await checkPage(context, served.site.url, path, depth)));
    };
    await Promise.all(Array.from({ length: hands }, work));
    await context.close();
    expect(faults.sort()).toEqual([]);
    expect(served.site.pages.length).toBeGreaterThan(8);
  }, 600_000);
});
