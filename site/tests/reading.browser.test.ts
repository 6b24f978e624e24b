import type { BrowserContextOptions } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { siteInBrowser } from "../testing/site-in-browser.ts";

const served = siteInBrowser("hard");
const { open } = served;
const phone = { viewport: { width: 390, height: 844 } };

it("wears the team's colours, in both schemes", async () => {
  for (const [colorScheme, colour] of [
    ["light", "rgb(122, 47, 176)"],
    ["dark", "rgb(207, 155, 242)"],
  ] as const)
    for (const path of ["/", "/live/"]) {
      const page = await open(path, { colorScheme });
      const accent = await page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement("i"));
        probe.className = "probe";
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(".probe { color: var(--accent) }");
        document.adoptedStyleSheets.push(sheet);
        return getComputedStyle(probe).color;
      });
      expect(accent, `${path} ${colorScheme}`).toBe(colour);
    }
});

describe("a report that later history contradicts", () => {
  it.each([
    ["/", ".glance .restated-mark"],
    ["/", ".sprint-row:first-child .restated-mark"],
    ["/sprints/", ".sprint-row:first-child .restated-mark"],
    ["/debt/", "tr:last-child .restated-mark"],
  ])("is marked on %s, with a way to what changed (%s)", async (path, selector) => {
    const page = await open(path);
    expect(await page.locator(".sprint-row .restated-mark, td .restated-mark").count()).toBeLessThan(2);
    await page.locator(selector).click();
    await page.waitForURL("**/sprints/3/#restated");
    expect(await page.locator("#restated").textContent()).toContain("completed");
  });

  it("is marked where a post shows its figures, and nowhere else", async () => {
    const page = await open("/posts/03-review/");
    expect(await page.locator("#restated").count()).toBe(1);
    await page.goto(`${served.site.url}/posts/02-review/`);
    expect(await page.locator("#restated").count()).toBe(0);
    const feed = await (await fetch(`${served.site.url}/rss.xml`)).text();
    expect(feed.split("Restated.")).toHaveLength(2);
  });
});

describe("without a script", () => {
  it("reads a whole review: words, boards, figures and their explanations", async () => {
    const page = await open("/posts/02-review/", { javaScriptEnabled: false });
    expect(await page.locator("h1").textContent()).toBe("Review of sprint 2");
    const directives = await page
      .locator("[data-directive]")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-directive")));
    expect(directives.join(" ")).toBe("board effort burndown board unexpected debt kalm budget demo video");
    expect(await page.locator(".board .deck > li").count()).toBeGreaterThan(60);
    const figure = page.locator('.figure[data-key="committed"]').first();
    await figure.locator("summary").click();
    expect(await figure.locator(".why li").first().isVisible()).toBe(true);
    expect(await figure.locator(".why li").count()).toBe(12);
    await figure.getByRole("link", { name: /^All \d+$/ }).click();
    expect(new URL(page.url()).pathname).toBe("/repo/sprints/2/figures/");
    expect(await page.locator("#committed .why li").count()).toBeGreaterThan(25);
  });

  it("lists every event of the sprint, and leaves out the player that could not work", async () => {
    const page = await open("/sprints/2/", { javaScriptEnabled: false });
    expect(await page.locator("[data-log] > li").count()).toBeGreaterThan(50);
    expect(await page.locator("[data-player]").isVisible()).toBe(false);
  });

  it.each([
    ["a phone", phone],
    ["a desktop", {}],
  ])("switches between start and end board on %s", async (_, size) => {
    const page = await open("/sprints/2/", { ...size, javaScriptEnabled: false });
    const [start, end] = [page.locator("#board-start"), page.locator("#board-end")];
    expect([await start.isVisible(), await end.isVisible()]).toEqual([false, true]);
    await page.getByRole("radio", { name: "Start" }).check();
    expect([await start.isVisible(), await end.isVisible()]).toEqual([true, false]);
  });

  it.each(["/sprints/2/", "/posts/02-review/"])(
    "lays lanes side by side at desktop width, and on a phone below each other (%s)",
    async (path) => {
      const places = async (size: BrowserContextOptions) => {
        const page = await open(path, { ...size, javaScriptEnabled: false });
        return page
          .locator(".board:visible .lane")
          .evaluateAll((all) =>
            all.map((lane) => lane.getBoundingClientRect()).map(({ x, y }) => ({ x, y })),
          );
      };
      const wide = await places({});
      expect(wide.length).toBeGreaterThan(3);
      const [first, second] = wide;
      expect(second?.y).toBe(first?.y);
      expect(second!.x).toBeGreaterThan(first!.x + 100);
      const narrow = await places(phone);
      expect(new Set(narrow.map(({ x }) => x)).size).toBe(1);
      expect(narrow.every(({ y }, index) => index === 0 || y > narrow[index - 1]!.y)).toBe(true);
    },
  );

  it("shows each card of a board with its whole title, size, people and marks", async () => {
    const page = await open("/sprints/2/");
    const report = await (await fetch(`${served.site.url}/reports/02.json`)).json();
    const lanes = report.boards.end.lanes.filter(({ role }: { role: string }) => role === "done");
    const [card] = lanes[0].cards.filter(({ assignees }: { assignees: string[] }) => assignees.length > 0);
    const shown = page.locator("#board-end .deck > li", { hasText: `#${card.number}` }).first();
    expect(await shown.locator(":scope > div").textContent()).toContain(card.title);
    const [cut, inner] = await shown
      .locator(":scope > div")
      .evaluate((title) => [title.scrollWidth - title.clientWidth, title.scrollHeight - title.clientHeight]);
    expect([cut, inner]).toEqual([0, 0]);
    expect(await shown.locator("abbr").first().getAttribute("title")).toBe(card.assignees[0]);
    expect(await page.locator("#board-end .m-unexpected").count()).toBe(report.unexpected.length);
  });
});

