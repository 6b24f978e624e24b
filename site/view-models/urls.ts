import { sprintPage, sprintPlace } from "sprintcast/content";
import { type IssueInReport, type Report, repositoryOfIssue } from "sprintcast/report";

/** Paths inside the site, without the base; every page address is made here. */
export const paths = {
  home: "/",
  sprints: "/sprints/",
  team: (address: string) => `/teams/${address}/`,
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
} as const;

/** A sprint as reports and sprint files name it. */
export interface NamedSprint {
  number: number;
  team?: string | undefined;
}

/** Where the pages and files of a sprint are. */
export interface SprintPaths {
  /** Whether teams count their own sprints, so that a number alone means several. */
  isShared: boolean;
  page(sprint: NamedSprint): string;
  figures(sprint: NamedSprint): string;
  replay(sprint: NamedSprint): string;
  json(sprint: NamedSprint): string;
  csv(sprint: NamedSprint): string;
  /** Its number, and where that could be another team's, whose it is: 3, 3 (api). */
  label(sprint: NamedSprint): string;
}

/** `reportPlace`: path of a kept report below reports/, without its ending. */
export function sprintPathsOf(
  isShared: boolean,
  reportPlace: (sprint: NamedSprint) => string | undefined,
): SprintPaths {
  const page = (sprint: NamedSprint) => sprintPage(sprint, isShared);
  const file = (sprint: NamedSprint) => `/reports/${reportPlace(sprint) ?? sprintPlace(sprint, isShared)}`;
  return {
    isShared,
    page,
    figures: (sprint) => `${page(sprint)}figures/`,
    replay: (sprint) => `${page(sprint)}replay.json`,
    json: (sprint) => `${file(sprint)}.json`,
    csv: (sprint) => `${file(sprint)}.csv`,
    label: ({ number, team }) => (isShared && team !== undefined ? `${number} (${team})` : String(number)),
  };
}

/** Joins the site's base ("/", "/repo", "/repo/") and a path that begins with a slash. */
export function withBase(base: string, path: string): string {
  return `${base.replace(/\/+$/, "")}${path}`;
}

/** The picture of a page for link previews: /og/sprints/3.png for /sprints/3/; a page of the team's own has the home's. */
export function pictureOf(path: string): string {
  const bare = path.replace(/^\/|\/$/g, "");
  const isDrawn =
    bare !== "" && /^(sprints|teams\/[^/]+\/sprints|posts|flow|debt|kalm|about|live|search)(\/|$)/.test(bare);
  return `/og/${isDrawn ? bare : "home"}.png`;
}

/** Where an issue of a report is on the team's GitHub: a path without a slash at its start. */
export function issuePath(report: Pick<Report, "repository" | "repositories">, issue: IssueInReport): string {
  return `${repositoryOfIssue(issue, report)}/issues/${issue.number}`;
}

/** Stands for an address that nobody has named: that of the local preview. */
export const nowhere = "http://localhost:4321";

/** Where a site is published, as Astro wants it. @param url with the base path; none: the local preview. */
export function placeOf(url: string | undefined): { site: string; base: string } {
  const { origin, pathname } = new URL(url ?? nowhere);
  return { site: origin, base: pathname.endsWith("/") ? pathname : `${pathname}/` };
}

/** Where a team's logo is published: /logo.svg for brand/mark.svg. */
export function logoPath(logo: string): string {
  return `/logo${/\.\w+$/.exec(logo)?.[0].toLowerCase() ?? ""}`;
}
