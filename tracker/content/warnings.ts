import { relative } from "node:path";
import type { Day } from "../core/model/calendar.ts";
import type { Report } from "../core/model/report.ts";
import { repositoriesOf } from "../core/model/repositories.ts";
import { kalmSections, parseKalm } from "../core/report/parse-kalm.ts";
import { emptyHeadings, strayAnswers, unreadKalm } from "../core/report/unread-kalm.ts";
import { visibleLines } from "../core/report/visible-lines.ts";
import type { Post } from "./parse.ts";
import { isHeldBack } from "./published.ts";
import type { Content } from "./read.ts";
import { liveOf } from "./settings-schema.ts";

/** Something a team wrote that is no mistake in form, and surely not what they meant. */
export interface ContentWarning {
  /** Path from where `content/` stands. */
  file: string;
  /** 1-based; null: the whole file. */
  line: number | null;
  /** A sentence without a full stop. */
  text: string;
}

/** What `init` writes as the first sprint's goal, and in the first post. */
const placeholders = {
  goal: "What this sprint is for, in one sentence",
  post: "Take `draft` away when this may be published.",
};

/**
 * Everything that would be lost or published without a word. `today`: the team's day. `promises`: promises known from elsewhere than from reviews,
 * such as labelled issues; those in the reports are known anyway.
 */
export function contentWarnings(
  content: Content,
  today: Day,
  promises: readonly string[] = [],
): ContentWarning[] {
  const { dir, sprints, posts, unread } = content;
  const at = (file: string, line: number | null, text: string): ContentWarning => ({
    file: relative(dir, file),
    line,
    text,
  });
  const numbers = new Set(sprints.map(({ sprint }) => sprint.number));
  const goals = sprints
    .filter(({ sprint }) => sprint.goal.trim() === placeholders.goal)
    .map(({ file }) => at(file, null, "the goal is still the one that init wrote"));
  const held = posts
    .filter((post) => isHeldBack(post, today))
    .map((post) => at(post.file, null, `it is held back until its date, ${post.date}`));
  const published = posts
    .filter((post) => !post.draft)
    .flatMap((post) => [
      ...(post.sprint !== null && !numbers.has(post.sprint)
        ? [at(post.file, null, `it belongs to sprint ${post.sprint}, which has no file in sprints/`)]
        : []),
      ...(post.body.includes(placeholders.post)
        ? [at(post.file, null, "its text is still the one that init wrote")]
        : []),
      ...emptyHeadings(post.body).map(({ line, text }) => at(post.file, post.line + line, text)),
    ]);
  const kalm = posts
    .filter((post) => !post.draft)
    .flatMap((post) =>
      kalmWarnings(post, content, promises).map(({ line, text }) => at(post.file, post.line + line, text)),
    );
  return [
    ...unread.map(({ file, why }) => at(file, null, `it is not read: ${why}`)),
    ...goals,
    ...held,
    ...published,
    ...hiddenDemos(content).map(({ file, line, text }) => at(file, line, text)),
    ...kalm,
  ];
}

/** Live demos that the site leaves out, since the settings name none. */
function hiddenDemos({ settings, posts, recordings }: Content): ContentWarning[] {
  if (liveOf(settings) !== null) return [];
  const text = "it is left out, since settings.yml has no live demo (live: true)";
  return [
    ...recordings.map((file) => ({ file, line: null, text })),
    ...posts
      .filter((post) => !post.draft)
      .flatMap((post) =>
        post.body.includes("::demo") && visibleLines(post.body).includes("::demo")
          ? [{ file: post.file, line: null, text: `::demo: ${text}` }]
          : [],
      ),
  ];
}

/** What of a post's promises and answers is lost; lines are those of its body. */
function kalmWarnings(post: Post, content: Content, promises: readonly string[]) {
  const heading = kalmSections(post.body).find(({ where }) => where === "heading");
  if (post.kind !== "review")
    return heading === undefined
      ? []
      : [
          {
            line: heading.line,
            text: `promises are read from reviews only, and this is a ${post.kind}`,
          },
        ];
  if (post.sprint === null)
    return heading === undefined
      ? []
      : [{ line: heading.line, text: "this review has no sprint, so its promises are not counted" }];
  return [
    ...unreadKalm(post.body),
    ...strayAnswers(post.body, [...promises, ...promisedBefore(content, post.sprint)]),
  ];
}

/** The words of every promise that was made before a sprint's review. */
function promisedBefore({ posts, sprints, reports, settings }: Content, sprint: number): string[] {
  const team = sprints.find((one) => one.sprint.number === sprint)?.sprint.team;
  const order = sprints.filter((one) => one.sprint.team === team).map((one) => one.sprint.number);
  const isEarlier = (number: number | null) =>
    number !== null && order.indexOf(number) < order.indexOf(sprint) && order.includes(number);
  return [
    ...posts
      .filter((post) => post.kind === "review" && isEarlier(post.sprint))
      .flatMap((post) =>
        parseKalm(post.body, repositoriesOf(settings.repositories)).promises.map(({ text }) => text),
      ),
    ...reports.filter((report) => isEarlier(report.sprint.number)).flatMap(promisesIn),
  ];
}

const promisesIn = ({ kalm }: Report): string[] =>
  [...kalm.keep, ...kalm.add, ...kalm.less, ...kalm.more].map(({ text }) => text);

/** "posts/03-review.md:41: nothing stands under \"Keep\"". */
export const warningText = ({ file, line, text }: ContentWarning): string =>
  `${file}${line === null ? "" : `:${line}`}: ${text}`;
