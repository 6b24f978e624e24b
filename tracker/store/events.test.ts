import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IssueEvent } from "../core/model/event.ts";
import { memoryTables } from "../testing/memory-tables.ts";
import { eventMigrations, events } from "./events.ts";

const log = () => {
  const { db, dictionary } = memoryTables(...eventMigrations);
  return events(db, dictionary);
};
const event = (id: number, rest: Partial<IssueEvent> = {}): IssueEvent => ({
  id,
  issue: 1,
  at: 1000 + id,
  actor: "ana",
  kind: "labeled",
  label: "bug",
  ...rest,
});
const asOf = (at: number) => new Map([[1, at]]);
const never = new Map<number, number>();

describe("adding", () => {
  it("keeps each event once, and counts what is new, however the list is cut", () => {
    const id = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(fc.array(fc.array(id, { maxLength: 50 }), { maxLength: 6 }), (pages) => {
        const table = log();
        const known = new Set<number>();
        for (const page of pages) {
          const fresh = new Set(page.filter((one) => !known.has(one)));
          const added = table.add(
            page.map((one) => event(one)),
            never,
          );
          expect(added.count).toBe(fresh.size);
          // What may be new includes all that is.
          for (const one of fresh) expect(added.among.some((found) => found.id === one)).toBe(true);
          if (fresh.size === 0) expect(added.among).toEqual([]);
          for (const one of page) known.add(one);
        }
        expect(table.ofIssue(1).map((one) => one.id)).toEqual([...known].sort((a, b) => a - b));
        expect(table.count()).toBe(known.size);
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it("gives back what came in, of every kind", () => {
    const all = [
      event(1),
      event(2, { kind: "milestoned", label: undefined, milestone: "Sprint 1" }),
      event(3, { kind: "assigned", label: undefined, assignee: "ben", actor: null }),
      event(4, { kind: "renamed", label: undefined, rename: { from: "a", to: "b" } }),
      event(5, { kind: "closed", label: undefined, stateReason: null }),
      event(6, { kind: "sub_issue_added", label: undefined, relation: 7 }),
      event(7, { kind: "issue_type_changed", label: undefined, type: { from: "Bug", to: null } }),
      event(8, { kind: "an unknown kind", label: undefined }),
    ];
    const table = log();
    table.add(all, never);
    expect(table.ofIssue(1)).toEqual(all.map((one) => JSON.parse(JSON.stringify(one))));
  });

  it("orders by time, then id, whatever came first", () => {
    const table = log();
    table.add([event(9, { at: 5 }), event(2, { at: 5 }), event(1, { at: 7 })], never);
    expect(table.ofIssue(1).map(({ id }) => id)).toEqual([2, 9, 1]);
  });
});

describe("the same event in two backups", () => {
  it("spells accounts as the newer one does, also among events that are new", () => {
    for (const others of [0, 1, 40]) {
      const table = log();
      table.add([event(1, { actor: "old-name" })], asOf(10));
      const more = Array.from({ length: others }, (_, index) => event(100 + index));
      table.add([...more, event(1, { actor: "new-name" })], asOf(20));
      expect(table.ofIssue(1)[0]?.actor).toBe("new-name");
      table.add([event(1, { actor: "older-name" })], asOf(5));
      expect(table.ofIssue(1)[0]?.actor).toBe("new-name");
    }
  });

  it("retires what the newer one lacks, and only that", () => {
    const table = log();
    table.add([event(1), event(2)], asOf(10));
    table.add([event(3)], never);
    table.add([event(1)], asOf(20));
    expect(table.retire(1, 20)).toBe(true);
    expect(table.ofIssue(1).map(({ id }) => id)).toEqual([1, 3]);
    expect(table.retire(1, 20)).toBe(false);
  });
});

describe("looking up", () => {
  it("finds events by what they name, and issues by their parents' events", () => {
    const table = log();
    table.add(
      [
        event(1),
        event(2, { issue: 2, at: 5, kind: "unlabeled" }),
        event(3, { issue: 3, kind: "sub_issue_added", label: undefined, relation: 2 }),
        event(4, { issue: 4, kind: "sub_issue_removed", label: undefined, relation: "acme/web#2" }),
      ],
      never,
    );
    expect(table.usesOf(["labeled", "unlabeled"], "bug")).toEqual([5, 1001]);
    expect(table.issuesNaming(["unlabeled"], "bug")).toEqual([2]);
    expect(table.issuesNaming(["labeled"], "never heard")).toEqual([]);
    expect(
      table
        .ofParents([1, 2])
        .get(2)
        ?.map(({ id }) => id),
    ).toEqual([3]);
    expect(table.ofParents([1, 7])).toEqual(new Map());
  });
});
