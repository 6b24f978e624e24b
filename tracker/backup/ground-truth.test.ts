import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Store } from "../store/open.ts";
import { compared, compareWithTruth } from "../testing/ground-truth.ts";
import { importBackup } from "../testing/import-backup.ts";
import { readSnapshots, sharedData, unpackBackup } from "../testing/shared-data.ts";

const { hasBackup } = sharedData();

// The import sees the last backup alone; the snapshots are read for the comparison only.
describe.skipIf(!hasBackup)(
  "replay of a real repository against what GitHub answered, month by month",
  () => {
    let store: Store;
    let backup: ReturnType<typeof unpackBackup>;
    let problems: string[];
    beforeAll(() => {
      backup = unpackBackup();
      store = openStore(":memory:");
      problems = importBackup(store, backup.folder);
    }, 120_000);
    afterAll(() => {
      store?.close();
      backup?.remove();
    });

    it("loads every file", () => {
      expect(problems).toEqual([]);
      expect(store.counts()).toMatchObject({ issues: 341, pullRequests: 537 });
    });

    it("is never wrong, and seldom needs an excuse", () => {
      const snapshots = readSnapshots();
      const { tallies, differences, missing } = compareWithTruth(
        store.timelines({ pullRequests: true }),
        store.names(),
        snapshots,
      );
      console.table(tallies);
      if (differences.length > 0) console.table(differences.slice(0, 20));
      expect(snapshots).toHaveLength(37);
      expect(missing).toEqual([]);
      for (const attribute of compared) {
        expect(tallies[attribute].rows, attribute).toBe(
          snapshots.reduce((sum, { rows }) => sum + rows.length, 0),
        );
        expect(tallies[attribute].wrong, attribute).toBe(0);
        expect(tallies[attribute].explained / tallies[attribute].rows, attribute).toBeLessThan(0.02);
      }
    });

    it("finds the renames of labels and milestones", () => {
      const found = store.names().aliases.map(({ kind, from, to }) => `${kind} ${from} → ${to}`);
      expect(found).toContain("label windows → Windows");
      expect(found).toContain("milestone 0.22.0 → 22.0");
      const before = Date.parse("2021-01-01T00:00:00Z");
      expect(store.issuesEverCarrying({ milestone: "0.22.0" })).toEqual(
        store.issuesEverCarrying({ milestone: 2 }),
      );
      expect(store.issuesEverCarrying({ milestone: 2 }, { from: 0, to: before }).length).toBeGreaterThan(0);
    });
  },
);
