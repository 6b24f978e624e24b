import { expect, test } from "vitest";
import type { Report } from "../core/model/report.ts";
import { repositoriesOf } from "../core/model/repositories.ts";
import { makeReport } from "../testing/make-report.ts";
import { parsePost, parseSettings, parseSprint } from "./parse.ts";
import { reviewText, withTeamWords } from "./team-words.ts";

const settings = parseSettings(
  "repository: a/b\ntimeZone: UTC\nteams: [{ name: A }, { name: B }]\n",
  "settings.yml",
);
const one = repositoriesOf(["a/b"]);

const sprint = (number: number, day: string, more = "") =>
  parseSprint(
    `---\nnumber: ${number}\ntitle: S\ngoal: G\nfirstDay: 2026-${day}\nlastDay: 2026-${day}\n${more}---\n`,
    `sprints/${number}.md`,
    settings,
  );
const review = (front: string, body: string, slug = "x") =>
  parsePost(
    `---\ntitle: T\ndate: 2026-01-16\n${front}\n---\n\n## K.A.L.M.\n\n${body}`,
    `posts/${slug}.md`,
    slug,
  );
const reportOf = (number: number, more: Partial<Report["sprint"]> = {}): Report => {
  const report = makeReport({ number, cards: 4 });
  const none = { keep: [], add: [], less: [], more: [], followUp: [], keepRate: null };
  return { ...report, kalm: none, goalMet: null, sprint: { ...report.sprint, ...more } };
};
const keeps = (report: Report | undefined) => report?.kalm.keep.map(({ text }) => text);

test("a sprint's promises and answers are those of all its reviews, and of no other post", () => {
  const posts = [
    review("kind: review\nsprint: 1", "### Keep\n\n- Talk\n"),
    review("kind: review\nsprint: 1", "### Add\n\n- Tests (#4)\n\n### Follow-up\n\n- [x] Walk\n", "y"),
    review("kind: daily\nsprint: 1", "### Keep\n\n- Daily\n"),
    review("kind: review\nsprint: 2", "### Keep\n\n- Next\n"),
    review("kind: review", "### Keep\n\n- Nobody's\n"),
    review("kind: review\nsprint: 1\nteam: A", "### Keep\n\n- A's\n"),
  ];
  const { promises, answers } = reviewText(posts, { number: 1 }, one);
  expect(promises.map(({ kind, text, issue }) => [kind, text, issue])).toEqual([
    ["keep", "Talk", null],
    ["add", expect.stringContaining("Tests"), 4],
  ]);
  expect(answers).toEqual([{ text: "Walk", kept: true }]);
  expect(reviewText(posts, { number: 1, team: "A" }, one).promises.map(({ text }) => text)).toEqual(["A's"]);
  expect(reviewText(posts, { number: 9 }, one)).toEqual({ promises: [], answers: [] });
});

test("the verdict on a goal is that of the sprint's file, and where it has none the report's own", () => {
  const content = { sprints: [sprint(1, "01-05", "goalMet: true\n"), sprint(2, "01-12")], settings };
  const reports = [reportOf(1), { ...reportOf(2), goalMet: true }, { ...reportOf(3), goalMet: false }];
  expect(withTeamWords(content, [], reports).map(({ goalMet }) => goalMet)).toEqual([true, null, false]);
});

test("an answer is for the promise of the same team's sprint before", () => {
  const content = {
    sprints: [
      sprint(1, "01-05", "team: A\n"),
      sprint(2, "01-06", "team: B\n"),
      sprint(3, "01-12", "team: A\n"),
      sprint(4, "01-13", "team: B\n"),
    ],
    settings,
  };
  const posts = [
    review("kind: review\nsprint: 1\nteam: A", "### Keep\n\n- Talk\n", "a"),
    review("kind: review\nsprint: 2\nteam: B", "### Keep\n\n- Talk\n", "b"),
    review("kind: review\nsprint: 3\nteam: A", "### Follow-up\n\n- [x] Talk\n", "c"),
    review("kind: review\nsprint: 4\nteam: B", "### Follow-up\n\n- [-] Talk\n", "d"),
  ];
  const reports = [
    reportOf(1, { team: "A" }),
    reportOf(2, { team: "B" }),
    reportOf(3, { team: "A" }),
    reportOf(4, { team: "B" }),
  ];
  const told = withTeamWords(content, posts, reports);
  expect(told.slice(0, 2).map(keeps)).toEqual([["Talk"], ["Talk"]]);
  const answered = told
    .slice(2)
    .map(({ kalm }) => kalm.followUp.map(({ text, from, kept }) => [text, from, kept]));
  expect(answered).toEqual([[["Talk", 1, true]], [["Talk", 2, false]]]);
});

test("a report frozen before its team had a name is the team's today, and its figures stay", () => {
  const content = { sprints: [sprint(1, "01-05", "team: A\n")], settings };
  const frozen = reportOf(1);
  const posts = [review("kind: review\nsprint: 1\nteam: A", "### Keep\n\n- Talk\n")];
  const [told] = withTeamWords(content, posts, [frozen]);
  expect([told?.sprint.team, keeps(told), told?.effort]).toEqual(["A", ["Talk"], frozen.effort]);
  expect(frozen.sprint).not.toHaveProperty("team");
  const [back] = withTeamWords(
    { sprints: [sprint(1, "01-05")], settings },
    [],
    [reportOf(1, { team: "Gone" })],
  );
  expect(back?.sprint).not.toHaveProperty("team");
});

test("words of a review that was taken back are gone, too", () => {
  const content = { sprints: [sprint(1, "01-05")], settings };
  const before = withTeamWords(
    content,
    [review("kind: review\nsprint: 1", "### Keep\n\n- Talk\n")],
    [reportOf(1)],
  );
  expect(before.map(keeps)).toEqual([["Talk"]]);
  expect(withTeamWords(content, [], before).map(keeps)).toEqual([[]]);
});
