/** Sprintcast as a library: reports computed, read, rendered and drawn without the command line. */

export type * from "./core/model/report.ts";
export { computeReport, type ReportInput } from "./core/report/compute-report.ts";
export { digestOf, isIntact } from "./core/report/freeze.ts";
export * from "./errors.ts";
export * from "./render/charts/charts.ts";
export { renderMarkdown, reportDocument } from "./render/markdown.ts";
export { renderReport } from "./render/text/report.ts";
export { type OpenReports, openReports, type Places } from "./reports/open-reports.ts";
