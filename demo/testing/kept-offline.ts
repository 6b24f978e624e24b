import type { Page } from "playwright-core";

/**
 * Whether the live page's worker keeps all that the page has loaded, the charts' code and the recording included.
 * To be polled from outside: `page.waitForFunction` would take the promise itself for an answer.
 */
export function isKeptOffline(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    const urls = new Set(kept.flat().map(({ url }) => url));
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const recording = document.querySelector("sprintcast-live")?.getAttribute("recording") ?? "";
    const parts = [
      ...loaded.filter((part) => !part.endsWith("/events")),
      new URL(recording, location.href).href,
    ];
    return parts.some((part) => /panel/.test(part)) && parts.every((part) => urls.has(part));
  });
}
