import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildSite } from "../testing/build-site.ts";
import { siteInBrowser } from "../testing/site-in-browser.ts";
import { ownGitHub, post, writePosts } from "../testing/written-posts.ts";

const served = siteInBrowser("written");

const open = (path: string, width = 1280) => served.open(path, { viewport: { width, height: 900 } });

describe("a post with all that people write", () => {
  it("shows its pictures at their size, with room kept for them", async () => {
    const page = await open("/posts/everything/");
    const pictures = page.locator(".prose img");
    expect(await pictures.count()).toBe(2);
    for (const [index, [width, height, alt]] of (
      [
        [640, 360, "A chart of two bars"],
        [120, 40, "A logo"],
      ] as const
    ).entries()) {
      const picture = pictures.nth(index);
      await picture.scrollIntoViewIfNeeded();
      // Lazy pictures are complete once they have come; one that failed has no width of its own.
      await expect
        .poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0))
        .toBe(true);
      expect(await picture.evaluate((img: HTMLImageElement) => [img.width, img.height, img.alt])).toEqual([
        width,
        height,
        alt,
      ]);
    }
    const narrow = (await open("/posts/everything/", 390)).locator(".prose img").first();
    const { width, height } = (await narrow.boundingBox()) ?? { width: 0, height: 0 };
    expect(width).toBeLessThan(390);
    expect(width / height).toBeCloseTo(640 / 360, 1);
  });

  it("jumps to footnotes and back, to headings, and to a part of another post", async () => {
    const page = await open("/posts/everything/");
    const target = () => page.evaluate(() => document.querySelector(":target")?.textContent?.trim() ?? null);
    await page.locator("a[data-footnote-ref]").first().click();
    expect(await target()).toMatch(/^A short one/);
    await page.locator("a[data-footnote-backref]").first().click();
    expect(await target()).toBe("1");
    await page.getByText("the heading above").click();
    expect(await target()).toBe("Überschrift mit Umlaut");
    await page.getByText("the one called content").click();
    expect(await target()).toBe("Content");
    await page.getByText("its part").click();
    await page.waitForURL("**/posts/ueni-coede-spaces/#part-two");
    expect(await target()).toBe("Part two");
    await page.getByText("everything", { exact: true }).click();
    await page.waitForURL("**/posts/everything/#text-content");
  });

  it("sets a figure in an alert as it is set anywhere, and keeps words clear of the rule above them", async () => {
    const faceAt = async (path: string, selector: string) =>
      (await open(path))
        .locator(selector)
        .first()
        .evaluate((one) => `${getComputedStyle(one).fontFamily} ${getComputedStyle(one).fontSize}`);
    expect(await faceAt("/posts/everything/", ".alert [data-directive]")).toBe(
      await faceAt("/posts/01-review/", ".prose > [data-directive]"),
    );
    const air = await (await open("/posts/2026-ueber-alles/")).evaluate(() => {
      const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
      return (box(".prose > p")?.top ?? 0) - (box(".post-head")?.bottom ?? 0);
    });
    expect(air).toBeGreaterThan(16);
  });

  it("tells a heading's own address by an anchor that nobody sees before they come near", async () => {
    const page = await open("/posts/everything/");
    const anchor = page.locator("#part--parcel .anchor");
    const opacity = () => anchor.evaluate((one) => getComputedStyle(one).opacity);
    expect(await opacity()).toBe("0");
    await anchor.focus();
    expect(await opacity()).toBe("1");
    await anchor.click();
    expect(page.url()).toMatch(/#part--parcel$/);
  });

  it("colours code by class, keeping the policy, and scrolls what is wide by keyboard", async () => {
    const page = await open("/posts/everything/", 390);
    const colour = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one) => getComputedStyle(one).color);
    expect(await colour(".code-comment")).not.toBe(await colour(".code-keyword"));
    expect(await page.locator(".prose [style]").count()).toBe(0);
    for (const selector of [".prose pre", ".prose .scroll"]) {
      const wide = page.locator(selector).first();
      await wide.focus();
      await page.keyboard.press("ArrowRight");
      await expect.poll(() => wide.evaluate((one) => one.scrollLeft)).toBeGreaterThan(0);
    }
  });

  it("leaves out links to what nobody sees, and keeps drafts and what is to come off the site", async () => {
    const html = await readFile(join(served.site.dir, "posts/everything/index.html"), "utf8");
    expect(html).toContain("nothing, a draft and what comes.");
    expect(served.site.pages.filter((path) => path.startsWith("/posts/")).sort()).toEqual([
      "/posts/",
      "/posts/01-review/",
      "/posts/02-review/",
      "/posts/2026-ueber-alles/",
      "/posts/everything/",
      "/posts/ueni-coede-spaces/",
    ]);
    expect(await readFile(join(served.site.dir, "rss.xml"), "utf8")).not.toMatch(
      /secret draft words|future words/,
    );
  });

  it("leads to its authors, tags, slides and recording, and these to all of theirs", async () => {
    const page = await open("/posts/everything/");
    const head = page.locator(".post-head");
    expect(await head.getByText("Slides").getAttribute("href")).toMatch(/^\/repo\/files\/deck-\w{8}\.pdf$/);
    expect(await head.getByText("Recording").getAttribute("href")).toBe("https://video.example/42?a=1&b=2");
    expect(await head.locator("b").count()).toBe(0);
    await head.getByText("API").click();
    await page.waitForURL("**/tags/api/");
    expect(await page.locator(".post-list a").allTextContents()).toHaveLength(2);
    await page.goto(`${served.site.url}/posts/`);
    await page.getByText("Ben & <Co>").click();
    await page.waitForURL("**/authors/ben-co/");
    expect(await page.locator("h1").textContent()).toBe("Ben & <Co>");
    expect(await page.locator(".post-list a").allTextContents()).toEqual(["Everything people write"]);
    const feed = await readFile(join(served.site.dir, "rss.xml"), "utf8");
    for (const one of ["<dc:creator>Ana López</dc:creator>", "<category>API</category>"])
      expect(feed).toContain(one);
    expect(feed).toContain("<dc:creator>Ben &amp; &lt;Co&gt;</dc:creator>");
  });

  it("leads to issues and repositories at the team's own GitHub", async () => {
    const linked = async (path: string) =>
      (await open(path))
        .locator("a[href*='/example/']")
        .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    expect(await linked("/posts/everything/")).toEqual([
      `${ownGitHub}/example/fleet/issues/12`,
      `${ownGitHub}/example/other/issues/7`,
      `${ownGitHub}/example/fleet/issues/3`,
      `${ownGitHub}/example/fleet`,
    ]);
    expect(await linked("/about/")).toEqual([`${ownGitHub}/example/fleet`, `${ownGitHub}/example/fleet`]);
  });

  it("leaves nothing in the feed that XML cannot say", async () => {
    const feed = await readFile(join(served.site.dir, "rss.xml"), "utf8");
    expect(feed).toContain("Just a quotation. with a line break");
    expect(feed.replace(/[\t\n\r]/g, "")).not.toMatch(/[\p{Cc}\uFFFE\uFFFF]/u);
  });

  it("has nothing but whole addresses in the feed", async () => {
    const feed = await readFile(join(served.site.dir, "rss.xml"), "utf8");
    const addresses = [...feed.matchAll(/(?:href|src)=&quot;(.*?)&quot;/g)].map(
      ([, address = ""]) => address,
    );
    expect(addresses.length).toBeGreaterThan(20);
    expect(addresses.filter((address) => !/^https?:\/\//.test(address))).toEqual([]);
    for (const address of addresses.filter((one) => one.startsWith("https://team.example/")))
      expect(
        (await fetch(address.replace("https://team.example/repo", served.site.url))).status,
        address,
      ).toBe(200);
  });
});

