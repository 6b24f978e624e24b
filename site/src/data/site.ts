import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import matter from "gray-matter";
import type { Report } from "../../../tracker/core/report.ts";
import type { Theme } from "../view/theme.ts";

export interface SiteSettings {
  title: string;
  tagline: string;
  description: string;
  repository: string;
  timeZone: string;
  locale: string;
  footer: string;
  social: { label: string; url: string }[];
  subscribe: { label: string; url: string } | null;
  theme: Theme;
  daily: { time: string; minutes: number } | null;
  liveUrl: string | null;
}
export interface Post {
  slug: string;
  title: string;
  kind: string;
  date: string;
  sprint: number | null;
  body: string;
  file: string;
  lineOffset: number;
  summary: string;
}
export interface SiteSprint {
  number: number;
  title: string;
  goal: string;
  firstDay: string;
  lastDay: string;
  reported: boolean;
}
export interface Site {
  settings: SiteSettings;
  reports: Report[];
  posts: Post[];
  sprints: SiteSprint[];
  about: Post | null;
}

let site: Promise<Site> | undefined;
export function loadSite(): Promise<Site> {
  site ??= read(process.env.SPRINTCAST_CONTENT ?? "content");
  return site;
}
export function reportOf(site: Site, sprint: number | null): Report | null {
  return site.reports.find((report) => report.sprint.number === sprint) ?? null;
}
async function read(dir: string): Promise<Site> {
  const names = await readdir(join(dir, "reports"));
  const reports = await Promise.all(
    names
      .filter((n) => n.endsWith(".json"))
      .map(async (n) => JSON.parse(await readFile(join(dir, "reports", n), "utf8")) as Report),
  );
  reports.sort((a, b) => a.sprint.number - b.sprint.number);
  const files = await readdir(join(dir, "posts")).catch(() => []);
  const posts = await Promise.all(
    files.map(async (f) => {
      const { data, content } = matter(await readFile(join(dir, "posts", f), "utf8"));
      return {
        slug: f.replace(/\.md$/, ""),
        summary: "",
        sprint: null,
        ...data,
        date: data.date.toISOString().slice(0, 10),
        body: content,
        file: f,
        lineOffset: 0,
      } as unknown as Post;
    }),
  );
  return {
    reports,
    posts,
    about: null,
    sprints: reports.map((r) => ({ ...r.sprint, reported: true })),
    settings: {
      title: "Fleet reviews",
      tagline: "A team and its sprints",
      description: "",
      repository: "example/fleet",
      timeZone: "Europe/Vienna",
      locale: "en-GB",
      footer: "",
      social: [],
      subscribe: null,
      theme: {},
      daily: { time: "09:15", minutes: 15 },
      liveUrl: null,
    },
  };
}
