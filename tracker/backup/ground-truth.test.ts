import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { computeStateDocument } from "../commands/state.ts";
import { present } from "../core/model/present.ts";
import { openStore, type Store } from "../store/open.ts";
import { compared, compareWithTruth } from "../testing/ground-truth.ts";
import { importBackup } from "../testing/import-backup.ts";
import { writeOlderBackup } from "../testing/older-backups.ts";
import { readSnapshots, type Snapshot, sharedData, unpackBackup } from "../testing/shared-data.ts";

/** State with its provenance at the end of each quarter, and all names. */
function describeStore(store: Store, snapshots: readonly Snapshot[]) {
  const instants = snapshots.filter((_, index) => index % 3 === 0).map(({ at }) => at);
  const timelines = store.timelines({ pullRequests: true });
  const aliases = store.names();
  return {
    states: instants.map((at) => JSON.stringify(computeStateDocument(timelines, at, null, aliases))),
    names: aliases,
    labels: store.labels().map(({ id, name }) => [id, name]),
    milestones: store.milestones().map(({ number, title }) => [number, title]),
  };
}

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

    it("tells the same when five older folders are read before the newest, or one after it", () => {
      const snapshots = readSnapshots();
      const older = [0, 7, 14, 21, 30].map((index) => present(snapshots[index]));
      const root = mkdtempSync(join(tmpdir(), "sprintcast-older-"));
      try {
        const folders = older.map((snapshot) => {
          const folder = join(root, String(snapshot.at));
          writeOlderBackup(backup.folder, snapshot, folder);
          return folder;
        });
        const told = (order: string[]) => {
          const several = openStore(":memory:");
          for (const folder of order) expect(importBackup(several, folder)).toEqual([]);
          const found = describeStore(several, snapshots);
          several.close();
          return found;
        };
        const alone = describeStore(store, snapshots);
        expect(told([...folders, backup.folder])).toEqual(alone);
        expect(told([backup.folder, present(folders[2])])).toEqual(alone);
      } finally {
        rmSync(root, { recursive: true });
      }
    }, 600_000);

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
