/**
 * One step of action.yml: `node main.ts STEP`. The first, `check`, reads the inputs from INPUT_… and hands them on as
 * JSON; the others find that in INPUTS. It runs before anything is installed: Node's own modules alone.
 */
import { existsSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { commitReports } from "./commit.ts";
import { ActionError, type Inputs, readInputs } from "./inputs.ts";
import { install } from "./install.ts";
import { writeReport } from "./report.ts";
import { annotate, installed, required, run, setOutputs } from "./runner.ts";

const sprintcast = (verb: string[], { content }: Inputs): void =>
  run("npx", installed("sprintcast", ...verb, "--content", content));

const steps: Record<string, (inputs: Inputs) => void> = {
  check,
  install,
  sync: (inputs) => sprintcast(["sync"], inputs),
  freeze: (inputs) => sprintcast(["freeze"], inputs),
  commit: commitReports,
  preview: (inputs) => sprintcast(["freeze", "--preview"], inputs),
  report: writeReport,
  build: ({ content, out }) =>
    run("npx", installed("astro", "build"), {
      SPRINTCAST_OUT: out,
      ...(content === "content" ? {} : { SPRINTCAST_CONTENT: content }),
    }),
};

try {
  const step = steps[process.argv[2] ?? ""];
  if (step === undefined) throw new ActionError(`no such step; there are ${Object.keys(steps).join(", ")}`);
  step(process.argv[2] === "check" ? readInputs(process.env) : (JSON.parse(required("INPUTS")) as Inputs));
} catch (error) {
  if (!(error instanceof ActionError)) throw error;
  annotate("error", error.message);
  process.exitCode = 1;
}

/** The one step that runs at the repository's top: the others run in `path`. */
function check(inputs: Inputs): void {
  const { path, out } = inputs;
  if (!existsSync(path))
    throw new ActionError(`path is ${JSON.stringify(path)}, and there is no such folder`);
  const top = realpathSync(".");
  if (relative(top, realpathSync(path)).startsWith(".."))
    throw new ActionError("path leads out of the repository");
  setOutputs({ inputs: JSON.stringify(inputs), site: join(path, out) });
}
