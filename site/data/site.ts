import type { Post, Settings } from "sprintcast/content";
import {
  type Content,
  createFindTarget,
  type FindTarget,
  isPublished,
  linkedFiles,
  readContent,
  requireIntact,
  settingsOfTeam,
  withTeamWords,
} from "sprintcast/content";
import { dayOf, type Flow, type Report } from "sprintcast/report";
import type { CalendarSprint } from "../view-models/calendar.ts";
import { type TimeWords, timeWords } from "../view-models/format.ts";
import { once } from "../view-models/once.ts";
import { inTime, latestReview } from "../view-models/posts.ts";
import { type TeamView, teamsOf } from "../view-models/teams.ts";
import { twoDigits } from "../view-models/urls.ts";
import { contentDir } from "./folders.ts";

export type { Post, Settings };

/** Everything the pages are made of: what the team wrote, drafts and posts to come left out, posts as they happened, reports by sprint number. */
export interface Site {
  settings: Settings;
  reports: Report[];
  /** Where the settings list several. */
  teams: TeamView[];
  /** How work flowed when it was last written down, team by team. */
  flows: Flow[];
  posts: Post[];
  sprints: (Omit<CalendarSprint, "url"> & { team?: string | undefined; reported: boolean })[];
  about: Content["about"];
  /** Where links of the texts lead. */
  find: FindTarget;
  /** Files that the texts show or link to. */
  linked: string[];
  /** Dates in the team's zone and locale. */
  words: TimeWords;
}

const built = once(readSite);

/** Read once for a build, anew for each page while developing. Throws ContentError naming the file that is wrong. */
export function loadSite(): Promise<Site> {
  return import.meta.env.DEV ? readSite() : built();
}

export function reportOf(site: Site, sprint: number | null): Report | null {
  return site.reports.find((report) => report.sprint.number === sprint) ?? null;
}

/** Dates in the zone of a report, where it is not the team's of today. */
export async function wordsFor({ sprint }: Report): Promise<TimeWords> {
  const { settings, words } = await loadSite();
  return sprint.timeZone === settings.timeZone ? words : timeWords(sprint.timeZone, settings.locale);
}

/** What the front page shows: the report of the newest review's sprint, if it has one; without such a review the last. */
export function frontReport(site: Site): Report | null {
  const sprint = latestReview(site.posts)?.sprint ?? null;
  return sprint === null ? (site.reports.at(-1) ?? null) : reportOf(site, sprint);
}

async function readSite(): Promise<Site> {
  const content = await readContent(contentDir());
  const { settings, sprints, about } = content;
  const day = (ms: number, team?: string) => dayOf(ms, settingsOfTeam(settings, team ?? null).timeZone);
  const posts = content.posts.filter((post) => isPublished(post, day(Date.now())));
  const reports = withTeamWords(content, posts, content.reports);
  // A frozen figure changes by a restatement that is shown, never in silence.
  for (const report of content.reports)
    requireIntact(`content/reports/${twoDigits(report.sprint.number)}.json`, report);
  const reported = new Set(reports.map((report) => report.sprint.number));
  return {
    settings,
    reports,
    teams: teamsOf(settings.teams, reports),
    flows: content.flows,
    about,
    find: createFindTarget(content),
    linked: [...linkedFiles(content, [...posts, ...(about === null ? [] : [about])])],
    words: timeWords(settings.timeZone, settings.locale),
    posts: inTime(posts),
    sprints: sprints.map(({ sprint: { number, team, title, goal, start, end } }) => ({
      number,
      team,
      title,
      goal,
      firstDay: day(start, team),
      lastDay: day(end - 1, team),
      reported: reported.has(number),
    })),
  };
}
