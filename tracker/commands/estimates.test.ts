import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { syncedFields, type Told } from "../testing/fields-rig.ts";
import type { ServedFields } from "../testing/github/graph.ts";
import {
  cardIn,
  commandLine,
  january,
  roadmap,
  serveProjects,
  team,
  teamName,
} from "../testing/project-rig.ts";

describe("estimates from a field of issues", () => {
  const told = (rig: ReturnType<typeof team>) => {
    rig.told.fields = new Map<number, ServedFields>([
      [
        1,
        {
          values: { Effort: "L" },
          changes: [
            { at: january(3), field: "Effort", from: null, to: "M" },
            { at: january(9), field: "Effort", from: "M", to: "L" },
          ],
        },
      ],
      [
        3,
        {
          values: { Effort: 3, Priority: "High" },
          changes: [{ at: january(4), field: "Effort", from: null, to: "3" }],
        },
      ],
      [
        5,
        {
          values: { Effort: "Enormous" },
          changes: [{ at: january(4), field: "Effort", from: null, to: "Enormous" }],
        },
      ],
    ]);
  };

  test("are replayed from GitHub's own events, points and sizes alike, and labels do not count", async () => {
    const { json, double, call, io } = await syncedFields(
      "estimate: { from: issue-field, name: effort, daysPerPoint: 0.5 }",
      told,
    );
    const report = await json<Told>("report", "1");
    // M and three points of half a day at the start; M became L.
    expect(report.effort).toMatchObject({
      committed: 2,
      reestimated: 0.5,
      final: 2.5,
      unestimated: { final: 1 },
    });
    expect(report.changes).toContainEqual(
      expect.objectContaining({
        number: 1,
        kind: "estimate",
        what: "re-estimated 0.5 d → 1 d",
        eventId: expect.any(Number),
      }),
    );
    expect(report.provenance).toMatchObject({ committed: "replayed", final: "replayed" });
    expect(double.asked.map(({ query }) => /query (\w+)/.exec(query)?.[1])).toEqual(["issueFields"]);
    const { checks } = await json<{ checks: { name: string; verdict: string; found: string }[] }>("doctor");
    expect(
      checks.filter(({ name }) => name === "sizes").map(({ verdict, found }) => `${verdict}: ${found}`),
    ).toEqual([
      'fine: estimates are read from the issue field "effort"',
      'look: the issue field "effort" has the value "Enormous", which is no size',
    ]);
    await call("explain", "1", "committed");
    expect(io.printed.out).toMatch(/1\.5/);
  });

  test("that nobody fills in are named, with the fields that there are", async () => {
    const { json } = await syncedFields("estimate: { from: issue-field, name: Efort }", told);
    const { checks } = await json<{ checks: { name: string; verdict: string; hint?: string }[] }>("doctor");
    const check = checks.find(({ name }) => name === "sizes");
    expect(check?.verdict).toBe("mend");
    expect(check?.hint).toContain('Did you mean "effort"?');
  });

  test("a GitHub that knows no fields of issues says so", async () => {
    const double = await serveProjects(team(1), {
      instead: () => ({
        errors: [
          { message: "Field 'issueFieldValues' doesn't exist", extensions: { code: "undefinedField" } },
        ],
      }),
    });
    const { call, io } = commandLine(double, {
      settings: "estimate: { from: issue-field, name: Effort }\n",
      sprint: "",
    });
    expect(await call("sync")).toBe(4);
    expect(io.printed.err).toContain("fields of issues");
  });
});

test("estimates from a field of a project count from when it was set, as observed", async () => {
  const { json } = await syncedFields(
    "estimate: { from: project-field, name: Points, daysPerPoint: 0.25 }",
    (rig) => {
      rig.told.cards.set(1, [{ ...cardIn(roadmap, "Todo"), fields: { Points: 4 }, setAt: january(3) }]);
      rig.told.cards.set(3, [
        { ...cardIn(roadmap, "Todo"), fields: { Points: 2.0000000000000004, Size: "L" }, setAt: january(8) },
      ]);
    },
  );
  const report = await json<Told>("report", "1");
  expect(report.effort).toMatchObject({ committed: 1, reestimated: 0.5, final: 1.5 });
  expect(report.provenance.committed).not.toBe("replayed");
});

test.each([
  "{ from: label, name: x }",
  "{ from: issue-field }",
  "{ from: issue-field, name: x, daysPerPoint: 0 }",
  "Effort",
])("estimate: %s is named as wrong", async (wrong) => {
  const { call, io, folder } = await syncedFields("estimate: { from: issue-field, name: x }", () => {});
  writeFileSync(
    join(folder, "content/settings.yml"),
    `repository: ${teamName}\ntimeZone: Etc/UTC\nestimate: ${wrong}\n`,
  );
  expect(await call("report", "1")).toBe(3);
  expect(io.printed.err).toContain("estimate");
});
