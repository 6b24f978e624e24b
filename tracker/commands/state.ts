import { resolve } from "node:path";
import { Command } from "commander";
import { listedAliases, type Names } from "../core/history/names/resolver.ts";
import { stateAt, stateOf } from "../core/history/state-at.ts";
import { instantText } from "../core/model/days.ts";
import type { IssueState, IssueTimeline, LabelAlias } from "../core/model/interval.ts";
import { numberOf, type Repositories, repositoriesOf } from "../core/model/repositories.ts";
import { exitCodes, StoreError } from "../errors.ts";
import type { Io, Verb } from "../io.ts";
import { printPieces } from "../printing.ts";
import { jsonPieces } from "../render/json-pieces.ts";
import { isTorn, tornWords } from "../store/first-sync.ts";
import { historyAmong } from "../store/history-among.ts";
import { openHistoryFile, type Store } from "../store/open.ts";
import type { History } from "../store/store.ts";
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
      "Prints the title, state, labels, milestone and assignees of every issue at a given time, and how each is known.",
    )
    .option("--at <instant>", "ISO 8601 with Z or an offset (default: now)")
    .option("--pulls", "list pull requests too")
    .option("--json", "print sprintcast/state@1")
    .option("--db <file>", "database", ".sprintcast/sprintcast.db")
    .addHelpText("after", help)
    .action(async (options: Options) => {
      const at = options.at === undefined ? io.now() : parseInstant(options.at);
      const opened = openHistoryFile(resolve(io.cwd, options.db), { mustExist: true, cacheMiB: 4 });
      try {
        const held = opened.stores();
        const stores = held.filter(({ syncState }) => !isTorn(syncState));
        if (stores.length === 0) throw noHistory(options.db, held.length > 0);
        const repositories = repositoriesOf(stores.map((store) => store.repository() ?? ""));
        const history = historyAmong(stores, repositories);
        history.refresh({ signal: io.signal });
        await warnOfTorn(io, held);
        warnOfLaterThan(io, history.knownUntil(), options.at === undefined ? null : at);
        const head = {
          ...headOf(at, history.repository(), repositories),
          asOf: isoOrNull(history.knownUntil()),
        };
        const aliases = aliasesOfAll(stores);
        const issues = statesIn(history, at, options.pulls ?? false, repositories);
        if (options.json) {
          await printPieces(io, jsonPieces(head, "issues", issues, { aliases }));
          io.out("\n");
        } else {
          const [{ renderState }, { createPaint }] = await Promise.all([
            import("../render/text/state.ts"),
            import("../render/text/terminal.ts"),
          ]);
          const look = { width: io.columns, paint: createPaint(io.isTerminal, io.env) };
          await printPieces(io, renderState({ ...head, issues, aliases }, look));
        }
      } finally {
        opened.close();
      }
    });

/** `at`: null where no instant was asked for; that is the newest that there is. */
function warnOfLaterThan(io: Io, known: number | null, at: number | null): void {
  if (known === null || at === null || at <= known) return;
  io.err(`sprintcast: the last sync was at ${instantText(known)}; this is the state at that time\n`);
}

/** One issue of `sprintcast/state@1`. `ref`: what it is called where the database holds several repositories. */
export type ListedState = Omit<IssueState, "labelKeys" | "status"> & { ref?: string };

type Dated<T extends LabelAlias> = Omit<T, "notBefore" | "notAfter"> & {
  notBefore: string | null;
  notAfter: string | null;
  /** owner/name, where the database holds several. */
  repository?: string;
};

/** What `state --json` prints. Instants are ISO strings in UTC. */
export interface StateDocument {
  schema: "sprintcast/state@1";
  repository: string | null;
  /** All that the database holds, where there are several. */
  repositories?: readonly string[];
  at: string;
  /** Up to when history is known. */
  asOf?: string | null;
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
    if (state !== null) issues.push(listed(state));
  }
  issues.sort((a, b) => a.number - b.number);
  return { ...headOf(at, repository), issues, aliases: aliasesOf(names) };
}

/** The same issues one by one, of which no more is read than what was in force. */
function* statesIn(
  history: History,
  at: number,
  pullRequests: boolean,
  { names, refOf }: Repositories,
): Generator<ListedState> {
  for (const issue of history.eachInForce(at, { pullRequests })) {
    const state = stateOf(issue, at);
    if (state === null) continue;
    yield names.length < 2 ? listed(state) : { ...inItsRepository(listed(state)), ref: refOf(state.number) };
  }
}

const inItsRepository = ({ number, milestone, ...state }: ListedState): ListedState => ({
  number: numberOf(number),
  ...state,
  milestone:
    milestone === null || milestone.number === null
      ? milestone
      : { ...milestone, number: numberOf(milestone.number) },
});

/** Written out, for it runs for every issue, and a rest of an object is made slowly. */
function listed(state: IssueState): ListedState {
  return {
    number: state.number,
    title: state.title,
    state: state.state,
    stateReason: state.stateReason,
    labels: state.labels,
    milestone: state.milestone,
    assignees: state.assignees,
    pullRequest: state.pullRequest,
    provenance: state.provenance,
  };
}

function headOf(
  at: number,
  repository: string | null,
  { names }: Pick<Repositories, "names"> = { names: [] },
): Pick<StateDocument, "schema" | "repository" | "repositories" | "at"> {
  const several = names.length < 2 ? {} : { repositories: names };
  return { schema: "sprintcast/state@1", repository, ...several, at: new Date(at).toISOString() };
}

function aliasesOfAll(stores: readonly Store[]): StateDocument["aliases"] {
  const all = stores.map((store) => ({ repository: store.repository() ?? "", ...aliasesOf(store.names()) }));
  const named = <T extends object>(list: readonly T[], repository: string) =>
    all.length < 2 ? list : list.map((alias) => ({ ...alias, repository }));
  return {
    labels: all.flatMap(({ labels, repository }) => named(labels, repository)),
    milestones: all.flatMap(({ milestones, repository }) => named(milestones, repository)),
  };
}

function aliasesOf(names: Names): StateDocument["aliases"] {
  const { labels, milestones } = listedAliases(names);
  return { labels: labels.map(dated), milestones: milestones.map(dated) };
}

function dated<T extends LabelAlias>(alias: T): Dated<T> {
  return { ...alias, notBefore: isoOrNull(alias.notBefore), notAfter: isoOrNull(alias.notAfter) };
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const noHistory = (db: string, isUnfinished: boolean): StoreError =>
  new StoreError("store-missing", `${db} ${isUnfinished ? tornWords.lacks : "has no history yet"}`, {
    hint: isUnfinished ? tornWords.hint : "Run npx sprintcast sync first, or give the right file with --db.",
    exitCode: exitCodes.usage,
  });

/** Says which repositories are left out, since a first sync brought only a part of them before it was cut off. */
async function warnOfTorn(io: Io, stores: readonly Store[]): Promise<void> {
  const torn = stores.filter(({ syncState }) => isTorn(syncState));
  if (torn.length === 0) return;
  const { safeText } = await import("../render/text/terminal.ts");
  for (const store of torn)
    io.err(`note: the first sync of ${safeText(store.repository() ?? "")} did not end: it is left out\n`);
}
