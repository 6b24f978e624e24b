import type { Report } from "../core/model/report.ts";
import { type Repositories, repositoriesOf } from "../core/model/repositories.ts";
import { asNamedIn, withRefs } from "../core/report/issue-refs.ts";
import { kalmFromReports } from "../core/report/kalm.ts";
import { type KalmText, readKalm } from "../core/report/parse-kalm.ts";
import type { Post } from "./parse.ts";
import { sectionsOf } from "./post-sections.ts";
import type { Content } from "./read.ts";

/** What the reviews of a sprint promise and answer, all of them together. */
export function reviewText(posts: readonly Post[], sprint: number, repositories: Repositories): KalmText {
  const texts = posts
    .filter((post) => post.kind === "review" && post.sprint === sprint)
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
  { sprints, settings }: Pick<Content, "sprints" | "settings">,
  posts: readonly Post[],
  reports: readonly Report[],
): Report[] {
  const repositories = repositoriesOf(settings.repositories);
  const described = new Map(sprints.map(({ sprint }) => [sprint.number, sprint]));
  const undescribed = reports.filter(({ sprint }) => !described.has(sprint.number));
  const inOrder = [
    ...sprints.map(({ sprint: { number, start, team } }) => ({ number, start, team })),
    ...undescribed.map(({ sprint: { number, start, team } }) => ({ number, start: Date.parse(start), team })),
  ].sort((a, b) => a.start - b.start);
  // A team answers its own promises.
  const kalm = new Map(
    [...Map.groupBy(inOrder, ({ team }) => team).values()].flatMap((own) => {
      const reviews = own.map(({ number }) => ({
        sprint: number,
        text: reviewText(posts, number, repositories),
      }));
      return [...kalmFromReports(reviews, reports, repositories)];
    }),
  );
  return reports.map((report): Report => {
    const { number } = report.sprint;
    const sprint = described.get(number);
    return {
      ...report,
      kalm: withRefs(kalm.get(number) ?? report.kalm, asNamedIn(report, repositories)),
      goalMet: sprint === undefined ? report.goalMet : sprint.goalMet,
    };
  });
}
