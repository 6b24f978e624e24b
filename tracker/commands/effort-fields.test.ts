import { expect, test } from "vitest";
import { backupTeam } from "../testing/backup-team.ts";
import { syncedFields, type Told } from "../testing/fields-rig.ts";
import type { ServedFields } from "../testing/github/graph.ts";
import { cardIn, january, roadmap } from "../testing/project-rig.ts";

/** A field's changes as GitHub tells them: each value with the day from which it stands. */
function written(...values: [day: number, value: string | null][]): ServedFields {
  const changes = values.map(([day, to], index) => ({
    at: january(day),
    field: "Hours",
    from: values[index - 1]?.[1] ?? null,
    to,
  }));
  const last = values.at(-1)?.[1] ?? null;
  return { values: last === null ? {} : { Hours: last }, changes };
}

const inIssueField = "actual: { from: issue-field, name: hours, numbers: hours }";

test("effort in a field of issues is replayed: each day counts in one place, and what was lowered is a correction", async () => {
  const { json, double, notes } = await syncedFields(inIssueField, (rig) => {
    rig.told.fields = new Map([
      [1, written([6, "8"], [8, "12"])],
      // Before the sprint and in it: all of it is the first sprint's that holds the issue.
      [3, written([3, "4"], [7, "1d 4h"])],
      // In no sprint: written before it, and lowered in it.
      [2, written([3, "16"], [9, "8"])],
      [4, written([6, "4"], [12, "10"])],
      [5, written([10, "a lot"])],
    ]);
    rig.served.comments.push({
      ...{ id: 900, issue_url: "https://api.github.com/repos/octo/rocket/issues/1", body: "/spend 3d" },
      ...{ user: { login: "ana" }, created_at: january(7), updated_at: january(7) },
    } as never);
  });
  expect(notes).toBe(
    'note: #1: its effort is not counted, for effort is read from the field "hours" alone\n',
  );
  const report = await json<Told>("report", "1");
  expect(report.effort).toMatchObject({ actual: 3, spentElsewhere: 1.25 });
  expect(report.spentElsewhere).toMatchObject([{ number: 4, actualDays: 1.25 }]);
  expect(report.corrections).toMatchObject([{ number: 2, correction: -1 }]);
  expect(report.explanations.actual).toMatchObject([
    { number: 1, days: 1.5, why: 'spent 1.5 d by the field "hours"', eventId: expect.any(Number) },
    { number: 3, days: 1.5, why: 'spent 1.5 d by the field "hours"', eventId: expect.any(Number) },
  ]);
  expect(report.provenance.actual).toBe("replayed");
  expect(double.asked.map(({ query }) => /query (\w+)/.exec(query)?.[1])).toEqual(["issueFields"]);
});

test("doctor names values that are no effort, and effort that is said where nothing reads it", async () => {
  const { json } = await syncedFields(inIssueField, (rig) => {
    rig.told.fields = new Map([
      [1, written([6, "8"])],
      [3, written([7, "a lot"])],
    ]);
    const [issue] = rig.served.issues;
    if (issue !== undefined) issue.body = "/spend 3d";
  });
  const { checks } = await json<{ checks: { name: string; verdict: string; found: string }[] }>("doctor");
  expect(
    checks.filter(({ name }) => name === "effort").map(({ verdict, found }) => `${verdict}: ${found}`),
  ).toEqual([
    'fine: effort is read from the issue field "hours"',
    'look: the issue field "hours" has the value "a lot", which is no effort',
    'look: #1: its effort is not counted, for effort is read from the field "hours" alone',
  ]);
});

test("effort in a field of a project counts from when it was written, as observed", async () => {
  const { json } = await syncedFields("actual: { from: project-field, name: Spent }", (rig) => {
    rig.told.cards.set(1, [{ ...cardIn(roadmap, "Todo"), fields: { Spent: 2 }, setAt: january(9) }]);
    rig.told.cards.set(4, [{ ...cardIn(roadmap, "Todo"), fields: { Spent: 0.5 }, setAt: january(10) }]);
  });
  const report = await json<Told>("report", "1");
  expect(report.effort).toMatchObject({ actual: 2, spentElsewhere: 0.5 });
  expect(report.provenance.actual).toBe("observed");
});

test.each([
  ["actual: { from: label, name: x }", "expected comment, issue-field or project-field"],
  ["actual: { from: issue-field }", "actual.name"],
  ["actual: { from: comment, name: x }", "comments have no name"],
  ["actual: { from: project-field, name: x, numbers: weeks }", "actual.numbers"],
  [
    "estimate: { from: issue-field, name: Effort }\nactual: { from: issue-field, name: effort }",
    "is the field of estimates",
  ],
])("%s is named as wrong", async (settings, words) => {
  const { code, err } = await backupTeam({ settings: `${settings}\n` }).call("report", "1");
  expect([code, err]).toEqual([3, expect.stringContaining(words)]);
});

test("actual: { from: comment } is what it is without it: labels and comments", async () => {
  const { json } = await syncedFields("actual: { from: comment }", (rig) => {
    const [issue] = rig.served.issues;
    if (issue !== undefined) issue.body = "/spend 3d";
  });
  expect((await json<Told>("report", "1")).effort.actual).toBe(3);
});
