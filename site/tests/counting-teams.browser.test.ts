import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { countingTeams } from "sprintcast/testing";
import { expect, it, onTestFinished } from "vitest";
import { launchBrowser } from "../testing/browser.ts";
import { buildSite } from "../testing/build-site.ts";
import { checkPage } from "../testing/check-page.ts";
import { serveFolder } from "../testing/serve.ts";

it("has a page for the sprint 1 of each team, and leads on from the address that could be any", async () => {
  const team = await countingTeams();
  expect(await team.call("freeze")).toMatchObject({ code: 0 });
  team.write(
    "posts/links.md",
    "---\ntitle: Links\nkind: note\nteam: Infra\nsprint: 2\ndate: 2026-03-10\n---\n\n[a](../sprints/api/02.md) [b](/teams/infra/sprints/3/) [c](/teams/infra/sprints/4/) [d](/sprints/1/)\n",
  );
  const [content, out, cache] = ["content", "dist", "cache"].map((name) => join(team.folder, name));
  await buildSite({ content: content ?? "", out: out ?? "", cache: cache ?? "" });
  const file = (path: string) => readFile(join(team.folder, "dist", path), "utf8");
  const html = (path: string) => file(`${path}/index.html`);

  for (const [address, name] of [
    ["api", "API"],
    ["web-shop", "Web shop"],
    ["infra", "Infra"],
  ] as const)
    for (const number of [1, 2, 3]) {
      const page = `teams/${address}/sprints/${number}`;
      expect(await html(page)).toContain(`<h1>${name} ${number}</h1>`);
      expect(await html(page)).toContain(`data-replay="/${page}/replay.json"`);
      expect(JSON.parse(await file(`reports/${address}/0${number}.json`)).sprint).toMatchObject({
        number,
        team: name,
      });
      expect(await file(`reports/${address}/0${number}.csv`)).toContain(`,${name}\n`);
      expect(JSON.parse(await file(`${page}/replay.json`)).roles).toBeDefined();
      // The old address leads to all that have the number.
      expect(await html(`sprints/${number}`)).toContain(`href="/${page}/"`);
    }
  // Before and after are those of the team; its reviews are its own.
  const second = await html("teams/api/sprints/2");
  expect(second).toMatch(/href="\/teams\/api\/sprints\/1\/"[\s\S]*href="\/teams\/api\/sprints\/3\/"/);
  expect(second).toContain("API looks back at 2");
  expect(second).not.toContain("/teams/infra/sprints/");
  expect(await html("teams/api")).toContain("API looks back at 1");
  expect(await html("teams/api")).not.toContain("Infra looks back");
  // A review shows its own team's figures.
  expect(await html("posts/web-shop-01-review")).toContain('href="/teams/web-shop/sprints/1/"');
  const kalm = await html("kalm");
  expect(kalm).toContain("sprint 1 (Web shop)");
  expect(kalm).toContain('href="/teams/web-shop/sprints/1/"');
  const links = await html("posts/links");
  expect(links).toContain('<a href="/teams/api/sprints/2/">a</a>');
  expect(links).toContain('<a href="/teams/infra/sprints/3/">b</a>');
  expect(links).not.toContain(">c</a>");
  expect(links).toContain('<a href="/sprints/1/">d</a>');
  const calendar = await file("calendar.ics");
  expect(new Set(calendar.match(/^UID:.*$/gm)).size).toBe(9);
  expect(calendar).toContain("/teams/infra/sprints/3/");
  // Newest first over all teams, by day.
  const rows = [...(await html("sprints")).matchAll(/<h3><a href="(\/teams\/[^"]+)"/g)].map(
    ([, path]) => path,
  );
  expect(rows.slice(0, 2)).toEqual(["/teams/web-shop/sprints/3/", "/teams/api/sprints/3/"]);
  expect(rows).toHaveLength(9);

  const [site, browser] = await Promise.all([serveFolder(join(team.folder, "dist")), launchBrowser()]);
  onTestFinished(async () => {
    await browser.close();
    await site.close();
  });
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB" });
  for (const path of ["/", "/teams/web-shop/", "/sprints/1/", "/sprints/", "/debt/", "/kalm/"])
    expect(await checkPage(context, site.url, path, "light")).toEqual([]);
  // A sprint's name stands right above its days, at whatever level of headings, and no row draws an empty chart.
  const page = await context.newPage();
  await page.goto(`${site.url}/`);
  const seen = await page.locator(".sprint-row").evaluateAll((rows) =>
    rows.map((row) => {
      const [heading, days] = [row.querySelector("h3, h4"), row.querySelector("p")];
      const apart =
        Number(days?.getBoundingClientRect().top) - Number(heading?.getBoundingClientRect().bottom);
      return {
        apart,
        isEmpty: /no tasks/.test(row.textContent ?? ""),
        charts: row.querySelectorAll("svg").length,
      };
    }),
  );
  expect(seen.map(({ isEmpty }) => isEmpty)).toContain(true);
  for (const { apart, isEmpty, charts } of seen) {
    expect(apart).toBeLessThan(8);
    expect(charts).toBe(isEmpty ? 0 : 1);
  }
  // The name of the team whose rows they are is not repeated in each.
  expect(await page.locator("#teams .sprint-row .quiet").first().textContent()).not.toContain("API");
  expect(await page.locator("#sprints .sprint-row .quiet").first().textContent()).toContain("Web shop");
  // Without a summary of the review the goal is not said twice.
  expect(await page.locator(".front").getByText("Go on").count()).toBe(1);
}, 240_000);
