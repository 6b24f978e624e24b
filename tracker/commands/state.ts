import { resolve } from "node:path";
import { Command } from "commander";
import { listedAliases, type Names } from "../core/history/names/resolver.ts";
import { stateAt } from "../core/history/state-at.ts";
import type { IssueState, IssueTimeline, LabelAlias } from "../core/model/interval.ts";
import { exitCodes, StoreError } from "../errors.ts";
import type { Verb } from "../io.ts";
import { renderState } from "../render/text/state.ts";
import { createPaint } from "../render/text/terminal.ts";
import { openStore } from "../store/open.ts";
import { parseInstant } from "./arguments.ts";

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

/** One issue of `sprintcast/state@1`. */
export type ListedState = Omit<IssueState, "labelKeys" | "status">;

type Dated<T extends LabelAlias> = Omit<T, "notBefore" | "notAfter"> & {
  notBefore: string | null;
  notAfter: string | null;
};

/** What `state --json` prints. Instants are ISO strings in UTC. */
export interface StateDocument {
  schema: "sprintcast/state@1";
  repository: string | null;
  at: string;
  issues: ListedState[];
  aliases: {
    labels: Dated<LabelAlias>[];
    milestones: Dated<LabelAlias & { number: number }>[];
  };
}

/** Every issue created by `at`, as it stood then, by number. */
export function computeStateDocument(
  timelines: Iterable<IssueTimeline>,
  at: number,
  repository: string | null,
  names: Names,
): StateDocument {
  const issues: ListedState[] = [];
  for (const timeline of timelines) {
    const state = stateAt(timeline, at);
    if (state === null) continue;
    const { labelKeys: _, status: __, ...listed } = state;
    issues.push(listed);
  }
  const aliases = listedAliases(names);
  return {
    schema: "sprintcast/state@1",
    repository,
    at: new Date(at).toISOString(),
    issues: issues.sort((a, b) => a.number - b.number),
    aliases: { labels: aliases.labels.map(dated), milestones: aliases.milestones.map(dated) },
  };
}

function dated<T extends LabelAlias>(alias: T): Dated<T> {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return { ...alias, notBefore: iso(alias.notBefore), notAfter: iso(alias.notAfter) };
}
