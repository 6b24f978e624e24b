import { join } from "node:path";
import { expect, test } from "vitest";
import { readContent } from "../../content/read.ts";
import { withTeamWords } from "../../content/team-words.ts";
import { labeled } from "../../testing/backup-folder.ts";
import { type BackupTeam, backupTeam, member, sprintOne, sprintTwo } from "../../testing/backup-team.ts";

const review = (sprint: number, body: string, more = "") =>
  `---\ntitle: Review ${sprint}\nkind: review\nsprint: ${sprint}\ndate: 2026-04-0${sprint}\n${more}---\n\n## K.A.L.M.\n\n${body}`;
const first = review(
  1,
  "### Keep\n\n- Talk\n\n### Add\n\n- Finish the form (#2)\n- Ask early\n\n### Do more\n\n- Tests\n",
);
const second = review(2, "### Follow-up\n\n- [x] Talk\n- [-] Tests\n\n### Keep\n\n- Ask early\n");
const judged = (goalMet: boolean) =>
  `---\nnumber: 1\ntitle: Sprint 1\ngoal: Go on\nfirstDay: 2026-03-02\nlastDay: 2026-03-13\ngoalMet: ${goalMet}\n---\n`;

/** A form that is done in sprint 2, and a task done in sprint 1. */
async function team(): Promise<BackupTeam> {
  const made = backupTeam();
  await made.sync(
    "2026-04-01T00:00:00Z",
    [
      member(1, { closed: "2026-03-10T10:00:00Z" }),
      member(2, { closed: "2026-03-20T10:00:00Z", milestone: sprintTwo }),
    ],
    [sprintOne, sprintTwo],
  );
  return made;
}

/** The reports as the site shows them. */
async function shown(of: BackupTeam) {
  const content = await readContent(join(of.folder, "content"));
  const posts = content.posts.filter((post) => !post.draft);
  return withTeamWords(content, posts, content.reports);
}

const promises = async (of: BackupTeam): Promise<{ text: string; kept: boolean | null }[]> =>
  JSON.parse((await of.call("kalm", "--json")).out).pledges;

async function freeze(of: BackupTeam): Promise<string> {
  const { code, out, err } = await of.call("freeze");
  expect([code, err]).toEqual([0, ""]);
  return out;
}

test("a review written after the freeze is on the site at once, and freezing again restates nothing", async () => {
  const late = await team();
  await freeze(late);
  late.write("posts/review-1.md", first);
  late.write("posts/review-2.md", second);
  late.write("sprints/01.md", judged(true));
  const [one, two] = await shown(late);
  expect(one).toMatchObject({ goalMet: true, kalm: { keep: [{ text: "Talk" }], more: [{ text: "Tests" }] } });
  expect(two?.kalm.followUp.map(({ text, kept }) => [text, kept])).toContainEqual(["Tests", false]);

  expect(await freeze(late)).toMatch(/Sprint 1: promises and answers .*\nSprint 2: promises and answers /);
  expect(await freeze(late)).toMatch(/Sprint 1: .* is up to date.\nSprint 2: .* is up to date./);
  const early = await team();
  early.write("posts/review-1.md", first);
  early.write("posts/review-2.md", second);
  early.write("sprints/01.md", judged(true));
  await freeze(early);
  expect(await shown(late)).toEqual(await shown(early));
  expect((await shown(late)).flatMap(({ restatements }) => restatements)).toEqual([]);
  expect(await promises(late)).toEqual(await promises(early));
});

