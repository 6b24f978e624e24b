import type { Report } from "../core/model/report.ts";
import { type Repositories, repositoriesOf } from "../core/model/repositories.ts";
import { type Sprint, sprintName } from "../core/model/sprint.ts";
import { asNamedIn, withRefs } from "../core/report/issue-refs.ts";
import { kalmFromReports } from "../core/report/kalm.ts";
import { type KalmText, readKalm } from "../core/report/parse-kalm.ts";
import { reportedSprint } from "./kept-reports.ts";
import type { Post } from "./parse.ts";
import { sectionsOf } from "./post-sections.ts";
import { sprintOfPost } from "./post-team.ts";
import type { Content } from "./read.ts";

/** What the reviews of a sprint promise and answer, all of them together. */
export function reviewText(
  posts: readonly Post[],
  sprint: Pick<Sprint, "number" | "team">,
  repositories: Repositories,
): KalmText {
  const texts = posts
    .filter((post) => post.kind === "review" && sprintOfPost(post) === sprintName(sprint))
    .map((post) => readKalm(sectionsOf(post), repositories));
  return {
    promises: texts.flatMap((text) => text.promises),
    answers: texts.flatMap((text) => text.answers),
  };
}

/**
 * The reports with what the team says today: promises and answers from `posts`, and from each sprint's file whether the
 * goal was met. A review is written after its sprint was frozen, so that no frozen file can hold its words; the figures
 * stay those of the file. A report of a sprint that has no file keeps its own verdict.
 */
export function withTeamWords(
  content: Pick<Content, "sprints" | "settings">,
  posts: readonly Post[],
  reports: readonly Report[],
): Report[] {
  const { sprints, settings } = content;
  const repositories = repositoriesOf(settings.repositories);
  const described = new Map(sprints.map(({ sprint }) => [sprintName(sprint), sprint]));
  const named = reports.map((report) => ({ name: reportedSprint(report, content), report }));
  const inOrder = [
    ...sprints.map(({ sprint }) => sprint),
    ...named
      .filter(({ name }) => !described.has(name))
      .map(({ report: { sprint } }) => ({ ...sprint, start: Date.parse(sprint.start) })),
  ].sort((a, b) => a.start - b.start);
  // A team answers its own promises.
  const kalm = new Map(
    [...Map.groupBy(inOrder, ({ team }) => team).values()].flatMap((own) => {
      const reviews = own.map((sprint) => ({
        sprint: sprint.number,
        text: reviewText(posts, sprint, repositories),
      }));
      const names = new Map(own.map((sprint) => [sprintName(sprint), sprint.number]));
      const theirs = named.flatMap(({ name, report }) => (names.has(name) ? [report] : []));
      const told = kalmFromReports(reviews, theirs, repositories);
      return [...names].map(([name, number]) => [name, told.get(number)] as const);
    }),
  );
  return named.map(({ name, report }): Report => {
    const sprint = described.get(name);
    return {
      ...report,
      ...(sprint?.team === report.sprint.team || sprint === undefined
        ? {}
        : { sprint: teamOfToday(report.sprint, sprint) }),
      kalm: withRefs(kalm.get(name) ?? report.kalm, asNamedIn(report, repositories)),
      goalMet: sprint === undefined ? report.goalMet : sprint.goalMet,
    };
  });
}

/** A sprint that was frozen before its team had a name is its all the same. */
function teamOfToday({ team: _, ...sprint }: Report["sprint"], { team }: Sprint): Report["sprint"] {
  return team === undefined ? sprint : { ...sprint, team };
}
