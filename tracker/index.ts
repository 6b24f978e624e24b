/** Sprintcast as a library: reports computed, read, rendered and drawn without the command line. */
export { type OpenReports, openReports, type Places } from "./commands/open-reports.ts";
export { computeReport, type ReportInput } from "./core/compute-report.ts";
export { digestOf, isIntact } from "./core/freeze.ts";
export type * from "./core/report.ts";
export * from "./errors.ts";
export * from "./render/charts/charts.ts";
export { renderMarkdown, reportDocument } from "./render/markdown.ts";
export { renderReport } from "./render/report-text.ts";
