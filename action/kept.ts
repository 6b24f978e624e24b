import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Reports below a content folder, of sprints and of teams that count their own: `content/reports/api/03.json`. */
export function reportFiles(content: string): string[] {
  const folder = join(content, "reports");
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  return files
    .filter((file) => /^([^/\\]+[/\\])?\d+\.json$/.test(file))
    .sort()
    .map((file) => join(folder, file));
}

export interface KeptReport {
  sprint?: { number: number; team?: string; start: string };
  frozen?: unknown;
}

/** What a report says; null where it is none: the command line says what is wrong with it. */
export function keptReport(file: string): KeptReport | null {
  try {
    const report: unknown = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
    return typeof report === "object" ? (report as KeptReport | null) : null;
  } catch {
    return null;
  }
}

/** Those of sprints that have ended: figures of a running sprint may lie beside them, and still change. */
export const sealedReports = (content: string): string[] =>
  reportFiles(content).filter((file) => Boolean(keptReport(file)?.frozen));
