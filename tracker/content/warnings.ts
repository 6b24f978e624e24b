import { join, relative } from "node:path";
import type { Day } from "../core/model/calendar.ts";
import type { Report } from "../core/model/report.ts";
import { repositoriesOf } from "../core/model/repositories.ts";
import { type SprintName, sprintName } from "../core/model/sprint.ts";
import { type KalmSection, readKalm } from "../core/report/parse-kalm.ts";
import { promiseKey } from "../core/report/promises.ts";
import { emptyHeadings, strayAnswers, type UnreadKalm, unreadKalm } from "../core/report/unread-kalm.ts";
import { visibleLines } from "../core/report/visible-lines.ts";
import { knownLanguages, languageOf } from "../words/languages.ts";
import { htmlIn } from "./html.ts";
import { reportedSprint } from "./kept-reports.ts";
import { linkedFiles, linkWarnings } from "./link-warnings.ts";
import type { Post } from "./parse.ts";
import { sectionsOf } from "./post-sections.ts";
import { sprintOfPost } from "./post-team.ts";
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
  const names = new Set(sprints.map(({ sprint }) => sprintName(sprint)));
  const goals = sprints
    .filter(({ sprint }) => sprint.goal.trim() === placeholders.goal)
    .map(({ file }) => at(file, null, "the goal is still the one that init wrote"));
  const held = posts
    .filter((post) => isHeldBack(post, today))
    .map((post) => at(post.file, null, `it is held back until its date, ${post.date}`));
  const published = posts
    .filter((post) => !post.draft)
    .flatMap((post) => [
      ...unknownSprint(post, names).map((name) =>
        at(post.file, null, `it belongs to sprint ${name}, which has no file in sprints/`),
      ),
      ...htmlOf(post).map(({ line, text }) => at(post.file, line, text)),
      ...(post.body.includes(placeholders.post)
        ? [at(post.file, null, "its text is still the one that init wrote")]
        : []),
      ...emptyHeadings(sectionsOf(post)).map(({ line, text }) => at(post.file, post.line + line, text)),
    ]);
  const wasMade = promiseBook(content, promises);
  const linked = unread.length === 0 ? new Set<string>() : linkedFiles(content);
  const kalm = posts
    .filter((post) => !post.draft)
    .flatMap((post) =>
      kalmWarnings(post, sectionsOf(post), wasMade).map(({ line, text }) =>
        at(post.file, post.line + line, text),
      ),
    );
  return [
    ...unread.flatMap(({ file, why }) =>
      linked.has(file) ? [] : [at(file, null, `it is not read: ${why}`)],
    ),
    ...unspoken(content).map((text) => at(join(dir, "settings.yml"), null, text)),
    ...goals,
    ...sharedMarks(sprints).map(({ file, text }) => at(file, null, text)),
    ...held,
    ...published,
    ...linkWarnings(content, today).map(({ file, line, text }) => at(file, line, text)),
    ...hiddenDemos(content).map(({ file, line, text }) => at(file, line, text)),
    ...kalm,
  ];
}

/** Sprints of two teams at one time with one mark: every task of the one counts in the other. */
function sharedMarks(sprints: Content["sprints"]): { file: string; text: string }[] {
  const alike = Map.groupBy(sprints, ({ sprint: { mark } }) => JSON.stringify(mark).toLowerCase());
  return [...alike.values()].flatMap((same) =>
    same.flatMap((one, place) => {
      const twin = same
        .slice(0, place)
        .find(({ sprint }) => sprint.end > one.sprint.start && sprint.team !== one.sprint.team);
      const text = (name: SprintName) =>
        `the same tasks carry its mark and that of sprint ${name}: give it a milestone, label, status or iteration of its own`;
      return twin === undefined ? [] : [{ file: one.file, text: text(sprintName(twin.sprint)) }];
    }),
  );
}

const unknownSprint = (post: Post, names: ReadonlySet<SprintName>): SprintName[] => {
  const name = sprintOfPost(post);
  return name === null || names.has(name) ? [] : [name];
};

/** A locale without texts of its own; a team that writes some itself knows. */
function unspoken({ settings: { locale, texts } }: Content): string[] {
  if (languageOf(locale) !== null || Object.keys(texts).length > 0) return [];
  const known = knownLanguages().join(", ");
  return [`locale: ${locale} has no texts here (there are ${known}), so the site speaks English`];
}

/** Told once for a post: the words between the tags are shown, so that it is seldom much that is lost. */
function htmlOf(post: Post): { line: number; text: string }[] {
  const html = htmlIn(post);
  if (html === null) return [];
  const tags = html.tags.map((tag) => `<${tag}>`).join(", ");
  return [{ line: post.line + html.line, text: `HTML is left out, only the words in it are shown: ${tags}` }];
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
        post.body.includes("::demo") && visibleLines(post.body)?.includes("::demo")
          ? [{ file: post.file, line: null, text: `::demo: ${text}` }]
          : [],
      ),
  ];
}

/** What of a post's promises and answers is lost; lines are those of its body. */
function kalmWarnings(
  post: Post,
  sections: readonly KalmSection[],
  wasMade: (key: string, before: SprintName) => boolean,
): UnreadKalm[] {
  const { kind } = post;
  const sprint = sprintOfPost(post);
  const heading = sections.find(({ where }) => where === "heading");
  if (kind !== "review")
    return heading === undefined
      ? []
      : [{ line: heading.line, text: `promises are read from reviews only, and this is a ${kind}` }];
  if (sprint === null)
    return heading === undefined
      ? []
      : [{ line: heading.line, text: "this review has no sprint, so its promises are not counted" }];
  return [...unreadKalm(sections), ...strayAnswers(sections, (key) => wasMade(key, sprint))];
}

/**
 * Tells whether a promise, by its key, was made before a sprint's review: in an earlier sprint of the same team, or
 * elsewhere at any time.
 */
function promiseBook(
  content: Content,
  elsewhere: readonly string[],
): (key: string, before: SprintName) => boolean {
  const { posts, sprints, reports, settings } = content;
  const places = new Map(
    sprints.map(({ sprint }, place) => [sprintName(sprint), { team: sprint.team, place }]),
  );
  const always = new Set(elsewhere.map(promiseKey));
  /** By team and key, the place of the first sprint that made it. */
  const first = new Map<string, number>();
  const keyOf = (team: string | null | undefined, key: string) => JSON.stringify([team ?? null, key]);
  const note = (sprint: SprintName | null, texts: readonly string[]) => {
    const made = sprint === null ? undefined : places.get(sprint);
    if (made === undefined) return;
    for (const text of texts) {
      const key = keyOf(made.team, promiseKey(text));
      first.set(key, Math.min(made.place, first.get(key) ?? made.place));
    }
  };
  const repositories = repositoriesOf(settings.repositories);
  for (const post of posts)
    if (post.kind === "review")
      note(
        sprintOfPost(post),
        readKalm(sectionsOf(post), repositories).promises.map(({ text }) => text),
      );
  for (const report of reports) note(reportedSprint(report, content), promisesIn(report));
  return (key, before) => {
    const now = places.get(before);
    const made = now && first.get(keyOf(now.team, key));
    return always.has(key) || (now !== undefined && made !== undefined && made < now.place);
  };
}

const promisesIn = ({ kalm }: Report): string[] =>
  [...kalm.keep, ...kalm.add, ...kalm.less, ...kalm.more].map(({ text }) => text);

/** "posts/03-review.md:41: nothing stands under \"Keep\"". */
export const warningText = ({ file, line, text }: ContentWarning): string =>
  `${file}${line === null ? "" : `:${line}`}: ${text}`;
