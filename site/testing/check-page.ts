import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type axe from "axe-core";
import type { BrowserContext, Page } from "playwright-core";
import { checkLooks } from "./check-looks.ts";

type Scheme = "light" | "dark";

/** How far a page is looked at: its looks alone, with axe in the light, or with axe in the light and the dark. */
export type Depth = "looks" | "light" | "light and dark";

/** Phone and desktop, pixels. */
const [phone, desktop] = [390, 1280];

/** axe sees 24 rows of each list and table: the hundredth is made as the tenth is, and costs axe as much. */
const moreRows = ":is(li, tr):nth-child(n + 25)";

// The minified file: a browser reads it anew for each page.
const source = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/**
 * axe's rules that read colours. Of the schemes nothing else differs: they set `light-dark()` tokens and no more, so
 * that a page in the dark has the elements, names, sizes and places that it has in the light.
 */
const colourRules = ["color-contrast", "link-in-text-block"];

/**
 * Loads one page, once, and returns what is wrong with it, each fault with the width and scheme where it showed: errors,
 * dialogs, requests to third parties, a missing or broken policy, overflow, what looks careless, and what axe finds. A
 * width may show and hide elements, so each width gets all of axe, target sizes included; the dark gets the rules about colour.
 */
export async function checkPage(
  context: BrowserContext,
  site: string,
  path: string,
  depth: Depth = "light and dark",
): Promise<string[]> {
  const faults: string[] = [];
  let setting = "loading";
  const fault = (what: string) => faults.push(`${path} (${setting}): ${what}`);
  const page = await context.newPage();
  watch(page, new URL(site).origin, fault);
  const set = async (width: number, scheme: Scheme) => {
    setting = `${width} px, ${scheme}`;
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await settle(page);
  };
  const measure = async () => {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) fault(`is ${over} px wider than the window`);
  };
  const ask = async (scheme: Scheme) => {
    for (const one of await runAxe(page, scheme)) fault(`axe ${one}`);
  };
  await page.setViewportSize({ width: phone, height: 900 });
  await page.goto(site + path, { waitUntil: "load" });
  const policy = await page.evaluate(() =>
    document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute("content"),
  );
  if (!policy?.startsWith("default-src 'none'")) fault("has no strict policy");
  for (const width of [phone, desktop]) {
    await set(width, "light");
    await measure();
    for (const one of await checkLooks(page)) fault(one);
  }
  if (depth !== "looks") {
    await page.evaluate(source);
    await page.locator(moreRows).evaluateAll((rows) => {
      for (const row of rows) row.remove();
    });
    await ask("light");
    for (const width of depth === "light" ? [] : [desktop, phone]) {
      await set(width, "dark");
      await measure();
      await ask("dark");
    }
    await set(phone, "light");
    await ask("light");
  }
  await page.close();
  return faults;
}

function watch(page: Page, origin: string, fault: (what: string) => void): void {
  page.on("console", (message) => {
    // The live demo's server is not there; the browser reports each attempt.
    if (message.type() === "error" && !/404|WebSocket/.test(message.text())) fault(message.text());
  });
  page.on("pageerror", (error) => fault(error.message));
  page.on("dialog", (dialog) => {
    fault(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const local = url.origin === origin || url.protocol === "data:" || url.protocol === "blob:";
    if (!local) fault(`third-party request to ${url.href}`);
  });
}

/** Until a demo that is in sight has found out that no server answers, and what was just set has been drawn. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("sprintcast-live")].every((demo) => {
      const { top, bottom } = demo.getBoundingClientRect();
      const isSeen = bottom >= 0 && top <= innerHeight;
      return !isSeen || /live|replay|offline/.test(demo.getAttribute("status") ?? "");
    }),
  );
  await page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    await frame();
    await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})));
    await frame();
  });
}

function runAxe(page: Page, scheme: Scheme): Promise<string[]> {
  const options: axe.RunOptions = {
    resultTypes: ["violations"],
    ...(scheme === "dark"
      ? { runOnly: { type: "rule", values: colourRules } }
      : { rules: { "target-size": { enabled: true } } }),
  };
  return page.evaluate(async (how) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, how);
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} (${nodes.length} nodes)`,
    );
  }, options);
}
