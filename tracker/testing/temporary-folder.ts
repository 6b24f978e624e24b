import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of the test that runs, which ends with it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
