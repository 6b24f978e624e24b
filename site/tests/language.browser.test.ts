import type { Page } from "playwright-core";
import { readContent } from "sprintcast/content";
import { describe, expect, it } from "vitest";
import { contentOf, type MarkedName } from "../testing/shared-site.ts";
import { siteInBrowser } from "../testing/site-in-browser.ts";

/** What a page says, in its order: texts, and attributes that are read out or shown. The words of posts are left out. */
function saidOn(page: Page): Promise<{ texts: string[]; attributes: string[] }> {
  return page.evaluate(() => {
    const written =
      "script, style, code, .prose > :not([data-directive]):not(.alert), .prose > .alert > :not(.alert-title), blockquote";
    const isWritten = (element: Element | null) =>
      element?.closest("sprintcast-live, abbr") != null ||
      (element?.closest("[data-directive]") == null && element?.closest(written) != null);
    const texts: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!isWritten(node.parentElement)) texts.push(node.nodeValue ?? "");
    const names = ["aria-label", "title", "alt", "placeholder", "aria-valuetext"];
    const attributes = names.flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)]
        .filter((element) => element.tagName !== "ABBR" && element.closest("sprintcast-live, img") === null)
        .map((element) => element.getAttribute(name) ?? ""),
    );
    return { texts, attributes };
  });
}

/** What of some texts stands outside of all brackets; a text of ours may hold elements, and so begin in one text and end in another. */
function unmarked(texts: string[]): string[] {
  let depth = 0;
  return texts.map((text) => {
    let rest = "";
    for (const letter of text) {
      if (letter === "⟦") depth += 1;
      else if (letter === "⟧") depth -= 1;
      else if (depth === 0) rest += letter;
    }
    return rest.replace(/\s+/g, " ").trim();
  });
}

const keysOfNames = new Set(
  "title summary name goal actor assignees text type size tagline footer label repository repositories tags authors".split(
    " ",
  ),
);

/** What people wrote, and names: all strings of some value that stand under such a key. */
function namesIn(value: unknown, isName = false): string[] {
  if (typeof value === "string") return isName ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => namesIn(one, isName));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => namesIn(inner, keysOfNames.has(key)));
}

const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 15)));
const week = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 0, 5 + day)));
const dateWords = [
  ...months.flatMap((date) =>
    (["long", "short"] as const).map((month) => date.toLocaleString("en-GB", { month, timeZone: "UTC" })),
  ),
  ...week.flatMap((date) =>
    (["long", "short"] as const).map((weekday) => date.toLocaleString("en-GB", { weekday, timeZone: "UTC" })),
  ),
  "at",
  "CET",
  "CEST",
];

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** Takes away names, dates, issues and formats. */
function withoutNames(names: readonly string[]): (text: string) => string {
  const known = [...new Set([...names, ...dateWords, "JSON", "CSV", "Freezebox"])]
    .filter((name) => name.length > 1)
    .sort((a, b) => b.length - a.length)
    .map(escaped);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${known.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  return (text) => text.replace(pattern, "");
}

describe("the live view", () => {
  const { open } = siteInBrowser("marked");

  it("says the team's own texts, in the recording that stands on the page and in what plays it", async () => {
    const page = await open("/live/");
    expect(await page.locator(".sc-poster figcaption").first().textContent()).toMatch(/^⟦temperature⟧/i);
    const view = page.locator("sprintcast-live");
    await page.waitForFunction(() =>
      /replay|offline/.test(document.querySelector("sprintcast-live")?.getAttribute("status") ?? ""),
    );
    expect(await view.locator("button").allTextContents()).toContain("⟦Pause⟧");
    expect(await view.locator(".badge").textContent()).toBe("⟦Recording⟧");
  });
});

describe.each<MarkedName>(["marked", "marked-restated", "marked-running"])("%s", (name) => {
  const served = siteInBrowser(name);

  it("says nothing but texts of its language, dates, numbers, and what people wrote", {
    timeout: 300_000,
  }, async () => {
    const { site } = served;
    const content = await readContent(await contentOf(name, `${site.dir}-read`));
    const { settings, sprints, posts, reports, flows } = content;
    const { texts: _, ...written } = settings;
    const bare = withoutNames(namesIn([written, sprints, posts, reports, flows]));
    const page = await served.newPage();
    const left = new Set<string>();
    let marked = 0;
    for (const path of site.pages) {
      await page.goto(site.url + path);
      const { texts, attributes } = await saidOn(page);
      marked += [...texts, ...attributes].filter((text) => text.includes("⟦")).length;
      for (const rest of [...unmarked(texts), ...attributes.flatMap((text) => unmarked([text]))])
        if (/\p{L}{2,}/u.test(bare(rest))) left.add(`${path}: ${rest}`);
    }
    expect(marked).toBeGreaterThan(400);
    expect([...left]).toEqual([]);
  });
});
