import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { ActionError, type Inputs } from "./inputs.ts";
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
  const folder = `${content}/reports`;
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const reports = files
    .filter((file) => /^([^/\\]+[/\\])?\d+\.json$/.test(file))
    .sort((a, b) => Number.parseInt(basename(a), 10) - Number.parseInt(basename(b), 10));
  const last = reports.at(-1);
  if (last === undefined || !reports.some((file) => file !== basename(file)))
    return last === undefined ? null : String(Number.parseInt(last, 10));
  const sprints = reports.flatMap((file) => sprintIn(`${folder}/${file}`));
  const newest = sprints.sort((a, b) => Date.parse(a.start) - Date.parse(b.start)).at(-1);
  return newest === undefined ? null : nameOf({ ...newest, sprint: newest.number });
}

interface ReportedSprint {
  number: number;
  team?: string;
  start: string;
}

/** Whose report it is; nothing where it is none: the command line says what is wrong with it. */
function sprintIn(file: string): ReportedSprint[] {
  try {
    const { sprint } = JSON.parse(readFileSync(file, "utf8")) as { sprint?: ReportedSprint };
    return sprint === undefined ? [] : [sprint];
  } catch {
    return [];
  }
}