describe("search", () => {
  it("finds a task by words of its title", async () => {
    const page = await open("/search/");
    await page.getByLabel("Tasks, goals, posts").fill("invented review");
    await page.locator("[data-results] li").first().waitFor();
    expect(await page.locator("[data-results] a").first().getAttribute("href")).toMatch(/^\/repo\//);
    await page.getByLabel("Tasks, goals, posts").fill("telling the whole story");
    await expect.poll(() => page.locator("[data-results] a").allTextContents()).toContain("Sprint 2");
    expect(new URL(page.url()).searchParams.get("q")).toBe("telling the whole story");
    await page.reload();
    await page.locator("[data-results] li").first().waitFor();
  });

  it("says so when nothing is found", async () => {
    const page = await open("/search/?q=zzzzqqqq");
    await expect.poll(() => page.locator("[data-status]").textContent()).toMatch(/Nothing found/);
  });
});

describe("video", () => {
  it("asks no third party for anything before the click, and the player after it", async () => {
    const context = await served.browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const foreign: string[] = [];
    await context.route(/youtube/, (route) => {
      foreign.push(route.request().url());
      return route.fulfill({ contentType: "text/html", body: "<title>player</title>" });
    });
    await page.goto(`${served.site.url}/posts/02-review/`, { waitUntil: "networkidle" });
    await page.locator("[data-video]").scrollIntoViewIfNeeded();
    await page.waitForLoadState("networkidle");
    expect(foreign).toEqual([]);
    await page.locator("[data-video] a").click();
    await page.locator("[data-video] iframe").waitFor();
    await expect.poll(() => foreign[0]).toMatch(/^https:\/\/www\.youtube-nocookie\.com\/embed\/dQw4w9WgXcQ/);
    expect(new URL(page.url()).host).not.toContain("youtube");
  });
});

describe("print", () => {
  it("splits no card over two sheets and prints both boards", async () => {
    const page = await open("/sprints/2/", phone);
    await page.emulateMedia({ media: "print" });
    const breaks = await page
      .locator(".deck > li, .kalm > div, tr")
      .evaluateAll((all) => [...new Set(all.map((one) => getComputedStyle(one).breakInside))]);
    expect(breaks).toEqual(["avoid"]);
    expect(await page.locator("#board-start").isVisible()).toBe(true);
    expect(await page.locator("#board-end").isVisible()).toBe(true);
    expect(await page.locator(".masthead nav").isVisible()).toBe(false);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
  });
});

it("helps on an address that does not exist", async () => {
  const page = await open("/sprints/99/");
  expect(await page.locator("h1").textContent()).toMatch(/not found/);
  await page.getByRole("link", { name: /All sprints/ }).click();
  expect(new URL(page.url()).pathname).toBe("/repo/sprints/");
});
