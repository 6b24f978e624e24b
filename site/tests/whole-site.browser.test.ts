import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { buildSite } from "../testing/build-site.ts";
import { makeContent } from "../testing/make-content.ts";

/** How many built files there are. */
const countOf = (dir: string): number => readdirSync(dir, { recursive: true }).length;

it("a build that fails leaves the former site whole, and nothing else behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-whole-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [content, out, cache] = [join(folder, "content"), join(folder, "dist"), join(folder, "cache")];
  await makeContent(content, { sprints: 1, cards: 3 });
  await buildSite({ content, out, cache });
  const whole = countOf(out);
  const front = readFileSync(join(out, "index.html"), "utf8");
  expect(existsSync(join(out, "pagefind/pagefind-entry.json"))).toBe(true);

  // The one is found before any page is written, the other in the midst of them.
  const review = readFileSync(join(content, "posts/01-review.md"), "utf8");
  for (const [broken, named] of [
    [review.replace("kind: review", "kind: nothing"), "kind"],
    [`${review}\n::burndwon\n`, "burndwon"],
  ] as const) {
    writeFileSync(join(content, "posts/01-review.md"), broken);
    await expect(buildSite({ content, out, cache })).rejects.toThrow(named);
    expect(countOf(out)).toBe(whole);
    expect(readFileSync(join(out, "index.html"), "utf8")).toBe(front);
  }
  expect(readdirSync(join(cache, "building"))).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual(["cache", "content", "dist"]);
}, 240_000);
