import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { computeStateDocument } from "../commands/state.ts";
import { present } from "../core/model/present.ts";
import { openStore } from "../store/open.ts";
import { importBackup } from "../testing/import-backup.ts";
import { randomOf } from "../testing/random.ts";
import { simulate } from "../testing/simulate.ts";
import { type BackupLife, simulateBackups, writeBackup } from "../testing/simulated-backups.ts";
import { judge } from "../testing/simulated-truth.ts";
import { everyday } from "../testing/weights.ts";

const changeable = {
  ...everyday,
  create: 14,
  renameLabel: 1,
  renameMilestone: 1,
  swapLabels: 0.3,
  deleteLabel: 0.5,
  deleteMilestone: 0.3,
  remakeLabel: 0.3,
  remakeMilestone: 0.3,
  silentLabel: 0.5,
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sprintcast-stale-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** All that can be told from folders that were read in this order. */
function toldBy(folders: readonly string[], instants: readonly number[]) {
  const store = openStore(":memory:");
  try {
    for (const folder of folders) importBackup(store, folder);
    const timeless = <T extends object>(things: T[]) => things.map((thing) => ({ ...thing, firstSeenAt: 0 }));
    return {
      states: instants.map((at) => computeStateDocument(store.timelines(), at, null, store.names())),
      names: store.names(),
      labels: timeless(store.labels()),
      milestones: timeless(store.milestones()),
    };
  } finally {
    store.close();
  }
}

function foldersOf(life: BackupLife): { folders: string[]; instants: number[] } {
  const backups = simulateBackups(life);
  const folders = backups.map((backup, index) => {
    const folder = join(root, String(index));
    writeBackup(backup, folder);
    return folder;
  });
  const ends = backups.map(({ at }) => at);
  const between = ends.slice(1).map((at, index) => Math.floor((at + present(ends[index])) / 2));
  return { folders, instants: [...ends, ...between] };
}

describe.each([
  ["only what changed", {}],
  ["and whole listings of labels and milestones", { listings: true }],
  ["and accounts that are renamed or gone", { accountsChangeAt: 3 }],
])("older folders add nothing to the newest: %s", (_, more) => {
  test.each([1, 2, 3, 4])("life %i", (seed) => {
    const life = { seed, runs: [90, 100, 112, 124, 136, 150], weights: changeable, ...more };
    const { folders, instants } = foldersOf(life);
    const newest = present(folders.at(-1));
    const alone = toldBy([newest], instants);
    expect(toldBy(folders, instants)).toEqual(alone);
    expect(toldBy([newest, present(folders[seed % 5])], instants)).toEqual(alone);
    const random = randomOf(seed);
    const shuffled = folders.toSorted(() => random() - 0.5);
    expect(toldBy(shuffled, instants)).toEqual(alone);
  });
});

test("an object of long ago keeps no issue on a milestone that was deleted since, made again or not", () => {
  let stale = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const weights = { ...everyday, milestone: 16, deleteMilestone: 0.3, remakeMilestone: 1.2 };
    const newest = present(
      simulateBackups({ seed, runs: [60, 100, 140, 180], weights, listings: true }).at(-1),
    );
    const folder = join(root, `remade-${seed}`);
    writeBackup(newest, folder);
    const life = simulate(seed, 180, weights);
    const end = { at: newest.at, issues: present(life.truth.at(-1)).issues };
    const store = openStore(":memory:");
    importBackup(store, folder);
    const { wrong } = judge(store.timelines(), { ...life, truth: [...life.truth, end] });
    store.close();
    expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    stale += end.issues.filter(
      ({ number, milestone }) =>
        milestone === null && newest.files.get(`issues/${number}.json`)?.includes('"milestone":{"number"'),
    ).length;
  }
  expect(stale).toBeGreaterThan(10);
});

test("the lives have what it takes: stale files that bear names of long ago, and accounts that changed", () => {
  const lives = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
    const life = { seed, runs: [90, 150], weights: changeable, accountsChangeAt: 1 };
    const [before, after] = simulateBackups(life).map(({ files }) => [...files]);
    const namesIn = (files: [string, string][]) =>
      new Set(files.flatMap(([, text]) => text.match(/"id":\d+,"name":"[^"]*"/g) ?? []));
    const stale = present(after).filter(([path, text]) =>
      present(before).some(([p, t]) => p === path && t === text),
    );
    const fresh = namesIn(present(after).filter((file) => !stale.includes(file)));
    const old = [...namesIn(stale)].filter((name) => !fresh.has(name));
    return { stale: stale.length, old: old.length, renamed: JSON.stringify(after).includes("anna") };
  });
  expect(lives.reduce((sum, { stale }) => sum + stale, 0)).toBeGreaterThan(10);
  expect(lives.every(({ renamed }) => renamed)).toBe(true);
  expect(lives.some(({ old }) => old > 0)).toBe(true);
});
