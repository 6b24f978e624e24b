import { requireIntact } from "../content/intact.ts";
import type { Report } from "../core/model/report.ts";
import { type SprintName, sprintArgument } from "../core/model/sprint.ts";
import { restatementFor, rewordedFrom } from "../core/report/freeze.ts";
import type { Io } from "../io.ts";
import type { ReportSource } from "./open-reports.ts";
import { readReportFile } from "./report-file.ts";

/**
 * Every sprint's report as the site shows it: the frozen figures where there are such, in the team's words of today,
 * else what history says now. Errors as `reportToShow`.
 */
export async function reportsAsShown(source: ReportSource): Promise<Report[]> {
  const shown: Report[] = [];
  for (const name of source.names) {
    const file = source.fileOf(name);
    const kept = await readReportFile(file);
    if (kept !== null) requireIntact(file, kept);
    const isKept = kept !== null && (kept.frozen || !source.hasHistory);
    shown.push(await source.withBudget(isKept ? source.inTeamWords(kept) : source.reportOf(name)));
  }
  return shown;
}

/**
 * The report to show: the frozen one, in the team's words of today, while history agrees with it, else the one that history gives now, saying so on
 * stderr. Without a database, the kept one. Errors: StoreError `store-missing` where there is neither; ContentError
 * `report-tampered`.
 */
export async function reportToShow(io: Io, source: ReportSource, name: SprintName): Promise<Report> {
  return source.withBudget(await agreedReport(io, source, name));
}

async function agreedReport(io: Io, source: ReportSource, name: SprintName): Promise<Report> {
  const file = source.fileOf(name);
  const kept = await readReportFile(file);
  if (kept !== null) requireIntact(file, kept);
  if (!source.hasHistory && kept !== null) {
    io.err(`sprintcast: there is no database here; this is the report from ${file}\n`);
    return source.inTeamWords(kept);
  }
  const fresh = source.reportOf(name);
  if (!kept?.frozen) return fresh;
  if (fresh.asOf < kept.asOf) {
    io.err(`sprintcast: the last sync here was at ${fresh.asOf}; this is the report frozen in ${file}\n`);
    return source.inTeamWords(kept);
  }
  const later = restatementFor(kept, fresh, new Date(io.now()).toISOString());
  if (later === null) return rewordedFrom(kept, fresh) ?? kept;
  io.err(
    `sprintcast: this differs from the report frozen in ${file}: ${later.note}\n` +
      `  npx sprintcast freeze ${sprintArgument(name)} adds the difference as a restatement.\n`,
  );
  return fresh;
}
