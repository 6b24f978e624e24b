import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const data = join(import.meta.dirname, "../../../shared/data/bitcoin-core-gui");

/** Real data that some machines have beside the checkout; tests that need it are skipped elsewhere. */
export function sharedData(): { hasBackup: boolean; data: string } {
  const hasBackup = existsSync(join(data, "backup.tar.gz")) && existsSync(join(data, "snapshots.ndjson.gz"));
  if (!hasBackup) console.warn(`SKIPPED: no real history at ${data}; the ground truth is not tested here`);
  return { hasBackup, data };
}

const cases = join(import.meta.dirname, "../../../shared/data/cases");

/** Situations from public trackers, each a folder with `backup/` and `content/`; null where they are not here. */
export function sharedCases(): string | null {
  if (existsSync(cases)) return cases;
  console.warn(
    `SKIPPED: no situations at ${cases}; what public trackers taught is tested by our own inputs only`,
  );
  return null;
}

/** Unpacks the real backup into a folder of its own; call `remove` in the end. */
export function unpackBackup(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-backup-"));
  execFileSync("tar", ["-xzf", join(data, "backup.tar.gz"), "-C", folder]);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface TruthRow {
  number: number;
  pr: boolean;
  state: string;
  state_reason: string | null;
  title: string;
  labels: string[];
  milestone: { number: number; title: string } | string | null;
  assignees: string[];
  updated_at: string;
  n_events: number;
}

/** What GitHub itself answered at `at` (epoch ms). */
export interface Snapshot {
  at: number;
  rows: TruthRow[];
}

export function readSnapshots(): Snapshot[] {
  return gunzipSync(readFileSync(join(data, "snapshots.ndjson.gz")))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const { last_backup, issues } = JSON.parse(line) as { last_backup: string; issues: TruthRow[] };
      return { at: Date.parse(last_backup), rows: issues };
    });
}
