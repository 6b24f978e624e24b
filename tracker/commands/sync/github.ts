import { instantText } from "../../core/model/days.ts";
import type { Sighting } from "../../core/model/page.ts";
import { repositoriesOf } from "../../core/model/repositories.ts";
import { GitHubRefusedError, SprintcastError } from "../../errors.ts";
import { type Access, readAccess } from "../../github/access.ts";
import { announcedIn } from "../../github/announcements.ts";
import type { Cursors, Pulled } from "../../github/ask.ts";
import { type Client, type ClientOptions, createClient, currentName } from "../../github/client.ts";
import { mapPage } from "../../github/map-page.ts";
import { type Known, pullRepository } from "../../github/pull.ts";
import { eventKeys } from "../../github/pull-events.ts";
import { pullIssueFields } from "../../github/pull-issue-fields.ts";
import { pullProjects } from "../../github/pull-projects.ts";
import { type Asked, githubError, isGraph } from "../../github/refusal.ts";
import type { Io } from "../../io.ts";
import { startProgress } from "../../progress.ts";
import { commentsBegun } from "../../store/comments.ts";
import { beginFirst, endFirst, isTorn } from "../../store/first-sync.ts";
import type { Store } from "../../store/store.ts";
import {
  arrivalNotices,
  elsewhereOf,
  knownGone,
  type Naming,
  newsOf,
  unsaidIn,
  unsaidNotice,
} from "./gone.ts";
import { describePull, timePages } from "./progress.ts";
import { addTo, nothingYet, type SyncSummary } from "./summary.ts";

export type ClientTuning = Pick<ClientOptions, "second" | "retries" | "longestWait"> & {
  /** The team's GitHub on the web. Default: what the environment says, or github.com. */
  web?: string | null;
  /** Projects v2 too, over GraphQL. Default: nothing is asked about them. */
  projects?: boolean;
  /** The fields of issues too, over GraphQL. Default: nothing is asked about them. */
  issueFields?: boolean;
  /** How issues are called; by their number alone, where there is one repository. */
  naming?: Naming;
  /** Called where an issue arrived from another repository, with when, epoch milliseconds. */
  onArrival?: (at: number) => void;
};

/**
 * Pulls what is new at GitHub into the store, page by page: each page and the cursor behind it in one transaction,
 * so that a sync may end at any moment and the next one goes on from there. The store belongs to the repository from
 * the first page on, so that a mistyped name leaves no trace.
 * Errors: GitHubRefusedError, InterruptedError, StoreError, UsageError (address or token malformed).
 */
export async function syncGitHub(
  store: Store,
  repository: string,
  io: Io,
  { naming = repositoriesOf([repository]), web = null, onArrival = () => {}, ...tuning }: ClientTuning = {},
): Promise<SyncSummary> {
  const access = readAccess(io.env, web);
  if (store.repository() !== null) store.setRepository(repository);
  const sum: SyncSummary = nothingYet();
  const progress = startProgress(io, `Asking GitHub about ${repository}`);
  // Of several, each line says whose it is.
  const whose = naming.refOf(1) === undefined ? "" : `${repository}: `;
  const left = timePages(io.now);
  let moved = false;
  let begun: number | null = null;
  let tokenEnds: number | null = null;
  /** Issues that arrived and whose events GitHub refused, with its status. */
  const refused = new Map<number, number>();
  /** The tokens that GitHub took. */
  const taken = new Set<string | null>();
  const clientWith = (token: string | null): Client =>
    createClient({
      apiUrl: access.apiUrl,
      token,
      ...(io.second !== undefined && { second: io.second }),
      ...tuning,
      signal: io.signal,
      onRequest: ({ status, at, headers }) => {
        begun ??= at;
        tokenEnds ??= announcedIn(headers).tokenEnds;
        sum.requests += 1;
        if (status === 304) sum.unchanged += 1;
        if (status < 400) taken.add(token);
      },
      onTrouble: (what) => progress.update(`${what}, trying again`),
      onMoved: () => {
        moved = true;
      },
      onWait: (seconds, why) => {
        const told = `GitHub asks to wait ${seconds} s (${why})`;
        // A minute without a word looks like a hang in a log, too.
        if (!io.showsProgress && seconds >= 30) io.err(`${told}\n`);
        progress.update(told);
      },
    });
  const client = clientWith(access.token);
  const pages = async function* (): AsyncGenerator<Pulled> {
    yield* pullRepository(
      client,
      repository,
      store.syncState,
      { ...knownBy(store, naming, refused), onArrival },
      () => moved,
    );
    // Projects and fields come on top, each with a mark of its own of how far it is known.
    endFirst(store.syncState, "github");
    const { projects, issueFields } = tuning;
    if (!projects && !issueFields) return;
    const { token, projectsToken } = access;
    if (projectsToken === null) throw tokenMissing(projects ? "Projects v2" : "issue fields");
    const asking = projectsToken === token ? client : clientWith(projectsToken);
    const graph = { client: asking, base: access.graphBase };
    if (issueFields) yield* pullIssueFields(graph, repository);
    if (projects) yield* pullProjects(graph, repository, store.syncState);
  };
  const isNews = newsOf(store);
  let nameless = 0;
  try {
    for await (const pulled of stoppable(pages(), io.signal)) {
      nameless += keepPulled(store, repository, pulled, sum, { naming, isNews });
      const what = pulled.isArrival ? "arrivals" : pulled.page.kind;
      progress.update(whose + describePull(sum, what, pulled.place, left(what, pulled.place)));
    }
    if (moved) sum.notices.push(follow(store, repository, await currentName(client, repository)));
    sum.gone = knownGone(store, sum.gone);
    sum.notices.push(...arrivalNotices(store, refused, naming));
    sum.notices.push(...horizonOf(store.syncState), ...expiryOf(tokenEnds, begun));
    // Nothing new is news, too: up to here history is known, though no page said so.
    if (begun !== null && Number.isFinite(begun))
      store.syncState.set("syncedAt", new Date(begun).toISOString());
    if (nameless > 0)
      sum.notices.push(
        `changes in projects that were deleted, or that this token may not see, are left out: ${nameless}`,
      );
    return sum;
  } catch (error) {
    const told = githubError(error, askedOf(error, repository, access, taken), io.signal);
    throw told instanceof SprintcastError ? told : error;
  } finally {
    progress.stop();
  }
}

