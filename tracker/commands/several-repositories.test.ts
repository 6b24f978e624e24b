import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../core/model/report.ts";
import { teamOfThree, threeNames } from "../testing/three-repositories.ts";

const refs = (cards: readonly { ref?: string }[]) => cards.map(({ ref }) => ref).sort();
const review =
  "---\ntitle: Review\nkind: review\nsprint: 1\ndate: 2026-03-13\n---\n\n## K.A.L.M.\n\n### Keep\n\n- Small steps (#1)\n\n" +
  "### Add\n\n- Pair on web#3\n\n### Do less\n\n- [Moving things out](https://github.com/acme/infra/issues/1)\n\n" +
  "### Do more\n\n- Look at acme/infra#2\n- Read C#1 code\n";

describe("a sprint over three repositories that share numbers", () => {
  let team: ReturnType<typeof teamOfThree>;
  let report: Report;
  beforeAll(async () => {
    team = teamOfThree();
    team.write("content/posts/01-review.md", review);
    await team.gitHub();
    const { code, err } = await team.call("sync");
    expect([code, err]).toEqual([0, ""]);
    report = await team.told("report", "1");
  });

  afterAll(() => team.close());

  test("adds up to what is counted by hand", () => {
    // Committed: api#1 1, api#2 0.5, web#2 1, web#5 0.5, infra#1 0.5, infra#2 0.1, infra#3 0.5; api#5 counts by web#5.
    expect(report.effort).toMatchObject({
      committed: 4.1,
      added: 0.5, // web#3, put in on 6 March
      removed: 0.5, // infra#1, taken out on 9 March
      reestimated: 0.5, // infra#3, from M to L on 10 March
      final: 4.6,
      completed: 2, // api#1 and web#2
      completedInitial: 2,
      frozen: 0.1, // infra#2, closed as not planned
      notCompleted: 2.5, // api#2 0.5, web#3 0.5, web#5 0.5, infra#3 1
      actual: 1.75, // api#1 1, web#2 0.25 by web#9, infra#3 0.5 by api#9
      spentElsewhere: 3, // web#1, in another milestone of the number that api's sprint has
      actualShare: 0.429, // three of the seven that count by themselves
      estimationError: -1.25, // 0, -0.75 and -0.5
      unexpectedActual: null,
      sayDo: 0.488,
      sayDoInitial: 0.488,
      unestimated: { committed: 0, final: 0 },
      counts: { committed: 8, added: 1, removed: 1, final: 8, completed: 2, frozen: 1 },
    });
    expect(report).toMatchObject({
      repository: "acme/api",
      repositories: threeNames.map((name) => ({ name, asOf: "2026-03-13T23:00:00.000Z" })),
    });
  });

  test("names every issue by its repository, and numbers it as that does", () => {
    expect(refs(report.done)).toEqual(["api#1", "web#2"]);
    expect(refs(report.unexpected)).toEqual(["web#3"]);
    expect(refs(report.removed)).toEqual(["infra#1"]);
    expect(refs(report.freezebox)).toEqual(["infra#2"]);
    expect(refs(report.reestimated)).toEqual(["infra#3"]);
    expect(refs(report.carriedOver)).toEqual(["api#2", "api#5", "infra#3", "web#3", "web#5"]);
    expect(refs(report.spentElsewhere ?? [])).toEqual(["web#1"]);
    const told = JSON.stringify(report);
    expect(told).not.toMatch(/\d{9}/);
    for (const { ref, number, url } of report.carriedOver)
      expect(url).toMatch(new RegExp(`acme/${ref?.split("#")[0]}/issues/${number}$`));
    expect(report.carriedOver.find(({ ref }) => ref === "api#5")).toMatchObject({
      days: 0,
      bySubIssues: true,
    });
    expect(report.explanations.actual?.map(({ ref, days, why }) => [ref, days, why])).toEqual([
      ["api#1", 1, expect.stringContaining("by a comment")],
      ["web#2", 0.25, expect.stringContaining("by the text of web#9")],
      ["infra#3", 0.5, expect.stringContaining("by the text of api#9")],
    ]);
  });

  test("keeps the ledger of debt over all of them", () => {
    const { openAtStart, opened, paid, open, daysOwed, openCards } = report.debt;
    expect([openAtStart, refs(opened), refs(paid), open, daysOwed]).toEqual([
      2,
      ["infra#1"],
      ["web#2"],
      2,
      1,
    ]);
    expect(refs(openCards)).toEqual(["api#2", "infra#1"]);
  });

  test("draws boards, changes and the replay of all, each card once", () => {
    const lane = (name: string) =>
      refs(report.boards.end.lanes.find((one) => one.name === name)?.cards ?? []);
    expect(lane("Done")).toEqual(["api#1", "web#2"]);
    expect(lane("Sprint")).toEqual(["api#2", "api#5", "infra#3", "web#3", "web#5"]);
    expect(lane("Backlog")).toEqual(["infra#1", "web#1"]);
    expect(lane("Freezebox")).toEqual(["infra#2"]);
    expect(refs(report.changes)).toEqual(["api#1", "infra#1", "infra#2", "infra#3", "web#2", "web#3"]);
    const cards = report.replay.cards.map(({ ref }) => ref);
    expect(new Set(cards).size).toBe(cards.length);
    expect(report.replay.moves.every(({ ref }) => cards.includes(ref))).toBe(true);
  });

  test("answers promises by the issue that each means", async () => {
    const next: Report = await team.told("report", "2");
    expect(next.kalm.followUp.map(({ text, ref, issue, kept }) => [text, ref ?? null, issue, kept])).toEqual([
      ["Small steps (#1)", "api#1", 1, true],
      ["Pair on web#3", "web#3", 3, true],
      ["Moving things out", "infra#1", 1, null],
      ["Look at acme/infra#2", "infra#2", 2, false],
      ["Read C#1 code", null, null, null],
    ]);
    const { pledges } = await team.told("kalm");
    expect(pledges.map(({ ref, kept }: { ref?: string; kept: boolean }) => [ref, kept])).toEqual([
      ["api#1", true],
      ["web#3", true],
      ["infra#1", null],
      ["infra#2", false],
      [undefined, null],
    ]);
  });

  test.each([
    [["report", "1"], /web#3 /, /api#2 /],
    [["report", "1", "--format", "md"], /\[web#3\]\(https:\/\/.*acme\/web\/issues\/3\)/, /api#2/],
    [["report", "1", "--format", "csv"], /\n1,issue,done,web#2,/, /\n1,issue,done,api#1,/],
    [["report", "1", "--format", "html"], />web#3</, />api#2</],
    [["report", "1", "--format", "svg", "--chart", "estimation"], /web#2/, /api#1/],
    [["explain", "1", "committed"], /web#5/, /infra#3/],
    [["explain", "1", "committed", "--format", "csv"], /1,committed,web#5,/, /1,committed,infra#3,/],
    [["board", "1", "--at", "start"], /web#5/, /infra#3/],
    [["board", "1", "--at", "2026-03-07T12:00:00Z", "--format", "csv"], /,Sprint,web#3,/, /,Done,api#1,/],
    [["debt"], /infra#1/, /api#2/],
    [["state"], /web#1 .* Ideas/, /api#1 .* Sprint 1/],
    [["flow"], /web#2/, /api#1/],
    [["draft", "2", "--planning"], /./, /./],
  ])("%j says which issue it means", async (args, one, other) => {
    const { code, out, err } = await team.call(...args);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(one);
    expect(out).toMatch(other);
    expect(out).not.toMatch(/\d{10}/);
  });

  test("a planning that was drafted lists them by name", () => {
    const planning = team.read("content/posts/02-planning.md");
    for (const name of ["api#2", "infra#3", "web#5"]) expect(planning).toContain(name);
    // The team's own words aside.
    expect(planning.replace(/Small steps \(#1\)|Read C#1 code/g, "")).not.toMatch(/(?<![a-z])#\d/);
  });

  test("state gives each issue its own number and its repository's names", async () => {
    const { repositories, issues } = await team.told("state", "--at", "2026-03-10T12:00:00Z");
    expect(repositories).toEqual(threeNames);
    const ones = issues.filter(({ number }: { number: number }) => number === 1);
    expect(ones.map(({ ref, milestone }: { ref: string; milestone: unknown }) => [ref, milestone])).toEqual([
      ["api#1", { number: 1, title: "Sprint 1" }],
      ["web#1", { number: 1, title: "Ideas" }],
      ["infra#1", null],
    ]);
  });

  test("doctor looks at each, and says what is missing of which", async () => {
    const { code, out } = await team.call("doctor", "--json");
    const { checks } = JSON.parse(out) as { checks: { name: string; verdict: string; found: string }[] };
    const found = checks.map((check) => check.found).join("\n");
    expect(found).toMatch(/3 issues, 1 pull request and \d+ events of acme\/api/);
    expect(found).toMatch(/4 issues, 1 pull request and \d+ events of acme\/web/);
    expect(found).toContain('acme/web: milestone "Sprint 1"');
    // Nobody has made the second sprint's milestone.
    expect(checks.filter(({ verdict }) => verdict === "mend").map(({ name }) => name)).toEqual(["sprint 2"]);
    expect(code).toBe(3);
  });
});