test("the terminal and the site list the same promises with the same answers", async () => {
  const one = await team();
  await freeze(one);
  one.write("posts/review-1.md", first);
  one.write("posts/review-2.md", second);
  await freeze(one);
  const reports = await shown(one);
  const listed = reports.flatMap(({ kalm }) => [...kalm.keep, ...kalm.add, ...kalm.less, ...kalm.more]);
  const told = await promises(one);
  expect(told.map(({ text }) => text)).toEqual(listed.map(({ text }) => text));
  expect(told.map(({ text, kept }) => [text, kept])).toEqual([
    ["Talk", true],
    ["Finish the form (#2)", true],
    ["Ask early", null],
    ["Tests", false],
    ["Ask early", null],
  ]);
  const answers = reports[1]?.kalm.followUp.map(({ text, kept }) => [text, kept]);
  expect(answers).toEqual(told.slice(0, 4).map(({ text, kept }) => [text, kept]));
});

test("a label put on in the review after the end is a promise of that sprint, frozen before or not", async () => {
  const one = backupTeam();
  // On no board of the sprint: it was closed long before.
  const closing = { event: "closed", created_at: "2026-02-21T09:00:00Z" };
  const outside = {
    number: 3,
    created: "2026-02-20T09:00:00Z",
    closed: closing.created_at,
    events: [closing],
  };
  await one.sync("2026-03-14T00:00:00Z", [member(1), outside]);
  one.at("2026-03-14T09:00:00Z");
  await freeze(one);
  const labelled = {
    ...outside,
    labels: ["kalm: keep"],
    updated: "2026-03-15T09:00:00Z",
    events: [closing, labeled("2026-03-15T09:00:00Z", "kalm: keep")],
  };
  await one.sync("2026-03-16T00:00:00Z", [member(1), labelled]);
  expect((await promises(one)).map(({ text }) => text)).toEqual(["Task 3"]);
  await freeze(one);
  expect((await shown(one))[0]?.kalm.keep.map(({ issue }) => issue)).toEqual([3]);
});

test("editing the review of sprint 1 restates sprint 2 in nothing, and check asks for nothing", async () => {
  const one = await team();
  one.write("posts/review-1.md", first);
  await freeze(one);
  one.write("posts/review-1.md", first.replace("- Tests", "- Fewer meetings"));
  expect((await one.call("freeze", "--check")).code).toBe(0);
  expect(await freeze(one)).not.toContain("restated");
  expect((await shown(one))[1]?.kalm.followUp.map(({ text }) => text)).toContain("Fewer meetings");
});

test("a draft review promises nothing on the site", async () => {
  const one = await team();
  await freeze(one);
  one.write("posts/review-1.md", first.replace("kind: review", "kind: review\ndraft: true"));
  await freeze(one);
  expect((await shown(one))[0]?.kalm.keep).toEqual([]);
});

test("a restated figure is explained as it was frozen, with what history says now beside it", async () => {
  const one = await team();
  await freeze(one);
  await one.sync(
    "2026-04-02T00:00:00Z",
    [
      member(1, { closed: "2026-03-10T10:00:00Z", updated: "2026-04-01T10:00:00Z", labels: ["size: M"] }),
      member(2, { closed: "2026-03-20T10:00:00Z", milestone: sprintTwo }),
      member(4, { closed: "2026-03-11T10:00:00Z" }),
    ],
    [sprintOne, sprintTwo],
  );
  expect(await freeze(one)).toContain("Sprint 1: restated");
  const { out, err } = await one.call("explain", "1", "committed");
  expect(out).toContain("0.5");
  expect(err).toMatch(/restated on 2026-04-10: frozen 0.5, now 1/);
  expect((await one.call("explain", "1", "dropped")).err).toBe("");
  expect((await one.call("report", "1", "--format", "csv")).out).toMatch(
    /figure,restated\.effort\.committed,.*1/,
  );
});

test("without a database the kept report is shown in the words of today", async () => {
  const one = await team();
  await freeze(one);
  one.write("posts/review-1.md", first);
  const { code, out } = await one.call("report", "1", "--json", "--db", "none.db");
  expect(code).toBe(0);
  expect(JSON.parse(out).kalm.keep).toEqual([{ text: "Talk", from: 1, issue: null }]);
});
