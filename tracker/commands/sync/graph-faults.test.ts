import { describe, expect, test } from "vitest";
import { openStore, type Store } from "../../store/open.ts";
import { faultsAt, passing } from "../../testing/github/fault.ts";
import type { DoubleOptions } from "../../testing/github/server.ts";
import {
  cardIn,
  january,
  moved,
  roadmap,
  serveProjects,
  team,
  teamName,
  token,
} from "../../testing/project-rig.ts";
import { contentOf, ioFor, quick } from "../../testing/sync-rig.ts";
import { syncGitHub } from "./github.ts";

/** Two pages of issues, with cards, statuses and fields. */
function rig() {
  const all = team(60);
  all.told.fields = new Map();
  for (let number = 1; number <= 60; number += 7) {
    all.told.cards.set(number, [{ ...cardIn(roadmap, "Done", "Sprint 1"), fields: { Points: number } }]);
    all.told.changes.set(number, [moved(4, "Todo", "Done")]);
    const change = { at: january(5), field: "Effort", from: null, to: "M" };
    all.told.fields.set(number, { values: { Effort: "M" }, changes: [change] });
  }
  return all;
}

async function synced(store: Store, options: DoubleOptions = {}) {
  const double = await serveProjects(rig(), {
    now: () => Date.parse(january(20)),
    retryAfter: 1,
    ...options,
  });
  const tuning = { ...quick, projects: true, issueFields: true };
  const sum = await syncGitHub(store, teamName, ioFor(double, {}, token), tuning);
  return { sum, double };
}

/** What is known, with statuses, iterations and fields as intervals. */
function told(store: Store): string {
  const content = contentOf(store);
  return JSON.stringify([content, store.timelines().map(({ intervals }) => intervals)]);
}

const rhythms: [string, (request: number) => boolean][] = [
  ["every 2nd request", (n) => n % 2 === 0],
  ["three in a row", (n) => n % 9 >= 6],
];

describe("faults on the way, with Projects and issue fields over GraphQL", () => {
  test("every fault at every rhythm ends in the same database", async () => {
    const whole = openStore(":memory:");
    const { double: calm } = await synced(whole);
    const expected = told(whole);
    const table: Record<string, unknown>[] = [];
    for (const fault of passing)
      for (const [rhythm, hits] of rhythms) {
        const faults = faultsAt(fault, hits);
        const store = openStore(":memory:");
        const { sum, double } = await synced(store, { faultAt: faults.faultAt });
        const equal = told(store) === expected;
        table.push({
          fault,
          rhythm,
          requests: double.log.length,
          more: double.log.length - calm.log.length,
          hit: faults.count,
          equal,
        });
        expect(sum.problems).toEqual([]);
        expect(faults.count).toBeGreaterThan(1);
        expect(equal, `${fault}, ${rhythm}`).toBe(true);
      }
    console.table(table);
  }, 240_000);
});
