import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../testing/browser.ts";
import { type ServedSite, type SiteName, sharedSite } from "../testing/shared-site.ts";

const widths = [390, 1280];
const schemes = ["light", "dark"] as const;

describe.each<SiteName>(["sample", "hard"])("every page of the %s site", (name) => {
  let site: ServedSite;
  let browser: Browser;

  beforeAll(async () => {
    [site, browser] = await Promise.all([sharedSite(name), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it.each(widths.flatMap((width) => schemes.map((scheme) => ({ width, scheme }))))(
    "is accessible, keeps its policy and fits at $width px, $scheme",
    { timeout: 600_000 },
    async ({ width, scheme }) => {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        reducedMotion: "reduce",
        locale: "en-GB",
      });
      const page = await context.newPage();
      const faults: string[] = [];
      let path = "";
      const fault = (what: string) => faults.push(`${path}: ${what}`);
      page.on("console", (message) => {
        // The live demo's server is not there; the browser reports each attempt.
        if (message.type() === "error" && !/404|WebSocket/.test(message.text())) fault(message.text());
      });
      page.on("pageerror", (error) => fault(error.message));
      page.on("dialog", (dialog) => {
        fault(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      const { origin } = new URL(site.url);
      page.on("request", (request) => {
        const url = new URL(request.url());
        const local = url.origin === origin || url.protocol === "data:" || url.protocol === "blob:";
        if (!local) fault(`third-party request to ${url.href}`);
      });
      await page.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) => {
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      for (path of site.pages) {
        await page.goto(site.url + path, { waitUntil: "networkidle" });
        const policy = await page
          .locator('meta[http-equiv="Content-Security-Policy"]')
          .getAttribute("content");
        if (!policy?.startsWith("default-src 'none'")) fault("has no strict policy");
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) fault(`is ${over} px wider than the window`);
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const one of violations)
          fault(`axe ${one.id}: ${one.nodes[0]?.html.slice(0, 200)} (${one.nodes.length} nodes)`);
      }
      await context.close();
      expect(faults).toEqual([]);
      expect(site.pages.length).toBeGreaterThan(10);
    },
  );
});
