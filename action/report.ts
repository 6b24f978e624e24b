import { appendFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ActionError, type Inputs } from "./inputs.ts";
import { keptReport, reportFiles } from "./kept.ts";
import { annotate, installed, output, required, setOutputs } from "./runner.ts";
import { fitted } from "./summary.ts";

/** Writes a sprint's report to the run's summary as Markdown, and to a file as JSON. */
export function writeReport(inputs: Inputs): void {
  const content = ["--content", inputs.content];
  const sprint = inputs.sprint ?? currentSprint(content) ?? newestReport(inputs.content);
  if (sprint === null) {
    annotate("notice", "No sprint has begun yet, so there is no report.");
    return;
  }
  const report = ["report", String(sprint), ...content];
  const print = (...format: string[]): string => {
    const text = output("npx", installed("sprintcast", ...report, ...format));
    if (text === null) throw new ActionError(`there is no report of sprint ${sprint}; the log says why`);
    return text;
  };
  const json = print("--json");
  const markdown = print("--format", "md");
  const file = inputs.command === "report" ? inputs.out : "sprintcast-report.json";
  writeFileSync(file, json);
  appendFileSync(required("GITHUB_STEP_SUMMARY"), fitted(markdown));
  setOutputs({ sprint: String(sprint), report: inputs.path === "." ? file : `${inputs.path}/${file}` });
}

/** The ledger of debt lists every sprint that has begun, in order. */
function currentSprint(content: string[]): string | null {
  const ledger = output("npx", installed("sprintcast", "debt", "--json", ...content));
  if (ledger === null) return null;
  const { sprints } = JSON.parse(ledger) as { sprints: { sprint: number; team?: string }[] };
  const newest = sprints.at(-1);
  return newest === undefined ? null : nameOf(newest);
}

const nameOf = ({ sprint, team }: { sprint: number; team?: string }): string =>
  team === undefined ? String(sprint) : `${team}/${sprint}`;

/** Without a history, a sprint may have begun that no report is kept of. Teams that count their own have folders. */
function newestReport(content: string): string | null {
  const numberOf = (file: string) => Number.parseInt(basename(file), 10);
  const reports = reportFiles(content).sort((a, b) => numberOf(a) - numberOf(b));
  const last = reports.at(-1);
  if (last === undefined) return null;
  if (reports.every((file) => dirname(file) === join(content, "reports"))) return String(numberOf(last));
  const sprints = reports.flatMap((file) => keptReport(file)?.sprint ?? []);
  const newest = sprints.sort((a, b) => Date.parse(a.start) - Date.parse(b.start)).at(-1);
  return newest === undefined ? null : nameOf({ ...newest, sprint: newest.number });
}