it("a picture that is missing or none stops the build, with post, line and how to mend it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sprintcast-pictures-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [content, out, cache] = ["content", "dist", "cache"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writePosts(content, { "broken.md": post("Broken", "", "One\n\n![a](img/Chart.png)") });
  await expect(buildSite({ content, out, cache })).rejects.toThrow(
    /posts\/broken\.md.*line 11: the picture img\/Chart\.png is not there[\s\S]*Did you mean img\/chart\.png\?/,
  );
  await cp(join(content, "posts/slides/deck.pdf"), join(content, "posts/img/Chart.png"));
  await expect(buildSite({ content, out, cache })).rejects.toThrow(
    /line 11: the picture .* cannot be read as a picture/,
  );
  await writeFile(join(content, "posts/broken.md"), post("Mended", "", "![a](img/chart.png)"));
  await buildSite({ content, out, cache });
});

it("prints clean pages: no menu, nothing cut off, dark ink on white", async () => {
  const page = await open("/posts/everything/");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  // The width of an A4 page without its margins.
  await page.setViewportSize({ width: 688, height: 1000 });
  for (const hidden of [".masthead nav", ".colophon", ".pages", ".anchor", ".data-footnote-backref"])
    expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("main *")]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display === "block")
      .filter((one) => !one.closest(".hush"))
      .map((one) => `${one.tagName}.${one.className} ${one.scrollWidth} > ${one.clientWidth}`),
  );
  expect(cut).toEqual([]);
  const sizes = await page
    .locator(".prose img")
    .evaluateAll((all) => all.map((img) => Math.round(img.getBoundingClientRect().width)));
  expect(sizes[1]).toBe(120);
  const inks = await page.evaluate(() =>
    ["body", ".prose p"]
      .map((one) => getComputedStyle(document.querySelector(one) ?? document.body))
      .map(({ color }) => color),
  );
  expect(inks).toEqual(["rgb(23, 25, 28)", "rgb(23, 25, 28)"]);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  // What follows the pages' tree begins with /Pages; each page is a /Page.
  expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
});
