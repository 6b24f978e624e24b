import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { parse } from "yaml";

export interface ActionRun {
  /** Names of the steps that ran, in order; those with `uses` are only named. */
  ran: string[];
  /** The action's outputs. */
  outputs: Record<string, string>;
  /** What `uses` steps were given. */
  given: Record<string, Record<string, string>>;
  /** The run's summary. */
  summary: string;
  log: string;
  /** false: a step failed, and none after it ran. */
  ok: boolean;
}

interface Step {
  id?: string;
  name: string;
  if?: string;
  uses?: string;
  with?: Record<string, unknown>;
  run?: string;
  env?: Record<string, string>;
  "working-directory"?: string;
}

/**
 * Runs the shell steps of a composite action as a runner does, with GitHub's own reader of expressions. Of other
 * actions it notes what they are given, and takes `usesOutputs` (by step id) for what they would have said.
 */
export function runAction(options: {
  folder: string;
  workspace: string;
  inputs: Record<string, string>;
  env: Record<string, string>;
  usesOutputs?: Record<string, Record<string, string>>;
}): ActionRun {
  const action = parse(readFileSync(join(options.folder, "action.yml"), "utf8"));
  const temporary = mkdtempSync(join(tmpdir(), "runner-"));
  const result: ActionRun = { ran: [], outputs: {}, given: {}, summary: "", log: "", ok: true };
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  const contexts = {
    github: { token: "job-token", run_id: "1", run_attempt: "1" },
    runner: { os: "Linux" },
    steps,
  };
  const inputs: Record<string, string> = {};
  for (const [name, { default: value = "" }] of Object.entries<{ default?: string }>(action.inputs))
    inputs[name] = options.inputs[name] ?? evaluated(value, contexts);
  const text = (value: unknown): string => evaluated(String(value), { ...contexts, inputs });
  try {
    for (const [index, step] of (action.runs.steps as Step[]).entries()) {
      if (step.if !== undefined && text(`\${{ ${step.if} }}`) !== "true") continue;
      result.ran.push(step.name);
      if (step.uses !== undefined) {
        result.given[step.uses] = mapped(step.with ?? {}, text);
        if (step.id) steps[step.id] = { outputs: options.usesOutputs?.[step.id] ?? {} };
        continue;
      }
      const files = {
        GITHUB_OUTPUT: join(temporary, `${index}`),
        GITHUB_STEP_SUMMARY: join(temporary, "summary"),
      };
      const { status, stdout, stderr } = spawnSync(
        "bash",
        ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run ?? ""],
        {
          cwd: join(options.workspace, text(step["working-directory"] ?? ".")),
          env: {
            ...options.env,
            ...files,
            GITHUB_ACTION_PATH: options.folder,
            ...mapped(step.env ?? {}, text),
          },
          encoding: "utf8",
        },
      );
      result.log += `${stdout}${stderr}`;
      if (step.id) steps[step.id] = { outputs: outputsIn(files.GITHUB_OUTPUT) };
      if (existsSync(files.GITHUB_STEP_SUMMARY))
        result.summary = readFileSync(files.GITHUB_STEP_SUMMARY, "utf8");
      if (status !== 0) return { ...result, ok: false };
    }
    for (const [name, { value }] of Object.entries<{ value: string }>(action.outputs))
      result.outputs[name] = text(value);
    return result;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

const mapped = (fields: Record<string, unknown>, text: (value: unknown) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, text(value)]));

function outputsIn(file: string): Record<string, string> {
  const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

/** Text with each `${{ … }}` replaced by its value. */
function evaluated(text: string, contexts: object): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => {
    const noFiles = { name: "hashFiles", minArgs: 1, maxArgs: 255, call: () => new data.StringData("") };
    const parser = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), [noFiles]);
    const functions = new Map([["hashfiles", noFiles]]);
    const context = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
    return new Evaluator(parser.parse(), context, functions).evaluate().coerceString();
  });
}