function askedOf(
  error: unknown,
  repository: string,
  { token, projectsToken }: Access,
  taken: ReadonlySet<string | null>,
): Asked {
  const value = isGraph(error) ? projectsToken : token;
  const variable = value === token ? "GITHUB_TOKEN" : "GITHUB_PROJECTS_TOKEN";
  return { repository, shown: value === null ? null : { variable, value }, wasTaken: taken.has(value) };
}

/** Keeps one page and counts what it brought; with how many changes in it name no project. */
function keepPulled(
  store: Store,
  repository: string,
  pulled: Pulled,
  sum: SyncSummary,
  { naming, isNews }: { naming: Naming; isNews: (sighting: Sighting) => boolean },
): number {
  const { page, problems, nameless } = mapPage(pulled.page);
  const gone = (page.sightings ?? []).filter(isNews);
  const listed = (page.commentListings ?? []).map(({ issue }) => issue);
  const before = unsaidIn(store, listed);
  const added = store.append(page, () => {
    // What a backup began and GitHub goes on with, only GitHub can end.
    if (store.repository() === null || isTorn(store.syncState)) beginFirst(store.syncState, "github");
    store.setRepository(repository);
    pulled.saveCursor();
  });
  addTo(sum, added, page);
  for (const [id, comment] of unsaidIn(store, listed))
    if (!before.has(id)) sum.notices.push(unsaidNotice(comment, naming));
  sum.gone.push(...gone);
  // What is asked for once more, because it is not known, is told once.
  sum.problems.push(...problems.filter((problem) => !sum.problems.includes(problem)));
  return nameless;
}

/** A backup's issue was there when it was last updated; the backup may have kept it for long. */
function knownBy(store: Store, naming: Naming, refused: Map<number, number>): Known {
  return {
    eventsToAsk: () => store.eventsToAsk(),
    leaveEvents(issue, status) {
      store.leaveEvents(issue);
      refused.set(issue, status);
    },
    commentsToAsk: () => store.commentsToAsk(),
    beginComments: (at) => store.syncState.set(commentsBegun, String(at)),
    suspectComments: (issues) => store.suspectComments(issues),
    leaveComments: (issue) => store.leaveComments(issue),
    listComments: (ids) => store.listComments(ids),
    issues: () => store.knownIssues(),
    openIssues: () => store.openIssues(),
    goneIssues: () => store.goneIssues().map(({ issue }) => issue),
    elsewhere: () => elsewhereOf(store, naming),
    seenAt(number) {
      const seen = store.issue(number);
      return seen === null ? null : seen.kept ? seen.updatedAt : seen.observedAt;
    },
  };
}

function tokenMissing(what: string): GitHubRefusedError {
  return new GitHubRefusedError("github-projects-token", `${what} cannot be read without a token`, {
    hint: "Set GITHUB_TOKEN, or GITHUB_PROJECTS_TOKEN beside it; Projects v2 need one with the scope read:project. What else was fetched is kept; npx sprintcast sync --no-projects does without Projects.",
  });
}

function follow(store: Store, from: string, to: string | null): string {
  if (to === null || to.toLowerCase() === from.toLowerCase()) return `GitHub redirects ${from}`;
  store.renameRepository(to);
  return `${from} is now ${to}: change it in content/settings.yml or name it with --repo`;
}

const week = 7 * 24 * 3_600_000;

/** Said in the week before, so that no scheduled run fails by surprise. */
const expiryOf = (tokenEnds: number | null, now: number | null): string[] =>
  tokenEnds === null || now === null || tokenEnds - now > week
    ? []
    : [`the token expires on ${new Date(tokenEnds).toISOString().slice(0, 16).replace("T", " ")} UTC`];

function horizonOf(memory: Cursors): string[] {
  const at = memory.get(eventKeys.horizon);
  return at === null
    ? []
    : [
        `GitHub shows this repository's events only back to ${instantText(Number(at))}: what was before is unknown`,
      ];
}

/** Ends at once when stopped, even while the client sits out a wait; what it asked for is then dropped. */
async function* stoppable(pages: AsyncGenerator<Pulled>, signal: AbortSignal): AsyncGenerator<Pulled> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  stopped.catch(() => {});
  const stop = () => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    for (;;) {
      const step = pages.next();
      step.catch(() => {});
      const { value, done } = await Promise.race([stopped, step]);
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
