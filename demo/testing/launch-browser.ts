import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/** How long a page may take to reach a state, ms: a busy machine takes as long as it takes. */
const patience = 120_000;

/** Headless Chromium from the npm package, whose pages are waited for patiently. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    headless: true,
    // Without a locale Chromium makes up a language tag that Intl refuses.
    env: { ...process.env, LANG: "en_US.UTF-8", LC_ALL: "en_US.UTF-8" },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--no-first-run",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  browser.on("context", (context) => context.setDefaultTimeout(patience));
  return browser;
}
