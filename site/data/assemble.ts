import { join, relative, sep } from "node:path";
import {
  type Content,
  createFindTarget,
  type FindTarget,
  isPublished,
  linkedFiles,
  numbersAreShared,
  openBudgets,
  type Post,
  reportedSprint,
  requireIntact,
  type Settings,
  settingsOfTeam,
  withTeamWords,
} from "sprintcast/content";
import { dayOf, type Flow, type Report, sprintName } from "sprintcast/report";
import { wordsOf } from "sprintcast/words";
import type { CalendarSprint } from "../view-models/calendar.ts";
import { type PageWords, pageWords } from "../view-models/format.ts";
import { flowWithLaneNames, withLaneNames } from "../view-models/lane-names.ts";
import { inTime } from "../view-models/posts.ts";
import { type TeamView, teamsOf } from "../view-models/teams.ts";
import { type NamedSprint, type SprintPaths, sprintPathsOf } from "../view-models/urls.ts";

/** Everything the pages are made of: what the team wrote, drafts and posts to come left out, posts as they happened, reports by sprint number. */
export interface Site {
  settings: Settings;
  sprintPaths: SprintPaths;
  reports: Report[];
  /** The same reports as they are handed on, with lanes called as they are in the files. */
  published: Report[];
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
  /** What the pages speak; dates are in the team's zone. */
  words: PageWords;
}

/**
 * What a content folder holds as the site shows it at `now`, epoch milliseconds.
 * @throws ContentError naming the frozen report that was changed by hand, or the bill that cannot be read
 */
export async function assembleSite(content: Content, now: number): Promise<Site> {
  const { settings, sprints, about } = content;
  const day = (ms: number, team?: string) => dayOf(ms, settingsOfTeam(settings, team ?? null).timeZone);
  const posts = content.posts.filter((post) => isPublished(post, day(now)));
  const published = withTeamWords(content, posts, content.reports).map(await openBudgets(content));
  const words = wordsOf(settings.locale, settings.texts);
  const reports = published.map((report) => withLaneNames(report, words));
  // A frozen figure changes by a restatement that is shown, never in silence.
  for (const report of content.reports)
    requireIntact(content.reportFiles.get(reportedSprint(report, content)) ?? "content/reports", report);
  const reported = new Set(reports.map(({ sprint }) => sprintName(sprint)));
  const isShared = numbersAreShared(content);
  return {
    settings,
    sprintPaths: sprintPathsOf(isShared, (sprint) => placeOf(sprint, content)),
    reports,
    published,
    teams: teamsOf(settings.teams, reports),
    flows: content.flows.map((flow) => flowWithLaneNames(flow, words)),
    about,
    find: createFindTarget(content),
    linked: [...linkedFiles(content, [...posts, ...(about === null ? [] : [about])])],
    words: pageWords(words, settings.timeZone),
    posts: inTime(posts),
    sprints: sprints.map(({ sprint: { number, team, title, goal, start, end } }) => ({
      number,
      team,
      title,
      goal,
      firstDay: day(start, team),
      lastDay: day(end - 1, team),
      reported: reported.has(sprintName({ number, ...(team === undefined ? {} : { team }) })),
    })),
  };
}

/** A report keeps the address that its file says. */
function placeOf({ number, team }: NamedSprint, { dir, reportFiles }: Content): string | undefined {
  const file = reportFiles.get(sprintName({ number, ...(team === undefined ? {} : { team }) }));
  if (file === undefined) return undefined;
  return relative(join(dir, "reports"), file)
    .split(sep)
    .join("/")
    .replace(/\.json$/, "");
}
