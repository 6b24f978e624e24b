import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openBackup } from "../../backup/read-backup.ts";
import type { HistoryPage } from "../../core/model/page.ts";
import { mapPage } from "../../github/map-page.ts";
import { sampleFolder } from "../../sample/repository.ts";
import { openStore } from "../../store/open.ts";
import type { Store } from "../../store/store.ts";
import { quietIo } from "../../testing/quiet-io.ts";
import { simulate } from "../../testing/simulate.ts";
import { simulateBackups, writeBackup } from "../../testing/simulated-backups.ts";
import { everyday } from "../../testing/weights.ts";
import { type BackupSummary, syncBackup } from "./backup.ts";
import { backupBatch, reader } from "./backup-batch.ts";
import { nothingYet } from "./summary.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sprintcast-skipping-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const io = quietIo({ cwd: "/", now: 0 });
/** Files of a folder that an import would leave unread. */
function knownIn(store: Store, folder: string): string[] {
  const backup = openBackup(folder);
  const steps = [...backup.changes(backupBatch(store, backup.observedAt, nothingYet()).find)];
  return steps.flatMap((step) => ("known" in step ? [step.file] : []));
}

/** Every row of every table but that of the files themselves. */
function rowsOf(file: string): Record<string, unknown[]> {
  const db = new Database(file, { readonly: true });
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  const found = tables
    .filter((name) => name !== "backup_file")
    .map((name): [string, unknown[]] => [String(name), db.prepare(`SELECT * FROM "${name}"`).raw().all()]);
  db.close();
  return Object.fromEntries(found);
}

/** Two databases that live the same, but for one of them no file is ever known. */
function twins(name: string) {
  const files = { skipping: join(root, `${name}-a.db`), reading: join(root, `${name}-b.db`) };
  const forgetting = (work: (store: Store) => unknown) => {
    const db = new Database(files.reading);
    db.exec("DELETE FROM backup_file");
    db.close();
    return using(files.reading, work);
  };
  using(files.skipping, () => {});
  using(files.reading, () => {});
  return {
    /** Both do it; resolves to what each gave. */
    async both<T>(work: (store: Store) => T): Promise<[Awaited<T>, Awaited<T>]> {
      return [await using(files.skipping, work), (await forgetting(work)) as Awaited<T>];
    },
    rows: () => [rowsOf(files.skipping), rowsOf(files.reading)] as const,
    known: (folder: string) => using(files.skipping, (store) => knownIn(store, folder)),
  };
}

async function using<T>(file: string, work: (store: Store) => T): Promise<Awaited<T>> {
  const store = openStore(file);
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

const told = ({ spoken, ...sum }: BackupSummary) => ({ ...sum, spoken: [...spoken] });

describe("files that are known as they are", () => {
  const weights = {
    ...everyday,
    create: 14,
    renameLabel: 1,
    renameMilestone: 1,
    deleteLabel: 0.5,
    silentLabel: 0.5,
  };
  const runs = [60, 66, 72, 90];
  type Step = { do: "import"; run: number } | { do: "sync"; run: number } | { do: "refresh" };
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant("import" as const), run: fc.nat(runs.length - 1) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("sync" as const), run: fc.nat(runs.length - 1) }) },
    { weight: 4, arbitrary: fc.constant({ do: "refresh" as const }) },
  );

  /** A part of what GitHub lists at a run. */
  function liveOf(seed: number, run: number): HistoryPage {
    const { page } = simulate(seed, runs[run] ?? 0, weights);
    const some = (number: number) => number % 3 === 0;
    return {
      ...page,
      issues: page.issues.filter(({ number }) => some(number)),
      events: page.events.filter(({ issue }) => some(issue)),
    };
  }

  test("are skipped, and every row is as if they had been read, whatever else came in between", async () => {
    let skipped = 0;
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1000 }),
        fc.constantFrom({}, { listings: true }, { accountsChangeAt: 2 }),
        fc.array(step, { minLength: 2, maxLength: 7 }),
        async (seed, more, steps) => {
          const name = `life-${++count}`;
          const folders = simulateBackups({ seed, runs, weights, ...more }).map((backup, run) => {
            const folder = join(root, `${name}-${run}`);
            writeBackup(backup, folder);
            return folder;
          });
          const pair = twins(name);
          for (const one of steps) {
            if (one.do === "import") {
              const folder = folders[one.run] ?? "";
              skipped += (await pair.known(folder)).length;
              const [a, b] = await pair.both((store) => syncBackup(store, folder, null, io));
              expect(told(a)).toEqual(told(b));
            } else if (one.do === "sync") await pair.both((store) => store.append(liveOf(seed, one.run)));
            else await pair.both((store) => store.refresh());
            const [skipping, reading] = pair.rows();
            expect(skipping).toEqual(reading);
          }
        },
      ),
      // Seeded, for what was skipped is counted.
      { numRuns: 20, seed: 5 },
    );
    expect(skipped).toBeGreaterThan(100);
  });

  test("are all of a folder that was just read, and none of which something was left out", async () => {
    const folder = join(root, "sample");
    mkdirSync(join(folder, "issues"), { recursive: true });
    for (const path of ["state.json", "issues/1.json", "issues/2.json", "issues/3.json"])
      writeFileSync(join(folder, path), readFileSync(join(sampleFolder, path)));
    const spoil = (number: number, change: (text: string) => string) => {
      const file = join(folder, `issues/${number}.json`);
      writeFileSync(file, change(readFileSync(file, "utf8")));
    };
    const store = openStore(":memory:");
    await syncBackup(store, folder, null, io);
    expect(knownIn(store, folder)).toEqual(["issues/1.json", "issues/2.json", "issues/3.json"]);
    spoil(2, (text) =>
      text.replace('"events":[', '"events":[null,').replace('"events": [', '"events": [null,'),
    );
    spoil(3, (text) => text.replaceAll("bare-metal-to-cloud/platform", "other/product"));
    for (let round = 0; round < 2; round++) {
      const sum = await syncBackup(store, folder, null, io);
      expect(sum.problems).toHaveLength(1);
      expect(sum.notices).toHaveLength(1);
      expect(knownIn(store, folder)).toEqual(["issues/1.json"]);
    }
    store.close();
  });
});

test("what is read of a file is what this reader read; where this fails, name another and its digest", () => {
  const pages = [...openBackup(sampleFolder).steps()].flatMap((step) =>
    "pages" in step ? step.pages.map(mapPage) : [],
  );
  const digest = createHash("sha256").update(JSON.stringify(pages)).digest("hex");
  expect(readdirSync(join(sampleFolder, "issues")).length).toBeGreaterThan(10);
  expect([reader, digest]).toEqual(["1", "25b8ed448dee246840b5f489fa5f0e91aa1f879578571ed228a6f15b6e9adb5c"]);
});
