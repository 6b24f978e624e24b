import { keyAt, type Repositories } from "../../core/model/repositories.ts";
import type { Io } from "../../io.ts";
import { safeText } from "../../render/text/terminal.ts";
import { goneEntry } from "./gone.ts";
import type { Part } from "./parts.ts";
import { describeCame } from "./progress.ts";

/** What a sync brought, all in all. */
export interface Synced {
  parts: readonly Part[];
  /** What concerns no repository by itself. */
  notices: readonly string[];
  repositories: Repositories;
  milliseconds: number;
}

/** Tells what a sync brought: what was left out and what is to be known on stderr, the counts on stdout. */
export function tellSync(io: Io, how: { json: boolean; asked: boolean }, synced: Synced): void {
  const { parts } = synced;
  for (const { file, problem } of parts.flatMap(({ sum }) => sum.skipped ?? []))
    io.err(`skipped ${safeText(file)}: ${safeText(problem)}\n`);
  for (const problem of parts.flatMap((part) => problemsOf(part, synced)))
    io.err(`not read: ${safeText(problem)}\n`);
  for (const notice of noticesOf(synced)) io.err(`note: ${safeText(notice)}\n`);
  if (how.json) io.out(`${JSON.stringify(documentOf(synced))}\n`);
  else for (const part of parts) io.out(lineOf(part, how.asked, synced));
}

const isOneOfSeveral = ({ repositories }: Synced): boolean => repositories.names.length > 1;

/** What could not be read goes by number, so that of several repositories each says whose it is. */
const problemsOf = ({ repository, sum }: Part, synced: Synced): string[] =>
  isOneOfSeveral(synced) ? sum.problems.map((problem) => `${repository}: ${problem}`) : sum.problems;

const noticesOf = ({ parts, notices }: Synced): string[] => [
  ...parts.flatMap(({ sum }) => sum.notices),
  ...notices,
  ...parts.flatMap(({ refused }) =>
    refused === undefined ? [] : [`${refused.message}; the others go on. ${refused.hint ?? ""}`.trimEnd()],
  ),
];

/** `sprintcast/sync@1`: of several repositories the counts of all, and below `repositories` of each. */
function documentOf(synced: Synced) {
  const { parts, repositories, milliseconds } = synced;
  return {
    schema: "sprintcast/sync@1",
    repository: parts[0]?.repository ?? null,
    ...totalOf(parts),
    gone: parts.flatMap(({ place, sum }) =>
      sum.gone.map((one) =>
        goneEntry(one, { ...repositories, refOf: (number) => repositories.refOf(keyAt(place, number)) }),
      ),
    ),
    problems: parts.flatMap((part) => problemsOf(part, synced)),
    notices: noticesOf(synced),
    skipped: parts.flatMap(({ sum }) => sum.skipped ?? []),
    milliseconds,
    ...(isOneOfSeveral(synced) ? { repositories: parts.map(entryOf) } : {}),
  };
}

const counts = ["issues", "pulls", "events", "comments", "requests", "unchanged"] as const;
type Totals = Record<(typeof counts)[number], number>;

function totalOf(parts: readonly Part[]): Totals {
  const sums = counts.map((name) => [name, parts.reduce((sum, part) => sum + part.sum[name], 0)]);
  return Object.fromEntries(sums) as Totals;
}

const entryOf = (part: Part) => ({
  repository: part.repository,
  ...totalOf([part]),
  milliseconds: part.milliseconds,
  ...(part.refused === undefined
    ? {}
    : { refused: { code: part.refused.code, message: part.refused.message } }),
});

function lineOf({ repository, sum, refused, milliseconds }: Part, asked: boolean, synced: Synced): string {
  const n = (count: number, word: string) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
  const name = safeText(repository ?? "");
  if (refused !== undefined) return `${name}: not read.\n`;
  const requests = asked ? ` ${n(sum.requests, "request")}, ${sum.unchanged} unchanged.` : "";
  const news =
    sum.issues + sum.pulls + sum.events + sum.comments === 0 ? "nothing new" : `new: ${describeCame(sum)}`;
  const time = isOneOfSeveral(synced) ? milliseconds : synced.milliseconds;
  return `${name}: ${news}.${requests} ${(time / 1000).toFixed(1)} s\n`;
}
