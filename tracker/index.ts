/** Sprintcast as a library: histories opened, reports computed and frozen without the command line. */
export { runFreeze } from "./commands/freeze/run.ts";
export type * from "./core/model/kalm.ts";
export type * from "./core/model/report.ts";
export { computeReport, type ReportInput } from "./core/report/compute-report.ts";
export { digestOf, isIntact } from "./core/report/freeze.ts";
export * from "./errors.ts";
export type { Io } from "./io.ts";
export { run } from "./program.ts";
export { startProgress } from "./progress.ts";
export { keepFlow } from "./reports/flow-file.ts";
export type { Places } from "./reports/open-boards.ts";
export { type OpenReports, openReports } from "./reports/open-reports.ts";
export { readReportFile } from "./reports/report-file.ts";
export { isTorn } from "./store/first-sync.ts";
export { openHistoryFile, openStore } from "./store/open.ts";
