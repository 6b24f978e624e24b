import { expect, test } from "vitest";
import { type BackupTeam, backupTeam } from "../testing/backup-team.ts";
import { inPoints, sizedTeam } from "../testing/sized-team.ts";

const charts = ["burndown", "burnup", "effort", "estimation", "capacity"];
const told = ["committed", "added", "reestimated", "final", "completed", "carriedOver", "daysOwed", "sayDo"];
const as = (formats: string[], ...args: string[]) => [
  args,
  ...formats.map((format) => [...args, "--format", format]),
];
const outputs = [
  ...as(["md", "csv", "html", "slack", "teams"], "report", "1"),
  ...charts.map((chart) => ["report", "1", "--format", "svg", "--chart", chart]),
  ...as(["md", "csv", "html"], "board", "1", "--at", "start"),
  ...as(["md", "csv", "html", "svg"], "debt"),
  ...told.flatMap((figure) => as(["md", "csv", "html"], "explain", "1", figure)),
  ...as([], "issue", "1"),
  ...as([], "issue", "2"),
];

/** What is in days whatever sizes count: effort, capacity, ages, and times by the clock. */
const isOfTime =
  /actual|effort|capacity|median|ages|end of day|took \d|never in the sprint|compare|working|when +days|, man-days/i;

/** Where the outputs of a team speak of days without a word of what always is in days. */
async function daysIn(team: BackupTeam): Promise<string[]> {
  const found: string[] = [];
  for (const args of outputs) {
    const { out, code, err } = await team.call(...args);
    expect([code, err], args.join(" ")).toEqual([0, ""]);
    for (const { index, 0: days } of out.matchAll(/(?<![\w/])(?:man-days?|days?|\d d)\b/gi)) {
      const text = out.slice(Math.max(0, index - 60), index + days.length + 24);
      if (!isOfTime.test(text)) found.push(`${args.join(" ")}: ${text}`);
    }
  }
  return found;
}

test("every output of a team that counts points says points, and days of effort and time alone", async () => {
  const team = await sizedTeam(inPoints);
  expect(await daysIn(team)).toEqual([]);
  for (const args of outputs)
    if (!args.includes("sayDo"))
      expect((await team.call(...args)).out, args.join(" ")).toMatch(/\bpoints?\b/i);
}, 60_000);

test("the search for days finds them in a team that counts days", async () => {
  const found = await daysIn(await sizedTeam(""));
  expect(new Set(found.map((text) => /^\w+/.exec(text)?.[0]))).toEqual(
    new Set(["report", "board", "debt", "explain", "issue"]),
  );
}, 60_000);

test("JSON says the unit, in every schema that holds sizes; effort stays days beside it", async () => {
  const team = await sizedTeam(inPoints);
  const json = async (...args: string[]) => JSON.parse((await team.call(...args, "--json")).out);
  const report = await json("report", "1");
  expect(report).toMatchObject({ unit: "points", burndown: { unit: "points" }, debt: { unit: "points" } });
  expect(report.effort).toMatchObject({
    committed: 14,
    added: 3,
    completed: 3,
    actual: 2,
    spentElsewhere: 1,
  });
  expect(report.effort).toMatchObject({ estimationError: null });
  expect(report.sprint.capacityDays).toBe(7);
  expect(await json("board", "1")).toMatchObject({ unit: "points" });
  expect((await json("debt")).sprints).toMatchObject([{ unit: "points" }, { unit: "points" }]);
  expect(await json("explain", "1", "committed")).toMatchObject({ unit: "points", value: "14 points" });
  expect(await json("explain", "1", "actual")).not.toHaveProperty("unit");
  const life = await json("issue", "1");
  const units = life.sprints[0].counted.map((row: { figure: string; unit?: string }) => [
    row.figure,
    row.unit,
  ]);
  expect(Object.fromEntries(units)).toMatchObject({ completed: "points", actual: undefined });
  expect(life.unit).toBe("points");
});

test("what needs days and points at once says why it is absent", async () => {
  const team = await sizedTeam(inPoints);
  const { out } = await team.call("explain", "1", "estimationError", "--format", "md");
  expect(out).toContain("Sprint 1, estimation error: —");
  expect(out).toContain("None where sizes are points, since effort is recorded in days.");
  const text = (await team.call("report", "1")).out.replace(/\s+/g, " ");
  expect(text).toContain("Actual effort: 2 man-days. Effort elsewhere: 1 man-day. Capacity: 7 man-days.");
  expect(text).toContain("Estimation error: none where sizes are points");
  expect(text).toContain("it is not compared with sizes in points");
});

test("drafts speak of points, and hold no capacity against them", async () => {
  const team = await sizedTeam(inPoints);
  expect((await team.call("draft", "1")).code).toBe(0);
  expect((await team.call("draft", "1", "--planning")).code).toBe(0);
  const review = team.read("posts/01-review.md");
  expect(review).toContain("Committed were 14 points, completed 3.");
  expect(review).not.toMatch(/\bdays\b|capacity/i);
  const planning = team.read("posts/01-planning.md");
  expect(planning).toContain("Planned: 14 points. Capacity: 7 man-days, not compared with points.");
  expect(planning).toContain("### Add subtasks");
  expect(planning).not.toContain("a day or longer");
});

test("doctor names a size where days are meant, and days where a size is", async () => {
  const team = await sizedTeam("unit: points\n");
  const { checks } = JSON.parse((await team.call("doctor", "--json")).out);
  const found = checks.map(({ name, found: text, hint }: Record<string, string>) => [name, text, hint]);
  expect(found).toContainEqual([
    "sizes",
    '"size: M" (3 issues) looks like an estimate and is not read',
    "Say in settings.yml how many points it is: sizes: { M: … }",
  ]);
  expect(found).toContainEqual([
    "effort",
    expect.stringContaining('"S" is no number of days, since sizes count points'),
    expect.any(String),
  ]);
});

test.each([
  [
    "estimate: { from: issue-field, name: Effort, daysPerPoint: 0.5 }\nunit: points\n",
    "estimate.daysPerPoint",
  ],
  ["unit: hours\n", "unit"],
])("settings that contradict themselves are refused: %j", async (settings, path) => {
  const { code, err } = await backupTeam({ settings }).call("report", "1");
  expect([code, err]).toEqual([3, expect.stringContaining(path)]);
});

test("of several teams one may count points, with sizes of its own", async () => {
  const team = await sizedTeam(
    "teams:\n  - { name: Web, unit: points, sizes: { S: 1, M: 2 } }\n  - name: App\n",
  );
  for (const [file, name] of [
    ["sprints/01.md", "Web"],
    ["sprints/02.md", "App"],
  ] as const)
    team.write(file, team.read(file).replace("title:", `team: ${name}\ntitle:`));
  const told = async (sprint: string) => JSON.parse((await team.call("report", sprint, "--json")).out);
  const [web, app] = [await told("1"), await told("2")];
  // A size that only the others have counts nothing here.
  expect([web.unit, web.effort.committed, web.effort.unestimated.committed]).toEqual(["points", 4, 1]);
  expect(app).not.toHaveProperty("unit");
});
