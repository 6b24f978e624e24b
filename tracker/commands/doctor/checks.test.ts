import { describe, expect, test } from "vitest";
import { labeled } from "../../testing/backup-folder.ts";
import { backupTeam, member, pull, sprintOne } from "../../testing/backup-team.ts";
import type { Check } from "./check.ts";

type Team = ReturnType<typeof backupTeam>;
const checksOf = async (team: Team, name: string): Promise<Check[]> => {
  const { checks } = JSON.parse((await team.call("doctor", "--json")).out) as { checks: Check[] };
  return checks.filter((check) => check.name === name);
};
const sprintWith = (mark: string, firstDay = "2026-03-02", lastDay = "2026-03-13"): string =>
  `---\nnumber: 1\ntitle: Sprint 1\ngoal: Go\nfirstDay: ${firstDay}\nlastDay: ${lastDay}\n${mark}\n---\n`;

describe("the age of the last sync", () => {
  // Sprint 2 ends at midnight of 28 March in Berlin: 2026-03-27T23:00:00Z.
  test.each([
    ["a sprint ended after it, two days ago", "2026-03-27T00:00:00Z", "2026-03-29T00:00:00Z", "look"],
    ["a sprint ended after it, not two days ago", "2026-03-27T00:00:00Z", "2026-03-28T23:59:59Z", "fine"],
    ["every sprint had ended", "2026-03-27T23:00:00Z", "2026-06-01T00:00:00Z", "fine"],
  ])("%s", async (_, synced, now, verdict) => {
    const team = backupTeam();
    await team.sync(synced, [member(1)]);
    team.at(now);
    const [check, ...more] = await checksOf(team, "database");
    expect([check?.verdict, more]).toEqual([verdict, []]);
    if (verdict === "look")
      expect(check).toMatchObject({
        found: expect.stringMatching(
          /^1 issue and \d+ events of acme\/shop, last synced 2 days ago, before a sprint's end$/,
        ),
        hint: "Run npx sprintcast sync.",
      });
  });
});

describe("labels that settings name", () => {
  test.each([
    ["in another case", "Bug: Crash", "BUG: crash", []],
    ["by its beginning", "bug: crash", "'bug: *'", []],
    ["by its beginning, which nothing has", "bug: crash", "'bug/*'", ["bug/*"]],
    ["mistyped", "bug: crash", "'bug: crush'", ["bug: crush"]],
    ["whose star stands in the middle", "bug: crash", "'bug*crash'", ["bug*crash"]],
  ])("%s", async (_, label, written, missing) => {
    const lanes = `lanes: [{ name: Doing, role: progress, when: { labels: [${written}] } }, { name: Done, role: done, when: { state: closed } }]\n`;
    const team = backupTeam({ settings: `labels: { debt: [debt], freezebox: [debt] }\n${lanes}` });
    await team.sync("2026-03-20T00:00:00Z", [member(1, { labels: [label, "debt"] })]);
    const told = await checksOf(team, "labels");
    expect(told.map(({ found }) => JSON.parse(/^"[^"]*"/.exec(found)?.[0] ?? '""'))).toEqual(missing);
    for (const check of told)
      expect(check).toMatchObject({ verdict: "look", hint: expect.stringMatching(/settings\.yml\.$/) });
  });

  test("one that two teams and two uses name is told once for each use", async () => {
    const settings =
      "labels: { debt: [oops], freezebox: [oops] }\nteams: [{ name: A, labels: { debt: [oops] } }, { name: B, labels: { debt: [oops] } }]\n";
    const team = backupTeam({ settings });
    await team.sync("2026-03-20T00:00:00Z", [member(1)]);
    const told = (await checksOf(team, "labels")).filter(({ found }) => found.includes("oops"));
    expect(told.map(({ found }) => found.split(" stands for ")[1]?.split(",")[0])).toEqual([
      "technical debt",
      "the freezebox",
    ]);
  });
});

describe("the mark of a sprint", () => {
  const verdict = async (mark: string, firstDay = "2026-03-02", lastDay = "2026-03-13") => {
    const team = backupTeam();
    team.remove("sprints/02.md");
    team.write("sprints/01.md", sprintWith(mark, firstDay, lastDay));
    const events = [labeled("2026-03-03T09:00:00Z", "sprint 1")];
    await team.sync("2026-03-20T00:00:00Z", [member(1, { labels: ["size: M", "sprint 1"], events })]);
    return (await checksOf(team, "sprint 1"))[0];
  };

  test("a label that issues carry is fine, in any case", async () => {
    expect(await verdict("label: Sprint 1")).toMatchObject({ verdict: "fine", found: 'label "Sprint 1"' });
  });

  test("one that nothing carries must be mended once the sprint has begun, and is looked at before", async () => {
    expect(await verdict("label: sprnt 1")).toMatchObject({
      verdict: "mend",
      found: 'no issue ever carried the label "sprnt 1"',
      hint: 'Did you mean "sprint 1"? Correct it in content/sprints/.',
    });
    expect(await verdict("label: sprnt 1", "2026-05-04", "2026-05-15")).toMatchObject({ verdict: "look" });
    expect(await verdict("status: Doing")).toMatchObject({
      verdict: "mend",
      found: 'no issue ever carried the status "Doing"',
      hint: "Correct it in content/sprints/.",
    });
  });

  test.each([
    [
      "issues",
      "only pull requests carry its mark (2), and settings.yml counts issues",
      "With count: pulls, or both, they count.",
    ],
    ["pulls", null, null],
    ["both", null, null],
  ])("that only pull requests carry, where %s count", async (count, found, hint) => {
    const team = backupTeam({ settings: `count: ${count}\n` });
    team.remove("sprints/02.md");
    const marked = (number: number) => ({ ...member(number), ...pull(number, {}), milestone: sprintOne });
    await team.sync("2026-03-20T00:00:00Z", [marked(1), marked(2)]);
    const told = (await checksOf(team, "sprint 1")).filter((check) => check.found.startsWith("only "));
    expect(told).toEqual(found === null ? [] : [{ name: "sprint 1", verdict: "look", found, hint }]);
  });
});

test("two teams' bills of the same fault are told once", async () => {
  const budget = "budget: { currency: EUR, amount: 100 }";
  const team = backupTeam({ settings: `teams: [{ name: A, ${budget} }, { name: B, ${budget} }]\n` });
  team.write("bills/03.csv", "What,When,How much\nx,y,z\n");
  await team.sync("2026-03-20T00:00:00Z", [member(1)]);
  expect(await checksOf(team, "budget")).toMatchObject([
    { verdict: "look", found: expect.stringMatching(/^bills\/03\.csv: /) },
  ]);
});

test("a sprint is asked for where there is none", async () => {
  const team = backupTeam();
  team.remove("sprints");
  await team.sync("2026-03-20T00:00:00Z", [member(1)]);
  expect(await checksOf(team, "sprints")).toEqual([
    { name: "sprints", verdict: "mend", found: "there is none", hint: "Add one in content/sprints/01.md." },
  ]);
});
