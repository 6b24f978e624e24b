import { appendFileSync, existsSync, readdirSync, writeFileSync } from "node:fs";
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
function currentSprint(content: string[]): number | null {
  const ledger = output("npx", installed("sprintcast", "debt", "--json", ...content));
  if (ledger === null) return null;
  const { sprints } = JSON.parse(ledger) as { sprints: { sprint: number }[] };
  return sprints.at(-1)?.sprint ?? null;
}

/** Without a history, a sprint may have begun that no report is kept of. */
function newestReport(content: string): number | null {
  const folder = `${content}/reports`;
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const numbers = names.filter((name) => /^\d+\.json$/.test(name)).map((name) => Number.parseInt(name, 10));
  return numbers.length === 0 ? null : Math.max(...numbers);
}
