import { relative } from "node:path";
import { requireIntact } from "../../content/intact.ts";
import type { Report } from "../../core/model/report.ts";
import { type SprintName, sprintParts } from "../../core/model/sprint.ts";
import { restatementFor } from "../../core/report/freeze.ts";
import { laggingIn } from "../../core/report/lagging.ts";
import { ContentError, UsageError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { counted, daysText } from "../../render/format.ts";
import type { ReportSource } from "../../reports/open-reports.ts";
import { listReportFiles, readReportFile, writeReportFile } from "../../reports/report-file.ts";
import { type FreezePlan, planFreeze } from "./plan.ts";

/** Writes the reports of the wanted sprint, or of every one that fits. */
export async function runFreeze(
  io: Io,
  source: ReportSource,
  wanted: SprintName | null,
  options: { preview?: boolean; force?: boolean; team?: string },
): Promise<void> {
  const now = io.now();
  const fits = (report: Report) => {
    const running = Date.parse(report.sprint.start) <= now && now < Date.parse(report.sprint.end);
    return options.preview ? running : now >= Date.parse(report.sprint.end);
  };
  const isOwn = ofTeam(options.team);
  let found = 0;
  // One at a time: the reports of a long history together would fill the memory.
  for (const name of wanted === null ? source.names.filter(isOwn) : [wanted]) {
    const fresh = source.reportOf(name);
    if (wanted === null && !fits(fresh)) continue;
    found += 1;
    const file = source.fileOf(name);
    const existing = await readReportFile(file);
    const mode = options.preview ? "preview" : "freeze";
    let plan: FreezePlan;
    try {
      plan = planFreeze({ file, existing, fresh, now, mode, force: options.force ?? false });
    } catch (error) {
      // A repository that cannot be read now keeps no other sprint from being frozen.
      if (wanted !== null || !(error instanceof UsageError) || laggingIn(fresh).length === 0) throw error;
      const why = `${error.message}. ${error.hint ?? ""}`.trimEnd();
      io.err(`note: not frozen: ${why}\n`);
      continue;
    }
    if (plan.report !== null) await writeReportFile(file, plan.report);
    io.out(`${sentenceOf(plan, name, relative(io.cwd, file))}\n`);
  }
  if (found === 0) io.out(`No sprint ${options.preview ? "is running" : "has ended"}: nothing to write.\n`);
}

function sentenceOf(plan: FreezePlan, sprint: SprintName, file: string): string {
  switch (plan.action) {
    case "unchanged":
      return `Sprint ${sprint}: ${file} is up to date.`;
    case "previewed":
      return `Sprint ${sprint}: figures so far written to ${file}, not frozen.`;
    case "frozen":
      return `Sprint ${sprint}: frozen in ${file} (digest ${plan.report.frozen?.digest.slice(0, 12)}).`;
    case "reworded":
      return `Sprint ${sprint}: promises and answers updated in ${file}; its figures are unchanged.`;
    case "restated": {
      const changes = plan.restatement.changes.map(
        ({ figure, frozen, now }) => `\n  ${figure}: frozen ${daysText(frozen)}, now ${daysText(now)}`,
      );
      return `Sprint ${sprint}: restated in ${file}. ${plan.restatement.note}${changes.join("")}`;
    }
  }
}

/** Whether a sprint is the team's; undefined: of any. */
const ofTeam = (team: string | undefined) => (name: SprintName) =>
  team === undefined || sprintParts(name).team === team;

/** Throws ContentError with everything that is wrong; silent success would hide what was looked at, so it says it. */
export async function runCheck(
  io: Io,
  source: ReportSource,
  wanted: SprintName | null,
  team?: string,
): Promise<void> {
  const isOwn = ofTeam(team);
  const isMeant = (name: SprintName) => (wanted === null ? isOwn(name) : name === wanted);
  const problems: { file: string; text: string }[] = [];
  const kept = new Map<SprintName, string>();
  for (const file of await listReportFiles(source.contentDir)) {
    const report = await readReportFile(file);
    if (report === null || !isMeant(source.nameOf(report))) continue;
    const name = source.nameOf(report);
    kept.set(name, file);
    requireIntact(file, report);
    if (report.frozen === null || !source.hasHistory) continue;
    if (!source.names.includes(name)) {
      problems.push({ file, text: `sprint ${name} is not described in content/sprints/` });
      continue;
    }
    const fresh = source.reportOf(name);
    if (fresh.asOf < report.asOf) {
      problems.push({
        file,
        text: `the last sync here was at ${fresh.asOf}: run npx sprintcast sync`,
      });
      continue;
    }
    const later = restatementFor(report, fresh, new Date(io.now()).toISOString());
    if (later !== null) {
      const figures = later.changes.map(
        ({ figure, frozen, now }) => `${figure} ${daysText(frozen)} → ${daysText(now)}`,
      );
      problems.push({ file, text: `${later.note} ${figures.join(", ")}`.trim() });
    }
  }
  for (const name of source.names.filter(isMeant)) {
    const file = source.fileOf(name);
    const frozen = kept.has(name) ? (await readReportFile(file))?.frozen : null;
    if (!frozen && io.now() >= source.endOf(name))
      problems.push({ file, text: `sprint ${name} has ended and is not frozen` });
  }
  const first = problems[0];
  if (first !== undefined) {
    const rest = problems.slice(1).map(({ file, text }) => `${file}: ${text}`);
    throw new ContentError("reports-out-of-date", first.file, [first.text, ...rest].join("\n"), {
      hint: "Run npx sprintcast freeze, check what it adds, and commit it.",
    });
  }
  const against = source.hasHistory
    ? "and they agree with history"
    : "; there is no history here to compare them to";
  io.out(`${counted(kept.size, "report")}: every digest matches${source.hasHistory ? " " : ""}${against}.\n`);
}
