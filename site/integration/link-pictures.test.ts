import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readContent } from "sprintcast/content";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { assembleSite, type Site } from "../data/assemble.ts";
import { pictureFile } from "../og/draw-image.ts";
import { picturesOf } from "../og/og-images.ts";
import { makeContent } from "../testing/make-content.ts";
import { linkPictures } from "./link-pictures.ts";

let root: string;
let cache: string;
let dist: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sprintcast-pictures-"));
  [cache, dist] = [join(root, "cache"), join(root, "dist")];
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

async function siteOf(): Promise<Site> {
  await makeContent(join(root, "content"), { sprints: 1, cards: 3 });
  return assembleSite(await readContent(join(root, "content")), Date.parse("2031-01-01T00:00:00Z"));
}

/** A cache that has all pictures but those at `missing`; each holds its own path instead of a drawing. */
function fill(site: Site, missing: string[] = []): void {
  mkdirSync(cache);
  for (const { path, picture } of picturesOf(site))
    if (!missing.includes(path)) writeFileSync(pictureFile(picture, cache), path);
}

test("every picture is put at the address that its page names", async () => {
  const site = await siteOf();
  fill(site);
  const pictures = linkPictures(cache);
  pictures.start(site);
  await pictures.addTo(dist);
  const files = readdirSync(join(dist, "og"), { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => file.endsWith(".png")).sort()).toEqual(
    picturesOf(site)
      .map(({ path }) => `${path}.png`)
      .sort(),
  );
  for (const path of ["home", "sprints/1", "posts/01-review", "live"])
    expect(readFileSync(join(dist, "og", `${path}.png`), "utf8")).toBe(path);
});

test("one that is not kept is drawn, as a PNG of the size that pages say", async () => {
  const site = await siteOf();
  fill(site, ["about"]);
  const pictures = linkPictures(cache);
  pictures.start(site);
  await pictures.addTo(dist);
  const png = readFileSync(join(dist, "og/about.png"));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
});

test("where none was begun there is none, and no folder for them", async () => {
  await linkPictures(cache).addTo(dist);
  expect(readdirSync(root)).toEqual([]);
});

test("one that cannot be drawn stops the build when it is wanted, and disturbs nobody before", async () => {
  const site = await siteOf();
  mkdirSync(dirname(cache), { recursive: true });
  writeFileSync(cache, "a file where the cache should be");
  const pictures = linkPictures(cache);
  pictures.start(site);
  await expect(pictures.addTo(dist)).rejects.toThrow(/ENOTDIR|EEXIST/);
});
