import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServedSite, sharedSite } from "../testing/shared-site.ts";

let site: ServedSite;
beforeAll(async () => {
  site = await sharedSite("quiet");
});
afterAll(() => site?.close());

const textOf = (path: string) => readFile(join(site.dir, path), "utf8");

describe("a team that has set up no live demo", () => {
  it("has no page, link, script or word of one", async () => {
    expect(site.pages.filter((path) => path.startsWith("/live"))).toEqual([]);
    expect(await readdir(site.dir)).not.toContain("live");
    for (const path of site.pages) {
      const html = await textOf(path === "/404.html" ? path : `${path}index.html`);
      expect(html.match(/.{0,40}(?<!aria-)\blive\b.{0,40}/gi) ?? [], path).toEqual([]);
    }
  });
});
