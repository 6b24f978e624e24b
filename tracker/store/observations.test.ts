import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IssueObservation } from "../core/model/issue.ts";
import { present } from "../core/model/present.ts";
import { day, history } from "../testing/history-builder.ts";
import { memoryTables } from "../testing/memory-tables.ts";
import { observationMigrations, observations } from "./observations.ts";

const table = () => observations(memoryTables(...observationMigrations).db);
/** Issue 1 as it was last changed on day `updated` and looked at on day `seen`. */
const look = (updated: number, seen: number, rest: Partial<IssueObservation> = {}): IssueObservation => ({
  ...present(history([{ number: 1, ...rest }]).issues[0]),
  updatedAt: day(updated),
  observedAt: day(seen),
});
const label = (name: string, seen: number) => ({
  id: 7,
  observedAt: day(seen),
  name,
  color: "ededed",
  description: null,
});

describe("one thing seen again and again", () => {
  it("is news once for each content, and remembers from when to when it was seen so", () => {
    const seen = table();
    expect(
      [label("bug", 5), label("bug", 9), label("fault", 7), label("bug", 2)].map((one) =>
        seen.add("label", one),
      ),
    ).toEqual([true, false, true, false]);
    expect(seen.history("label", 7)).toMatchObject([
      { name: "fault", firstSeenAt: day(7), observedAt: day(7) },
      { name: "bug", firstSeenAt: day(2), observedAt: day(9) },
    ]);
    expect(seen.latest("label", 7)?.name).toBe("bug");
    expect(seen.newest("label")).toHaveLength(1);
    expect(seen.latest("label", 8)).toBeNull();
  });

  it("is told the same in whatever order it was seen", () => {
    const looks = fc.array(
      fc.tuple(fc.constantFrom("bug", "fault", "defect"), fc.integer({ min: 1, max: 30 })),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(looks, fc.infiniteStream(fc.nat()), (all, order) => {
        const shuffled = all
          .map((one) => ({ one, by: order.next().value ?? 0 }))
          .sort((a, b) => a.by - b.by)
          .map(({ one }) => one);
        const told = [all, shuffled].map((list) => {
          const seen = table();
          for (const [name, on] of list) seen.add("label", label(name, on));
          return seen.history("label", 7);
        });
        expect(told[0]).toEqual(told[1]);
      }),
      { seed: 12, numRuns: 200 },
    );
  });
});

describe("an issue", () => {
  it("is newest by GitHub's own time of update, not by when it was seen", () => {
    const seen = table();
    const looks = [
      look(3, 10, { title: "new" }),
      look(2, 20, { title: "old" }),
      look(3, 30, { title: "new" }),
    ];
    const told = [
      { isNew: true, isNewest: true },
      { isNew: true, isNewest: false },
      { isNew: false, isNewest: true },
    ];
    expect(seen.addIssues(looks)).toEqual(told);
    const twice = look(3, 10);
    expect(
      table()
        .addIssues([twice, twice])
        .map(({ isNew }) => isNew),
    ).toEqual([true, false]);
    const oneByOne = table();
    expect(looks.flatMap((one) => oneByOne.addIssues([one]))).toEqual(told);
    expect(seen.versions(1).map(({ title }) => title)).toEqual(["old", "new"]);
    expect(seen.issues()).toEqual([1]);
  });

  it("that only a backup kept is evidence as of its update; once GitHub showed it, of that too", () => {
    const seen = table();
    seen.addIssues([look(3, 10, { kept: true })]);
    expect(seen.versions(1)).toMatchObject([{ kept: true, observedAt: day(10) }]);
    const [keptOnly] = seen.versions(1);
    expect(present(keptOnly).asOf).toBeLessThan(day(4));
    seen.addIssues([look(3, 20)]);
    const [both, ...others] = seen.versions(1);
    expect(others).toEqual([]);
    expect(both).not.toHaveProperty("kept");
    expect(both).toMatchObject({ observedAt: day(20), firstSeenAt: day(10) });
  });

  it("is known as the newest of a backup, until GitHub or a later backup shows another", () => {
    const seen = table();
    const first = look(3, 10, { kept: true });
    seen.addIssues([first]);
    const digest = seen.newestKept(first);
    expect(digest).not.toBeNull();
    seen.seeKeptAgain(1, present(digest), day(15));
    expect(seen.versions(1)).toMatchObject([{ observedAt: day(15) }]);
    const later = look(5, 20, { kept: true, title: "renamed" });
    seen.addIssues([later]);
    expect(seen.newestKept(first)).toBeNull();
    expect(seen.newestKept(later)).not.toBeNull();
    seen.addIssues([look(5, 30, { title: "renamed" })]);
    expect(seen.newestKept(later)).toBeNull();
  });

  it("is found by effort in its text, in every spelling that may say any", () => {
    const seen = table();
    const bodies = ["/spend 1d", "/SPENT 2h", "／spend 1d", '{"time_spent": 5}', "we spend too much", null];
    for (const [index, body] of bodies.entries()) seen.addIssues([look(1, 2, { number: index + 1, body })]);
    expect(seen.issuesWithEffort()).toEqual([1, 2, 3, 4]);
  });
});

it("knows what kinds were ever seen", () => {
  const seen = table();
  expect(seen.has("milestone")).toBe(false);
  const [milestone] = history([], { milestones: { 2: "Sprint 2" } }).milestones;
  seen.add("milestone", present(milestone));
  expect(seen.has("milestone")).toBe(true);
  expect(seen.newest("milestone").map(({ title }) => title)).toEqual(["Sprint 2"]);
});
