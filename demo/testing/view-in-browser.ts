import getPort from "get-port";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { bundleView } from "./bundle-view.ts";
import { launchBrowser } from "./launch-browser.ts";

export interface ViewInBrowser {
  /** Where the bundled view lies. */
  folder: string;
  browser: Browser;
  /** A port on which nothing listens. */
  nobody: number;
}

/** The bundled view and a browser, there while the tests of a file run. */
export function viewInBrowser(): ViewInBrowser {
  let bundle: Awaited<ReturnType<typeof bundleView>>;
  let browser: Browser;
  let nobody: number;
  beforeAll(async () => {
    [bundle, browser, nobody] = await Promise.all([
      bundleView(),
      launchBrowser(),
      getPort({ host: "127.0.0.1" }),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await bundle?.remove();
  });
  return {
    get folder() {
      return bundle.folder;
    },
    get browser() {
      return browser;
    },
    get nobody() {
      return nobody;
    },
  };
}
