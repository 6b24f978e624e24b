import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { hasOwn, patternOf, routesIn } from "./routes.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sprintcast-routes-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

function write(...files: string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "");
  }
}

test.each([
  ["index.astro", "/"],
  ["about.astro", "/about"],
  ["sprints/index.astro", "/sprints"],
  ["sprints/[number]/figures.astro", "/sprints/[number]/figures"],
  ["rss.xml.ts", "/rss.xml"],
  ["reports/[...file].json.js", "/reports/[...file].json"],
  ["reindex.astro", "/reindex"],
  ["index/index.astro", "/index"],
  ["a.tsx.astro", "/a.tsx"],
])("%s is the page at %s", (file, pattern) => {
  expect(patternOf(file)).toBe(pattern);
});

test("every page file below a folder is one route, in one order; what is no page is none", () => {
  write("b/index.astro", "a.ts", "a/[x].astro", "types.d.ts", "a/style.css", "README.md", "b/c.js", "d.tsx");
  expect(routesIn(root)).toEqual([
    { pattern: "/a", entrypoint: join(root, "a.ts") },
    { pattern: "/a/[x]", entrypoint: join(root, "a/[x].astro") },
    { pattern: "/b", entrypoint: join(root, "b/index.astro") },
    { pattern: "/b/c", entrypoint: join(root, "b/c.js") },
  ]);
});

describe("a team has an address of its own", () => {
  const has = (pattern: string) =>
    hasOwn({ pages: join(root, "src/pages"), public: join(root, "public") }, pattern);

  test.each([
    ["src/pages/about.astro", "/about"],
    ["src/pages/about/index.mdx", "/about"],
    ["src/pages/about.html", "/about"],
    ["src/pages/index.md", "/"],
    ["src/pages/sprints/[number].astro", "/sprints/[number]"],
    ["src/pages/rss.xml.js", "/rss.xml"],
    ["public/rss.xml", "/rss.xml"],
    ["public/about", "/about"],
    ["public/index.html", "/"],
    ["public/posts/index.html", "/posts"],
    ["public/posts/index.html/index.html", "/posts/index.html"],
  ])("where it has %s, at %s and nowhere else", (file, pattern) => {
    write(file);
    expect(has(pattern)).toBe(true);
    for (const other of ["/kalm", "/about/us", "/sprints", "/live/icon.svg"]) expect(has(other)).toBe(false);
  });

  test.each([
    ["public/posts/chart.png", "/posts"],
    ["public/og/home.png", "/og"],
    ["public/index/a.txt", "/"],
    ["src/pages/posts/hello.md", "/posts"],
    ["src/pages/about.css", "/about"],
    ["src/pages/about.md.bak", "/about"],
    ["src/pages/posts/index.html/a.txt", "/posts"],
  ])("not where %s is all there is near %s", (file, pattern) => {
    write(file);
    expect(has(pattern)).toBe(false);
  });

  test("not where the project has neither pages nor public files", () => {
    for (const pattern of ["/", "/about", "/rss.xml"]) expect(has(pattern)).toBe(false);
  });
});
