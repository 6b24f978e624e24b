import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { htmlFaults } from "../testing/html-faults.ts";
import { type ServedSite, type SiteName, sharedSite } from "../testing/shared-site.ts";

const fileOf = (site: ServedSite, path: string) =>
  join(site.dir, path.endsWith("/") ? `${path}index.html` : path);

describe.each<SiteName>(["sample", "hard", "quiet", "rtl", "written", "large", "german"])(
  "the files of the %s site",
  (name) => {
    let site: ServedSite;
    beforeAll(async () => {
      site = await sharedSite(name);
    });
    afterAll(() => site?.close());

    it("are valid HTML", async () => {
      const faults: string[] = [];
      for (const path of site.pages)
        for (const fault of await htmlFaults(await readFile(fileOf(site, path), "utf8")))
          faults.push(`${path}:${fault}`);
      expect(faults.slice(0, 20)).toEqual([]);
    });

    it("hold something, each of them", async () => {
      const files = (await readdir(site.dir, { recursive: true })).map((file) => join(site.dir, file));
      const sizes = await Promise.all(files.map(async (file) => ({ file, size: (await stat(file)).size })));
      expect(sizes.filter(({ size }) => size === 0)).toEqual([]);
    });

    it("link to nothing that is not there, anchors included", async () => {
      const dead: string[] = [];
      for (const path of site.pages) {
        // The demo's address is a websocket, answered by its server or by nobody; a theme's colour is no anchor.
        const html = (await readFile(fileOf(site, path), "utf8")).replaceAll(
          /<sprintcast-live [^>]*|<meta name="theme-color" [^>]*/g,
          "",
        );
        const page = new URL(`https://team.example${site.base.replace(/\/$/, "")}${path}`);
        for (const [, target = ""] of html.matchAll(/\s(?:href|src|content)="([^"]+)"/g)) {
          if (!/^(\/|#|\.|https:\/\/team\.example)/.test(target)) continue;
          const url = new URL(target.replaceAll("&#38;", "&").replaceAll("&amp;", "&"), page);
          if (!url.pathname.startsWith(site.base)) dead.push(`${path} → ${target} leaves the base`);
          const file = fileOf(site, `/${url.pathname.slice(site.base.length)}`);
          const found = await stat(file).catch(() => null);
          if (!found?.isFile()) dead.push(`${path} → ${target}`);
          else if (
            url.hash &&
            !url.hash.startsWith("#at=") &&
            !(await readFile(file, "utf8")).includes(`id="${decodeURIComponent(url.hash.slice(1))}"`)
          )
            dead.push(`${path} → ${target} (no such anchor)`);
        }
      }
      expect(dead).toEqual([]);
    });

    it("hold no inline script, style or handler, and no third-party address that would load", async () => {
      const found: string[] = [];
      for (const path of site.pages) {
        const html = await readFile(fileOf(site, path), "utf8");
        const inline = [
          ...html.matchAll(
            /<script(?![^>]*\bsrc=)(?![^>]*application\/json)[^>]*>|<style|\sstyle="|<[^>]+\son\w+="/g,
          ),
        ];
        const foreign = [
          ...html.matchAll(
            /<(?:script|img|iframe|source|video|link rel="(?:stylesheet|preload|icon)")[^>]+(?:src|href)="(?:https?:)?\/\/[^"]+"/g,
          ),
        ];
        for (const [text] of [...inline, ...foreign]) found.push(`${path}: ${text}`);
      }
      expect(found).toEqual([]);
    });

    it("give each page a picture of 1200 × 630 and a canonical address", async () => {
      for (const path of site.pages) {
        const html = await readFile(fileOf(site, path), "utf8");
        if (html.includes('name="robots" content="noindex"')) continue;
        const canonical = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1];
        expect(canonical).toBe(`https://team.example${site.base.replace(/\/$/, "")}${path}`);
        const picture = new URL(/property="og:image" content="([^"]+)"/.exec(html)?.[1] ?? "").pathname;
        const png = await readFile(fileOf(site, `/${picture.slice(site.base.length)}`));
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
      }
    });

    it("publish every post in full in the feed, every report as JSON and CSV, sprints in the calendar", async () => {
      const feed = await readFile(join(site.dir, "rss.xml"), "utf8");
      const posts = site.pages.filter((path) => /^\/posts\/.+/.test(path));
      expect(feed.match(/<item>/g) ?? []).toHaveLength(posts.length);
      expect(feed.match(/<content:encoded>/g) ?? []).toHaveLength(posts.length);
      for (const path of posts)
        expect(feed).toContain(`https://team.example${site.base.replace(/\/$/, "")}${path}`);
      expect(feed).not.toMatch(/<script/);
      const reports = await readdir(join(site.dir, "reports"));
      const sprints = site.pages.filter((path) => /^\/sprints\/\d+\/$/.test(path));
      expect(reports.filter((file) => file.endsWith(".json"))).toHaveLength(sprints.length);
      expect(reports.filter((file) => file.endsWith(".csv"))).toHaveLength(sprints.length);
      const calendar = await readFile(join(site.dir, "calendar.ics"), "utf8");
      expect(calendar.match(/UID:sprint-/g)!.length).toBeGreaterThanOrEqual(sprints.length);
      const map = await readFile(join(site.dir, "sitemap-0.xml"), "utf8");
      for (const path of [...posts, ...sprints]) expect(map).toContain(path);
    });
  },
);
