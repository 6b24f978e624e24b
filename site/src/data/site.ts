import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import matter from "gray-matter";
import type { Report } from "../../../tracker/core/report.ts";

export interface SiteSettings {
  title: string; tagline: string; description: string; repository: string; timeZone: string; locale: string;
  footer: string; social: { label: string; url: string }[]; subscribe: { label: string; url: string } | null;
}
export interface Post { slug: string; title: string; kind: string; date: string; sprint: number | null; body: string; file: string; lineOffset: number; summary: string; }
export interface Site { settings: SiteSettings; reports: Report[]; posts: Post[] }

let site: Promise<Site> | undefined;
export function loadSite(): Promise<Site> {
  site ??= read(process.env["SPRINTCAST_CONTENT"] ?? "content");
  return site;
}
async function read(dir: string): Promise<Site> {
  const names = await readdir(join(dir, "reports"));
  const reports = await Promise.all(names.filter((n) => n.endsWith(".json")).map(async (n) => JSON.parse(await readFile(join(dir, "reports", n), "utf8")) as Report));
  reports.sort((a, b) => a.sprint.number - b.sprint.number);
  const files = await readdir(join(dir, "posts")).catch(() => []);
  const posts = await Promise.all(files.map(async (f) => {
    const { data, content } = matter(await readFile(join(dir, "posts", f), "utf8"));
    return { slug: f.replace(/\.md$/, ""), summary: "", sprint: null, ...data, body: content, file: f, lineOffset: 0 } as unknown as Post;
  }));
  return { reports, posts, settings: { title: "Fleet reviews", tagline: "", description: "", repository: "example/fleet", timeZone: "Europe/Vienna", locale: "en-GB", footer: "", social: [], subscribe: null } };
}
