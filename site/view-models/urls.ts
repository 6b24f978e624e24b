import { type IssueInReport, type Report, repositoryOfIssue } from "sprintcast/report";

/** Paths inside the site, without the base; every page address is made here. */
export const paths = {
  home: "/",
  sprints: "/sprints/",
  sprint: (number: number) => `/sprints/${number}/`,
  team: (address: string) => `/teams/${address}/`,
  sprintFigures: (number: number) => `/sprints/${number}/figures/`,
  sprintReplay: (number: number) => `/sprints/${number}/replay.json`,
  posts: "/posts/",
  post: (slug: string) => `/posts/${slug}/`,
  tag: (slug: string) => `/tags/${slug}/`,
  author: (slug: string) => `/authors/${slug}/`,
  flow: "/flow/",
  debt: "/debt/",
  kalm: "/kalm/",
  about: "/about/",
  live: "/live/",
  search: "/search/",
  feed: "/rss.xml",
  calendar: "/calendar.ics",
  reportJson: (number: number) => `/reports/${twoDigits(number)}.json`,
  reportCsv: (number: number) => `/reports/${twoDigits(number)}.csv`,
} as const;

/** 3 → "03", as report files are named. */
export function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** Joins the site's base ("/", "/repo", "/repo/") and a path that begins with a slash. */
export function withBase(base: string, path: string): string {
  return `${base.replace(/\/+$/, "")}${path}`;
}

/** The picture of a page for link previews: /og/sprints/3.png for /sprints/3/; a page of the team's own has the home's. */
export function pictureOf(path: string): string {
  const bare = path.replace(/^\/|\/$/g, "");
  const isDrawn = bare !== "" && /^(sprints|posts|flow|debt|kalm|about|live|search)(\/|$)/.test(bare);
  return `/og/${isDrawn ? bare : "home"}.png`;
}

/** Where an issue of a report is on the team's GitHub: a path without a slash at its start. */
export function issuePath(report: Pick<Report, "repository" | "repositories">, issue: IssueInReport): string {
  return `${repositoryOfIssue(issue, report)}/issues/${issue.number}`;
}

/** Where a site is published, as Astro wants it. @param url with the base path; none: the local preview. */
export function placeOf(url: string | undefined): { site: string; base: string } {
  const { origin, pathname } = new URL(url ?? "http://localhost:4321/");
  return { site: origin, base: pathname.endsWith("/") ? pathname : `${pathname}/` };
}

/** Where a team's logo is published: /logo.svg for brand/mark.svg. */
export function logoPath(logo: string): string {
  return `/logo${/\.\w+$/.exec(logo)?.[0].toLowerCase() ?? ""}`;
}
