import { SprintcastError } from "../errors.ts";
import { type Client, type ClientOptions, createClient } from "../github/client.ts";
import { mapPage } from "../github/map-page.ts";
import { pullRepository } from "../github/pull.ts";
import { explainFailure } from "../github/refusal.ts";
import type { Store } from "../store/store.ts";
import type { Io } from "./io.ts";
import { startProgress } from "./progress.ts";

/** What a sync brought. Counts are of what was new to the database. */
export interface SyncSummary {
  issues: number;
  events: number;
  comments: number;
  /** Requests to GitHub, and how many of them were answered «not modified». */
  requests: number;
  unchanged: number;
  /** Objects that could not be read, named. */
  problems: string[];
}

export type ClientTuning = Pick<ClientOptions, "second" | "retries" | "longestWait">;

const plural = (n: number, word: string): string => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;

/**
 * Pulls what is new at GitHub into the store, page by page: each page and the cursor behind it in one transaction,
 * so that a sync may end at any moment and the next one goes on from there.
 * Errors: GitHubRefusedError, InterruptedError, StoreError.
 */
export async function syncGitHub(
  store: Store,
  repository: string,
  io: Io,
  tuning: ClientTuning = {},
): Promise<SyncSummary> {
  const token = io.env.GITHUB_TOKEN || null;
  const sum: SyncSummary = { issues: 0, events: 0, comments: 0, requests: 0, unchanged: 0, problems: [] };
  const progress = startProgress(io, `Asking GitHub about ${repository}`);
  const client: Client = createClient({
    apiUrl: io.env.GITHUB_API_URL || "https://api.github.com",
    token,
    signal: io.signal,
    ...tuning,
    onRequest: ({ status }) => {
      sum.requests += 1;
      if (status === 304) sum.unchanged += 1;
    },
    onWait: (seconds, why) => progress.update(`GitHub asks to wait ${seconds} s (${why})`),
  });
  try {
    for await (const { page, remember } of pullRepository(client, repository, store.syncState)) {
      const mapped = mapPage(page);
      const added = store.append(mapped.page, remember);
      sum.issues += added.issues;
      sum.events += added.events;
      sum.comments += added.comments;
      sum.problems.push(...mapped.problems);
      progress.update(
        `${plural(sum.issues, "issue")}, ${plural(sum.events, "event")}, ${plural(sum.comments, "comment")}: reading ${page.kind}`,
      );
      if (io.signal.aborted) throw new DOMException("aborted", "AbortError");
    }
    return sum;
  } catch (error) {
    const told = explainFailure(error, repository, token !== null, io.signal);
    throw told instanceof SprintcastError ? told : error;
  } finally {
    progress.stop();
  }
}
