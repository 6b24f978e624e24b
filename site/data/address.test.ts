import { afterEach, expect, it, vi } from "vitest";
import { placeOf } from "../view-models/urls.ts";
import { absolute, href, isPlaced } from "./address.ts";

afterEach(() => vi.unstubAllEnvs());

function publishedAt(site: string, base: string): void {
  vi.stubEnv("SITE", site);
  vi.stubEnv("BASE_URL", base);
}

it.each([
  ["https://team.example", "/", "/sprints/3/", "/sprints/3/"],
  ["https://team.example", "/repo", "/sprints/3/", "/repo/sprints/3/"],
  ["https://team.example", "/repo/", "/", "/repo/"],
  ["https://team.example:8443", "/a/b/", "/rss.xml", "/a/b/rss.xml"],
  ["http://localhost:4321", "/", "/og/home.png", "/og/home.png"],
])("on %s below %s the path %s is linked as %s, and in full on that host", (site, base, path, expected) => {
  publishedAt(site, base);
  expect(href(path)).toBe(expected);
  expect(absolute(path)).toBe(site + expected);
});

it("in full, an address is one that every reader of a feed takes, whatever a post's file is called", () => {
  publishedAt("https://team.example", "/repo/");
  expect(absolute("/posts/über-uns/")).toBe("https://team.example/repo/posts/%C3%BCber-uns/");
  expect(absolute("/posts/a b/")).toBe("https://team.example/repo/posts/a%20b/");
});

it("no path of a site leads to another host", () => {
  publishedAt("https://team.example", "/");
  expect(new URL(absolute("/posts/..//evil.example/")).host).toBe("team.example");
});

it("an address that nobody has named is none to tell", () => {
  const { site, base } = placeOf(undefined);
  publishedAt(site, base);
  expect(isPlaced()).toBe(false);
  publishedAt("http://localhost:8080", "/");
  expect(isPlaced()).toBe(true);
});
