import { globSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { entries, fileOf, isLeftOut } from "./entries.ts";

const site = join(import.meta.dirname, "../..");
const rooms = "{components,data,layouts,og,pages,prose,view-models}/**/*.{ts,astro}";

/** What is not worth a place in the bundle: small, our other package's, or made by the bundler itself. */
const apart = /^(?:virtual:|@sprintcast\/demo\/|.*\?(?:url|raw)$|.*\.css$)/;

/** What the pages' modules load of packages while a site is built: no types, no tests, and no client scripts. */
function importedByPages(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of globSync(rooms, { cwd: site })) {
    if (file.endsWith(".test.ts")) continue;
    const text = readFileSync(join(site, file), "utf8").replace(/<script>[\s\S]*?<\/script>/g, "");
    for (const [, what = "", id = ""] of text.matchAll(/^import\b([^"]*?)(?:\bfrom )?"([^"]+)";/gm))
      if (!/^[./]/.test(id) && !/^\s+type\b/.test(what)) found.set(id, file);
  }
  return found;
}

test("what the pages load of a package is in the bundle, or left to Astro on purpose", () => {
  const imported = importedByPages();
  const missing = [...imported].filter(
    ([id]) => !entries.includes(id) && !isLeftOut.test(id) && !isBuiltin(id) && !apart.test(id),
  );
  expect(missing).toEqual([]);
  expect(entries.filter((id) => !imported.has(id))).toEqual([]);
});

describe("a file of the bundle", () => {
  test("is one for each entry, flat, and of a name that every system takes", () => {
    const files = entries.map(fileOf);
    expect(new Set(files).size).toBe(entries.length);
    for (const file of files) expect(file).toMatch(/^[a-z0-9-]+$/);
  });

  test.each([
    ["d3-scale", "d3-scale"],
    ["@astrojs/rss", "astrojs-rss"],
    ["sprintcast/report", "sprintcast-report"],
    ["a/b/c", "a-b-c"],
  ])("of %s is called %s", (id, file) => {
    expect(fileOf(id)).toBe(file);
  });
});

describe("left out of the bundle", () => {
  test.each([
    "astro",
    "astro/runtime",
    "zod",
    "zod/v4",
    "@resvg/resvg-js",
    "satori",
    "pagefind",
    "shiki/core",
  ])("is %s", (id) => {
    expect(isLeftOut.test(id)).toBe(true);
    expect(entries).not.toContain(id);
  });

  test.each(["@astrojs/rss", "astronomy", "zodiac", "satori-html", "shikimori", "remark", "my/zod"])(
    "is not %s",
    (id) => {
      expect(isLeftOut.test(id)).toBe(false);
    },
  );
});
