import { resolve } from "node:path";
import { Command } from "commander";
import { exitCodes, StoreError } from "../errors.ts";
import { createPaint } from "../render/paint.ts";
import { renderState } from "../render/state-text.ts";
import { openStore } from "../store/open.ts";
import { parseInstant } from "./instant.ts";
import type { Verb } from "./io.ts";
import { computeStateDocument } from "./state-json.ts";

interface Options {
  at?: string;
  db: string;
  json?: boolean;
  pulls?: boolean;
}

const help = `
Examples:
  $ sprintcast state                              all issues as they stand now
  $ sprintcast state --at 2024-03-01T00:00:00Z    as they stood on that day
  $ sprintcast state --at 2024-03-01T09:00:00+01:00 --json > march.json`;

export const stateVerb: Verb = (io) =>
  new Command("state")
    .summary("every issue as it stood at an instant")
    .description(
      "Prints title, state, labels, milestone and assignees of every issue as they stood at an instant, and how each of these is known.",
    )
    .option("--at <instant>", "ISO 8601 with Z or an offset (default: now)")
    .option("--pulls", "list pull requests too")
    .option("--json", "print sprintcast/state@1")
    .option("--db <file>", "database", ".sprintcast/sprintcast.db")
    .addHelpText("after", help)
    .action((options: Options) => {
      const at = options.at === undefined ? io.now() : parseInstant(options.at);
      const store = openStore(resolve(io.cwd, options.db), { mustExist: true });
      try {
        if (store.repository() === null)
          throw new StoreError("store-missing", `${options.db} holds no history yet`, {
            hint: "Fetch it first with npx sprintcast sync, or name the right file with --db.",
            exitCode: exitCodes.usage,
          });
        store.refresh({ signal: io.signal });
        const timelines = store.eachTimeline({ pullRequests: options.pulls ?? false });
        const document = computeStateDocument(timelines, at, store.repository(), store.names());
        if (options.json) io.out(`${JSON.stringify(document, null, 2)}\n`);
        else io.out(renderState(document, { width: io.columns, paint: createPaint(io.isTerminal, io.env) }));
      } finally {
        store.close();
      }
    });
