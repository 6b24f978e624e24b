import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../testing/browser.ts";
import { type MarkedName, type ServedSite, sharedSite } from "../testing/shared-site.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** What a page says, text by text; what people wrote is left out, and so is the view of the demo, which stands alone. */
function saidOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const written =
      "script, style, code, time, h1 a, .lede, .issue, sprintcast-live, .prose > :not([data-directive]):not(.alert), .prose li, blockquote";
    const isWritten = (element: Element | null) =>
      element !== null &&
      element.closest("[data-directive], .alert-title") === null &&
      element.closest(written) !== null;
    const said: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!isWritten(node.parentElement)) said.push(node.nodeValue ?? "");
    for (const element of document.querySelectorAll(
      "[aria-label], [title], [alt], [placeholder], [aria-valuetext]",
    ))
      if (element.closest("sprintcast-live") === null)
        for (const name of ["aria-label", "title", "alt", "placeholder", "aria-valuetext"])
          said.push(element.getAttribute(name) ?? "");
    for (const meta of document.querySelectorAll("title")) said.push(meta.textContent ?? "");
    return said;
  });
}

/** Words of a text outside of all brackets. */
function unmarked(text: string): string {
  let depth = 0;
  let rest = "";
  for (const letter of text) {
    if (letter === "⟦") depth += 1;
    else if (letter === "⟧") depth -= 1;
    else if (depth === 0) rest += letter;
  }
  return rest.replace(/\s+/g, " ").trim();
}

describe.each<MarkedName>(["marked", "marked-restated", "marked-running"])("%s", (name) => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await sharedSite(name);
  });
  afterAll(() => site?.close());

  it("says nothing on any page but texts of its language, dates, and what people wrote", {
    timeout: 300_000,
  }, async () => {
    const page = await browser.newPage();
    const left = new Map<string, string>();
    let marks = 0;
    for (const path of site.pages) {
      await page.goto(site.url + path);
      for (const text of await saidOn(page)) {
        marks += text.includes("⟦") ? 1 : 0;
        const rest = unmarked(text);
        if (/\p{L}{2,}/u.test(rest)) left.set(rest, path);
      }
    }
    await page.close();
    expect(marks).toBeGreaterThan(500);
    expect([...left].map(([text, path]) => `${path}: ${text}`)).toEqual([]);
  });
});
