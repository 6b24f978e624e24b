import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Report } from "../core/model/report.ts";
import { ContentError } from "../errors.ts";
import { makeFolder } from "../store/make-folder.ts";

/**
 * A kept report with every field it was written with: a digest is over all of them, so nothing is stripped here.
 * null where there is no file. Throws ContentError `report-json` or `report-invalid` where it is no report.
 */
export async function readReportFile(file: string): Promise<Report | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ContentError("report-json", file, "is not valid JSON", { hint: restore, cause: error });
  }
  if ((value as Report | null)?.schema !== "sprintcast/report@1")
    throw new ContentError("report-invalid", file, 'expected "schema": "sprintcast/report@1"', {
      hint: restore,
    });
  return value as Report;
}

const restore = "Bring it back with git restore, or write it anew with npx sprintcast freeze.";

/** Whole or not at all: a reader never sees half a report. */
export async function writeReportFile(file: string, report: Report): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  makeFolder(dirname(file));
  await writeFileAtomic(file, `${JSON.stringify(report, null, 1)}\n`);
}

/** Paths of all kept reports, by team and sprint. */
export async function listReportFiles(contentDir: string): Promise<string[]> {
  const folder = join(contentDir, "reports");
  const found = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const teams = found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const own = await Promise.all(
    teams.sort().map(async (team) => reportsAmong(await readdir(join(folder, team)), join(folder, team))),
  );
  return [
    ...reportsAmong(
      found.map(({ name }) => name),
      folder,
    ),
    ...own.flat(),
  ];
}

const reportsAmong = (names: readonly string[], folder: string): string[] =>
  names
    .filter((name) => /^\d+\.json$/.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => join(folder, name));
