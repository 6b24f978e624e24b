import { resolve } from "node:path";
import { keyAt, type Repositories, repositoriesOf } from "../../core/model/repositories.ts";
import { ContentError, GitHubRefusedError, type SprintcastError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { joinHistories } from "../../store/joined.ts";
import type { HistoryFile } from "../../store/open.ts";
import { setRefusal } from "../../store/refused.ts";
import type { History, Store } from "../../store/store.ts";
import { elsewhereOf, type Naming } from "./gone.ts";
import { projectRules } from "./project-rules.ts";
import { nothingYet, type SyncSummary } from "./summary.ts";
import type { Team } from "./team.ts";

/** What a sync did to one repository. */
export interface Part {
  /** Its place among those that the settings list. */
  place: number;
  /** owner/name as it is called now; null where nothing told it. */
  repository: string | null;
  store: Store;
  sum: SyncSummary & { skipped?: { file: string; problem: string }[] };
  /** Why it could not be read, while others could. */
  refused?: SprintcastError;
  milliseconds: number;
  /** The folder that it was read from. */
  backup?: string;
}

/** What GitHub says against one repository, and not against the token or the hour. */
const ofOneRepository = new Set([
  "github-blocked",
  "github-forbidden",
  "github-issues-off",
  "github-moved-away",
  "github-no-repository",
  "github-single-sign-on",
]);

const isOfOne = (error: unknown): error is GitHubRefusedError =>
  error instanceof GitHubRefusedError && ofOneRepository.has(error.code);

interface Options {
  content: string;
  projects?: boolean;
}

/**
 * Asks GitHub about one repository after the other. Where one of several is refused, the rest goes on; where all are, the
 * first refusal is thrown. Errors as `syncGitHub`.
 */
export async function syncFromGitHub(
  opened: HistoryFile,
  team: Team,
  io: Io,
  options: Options,
): Promise<Part[]> {
  const { syncGitHub } = await import("./github.ts");
  const { noteArrival } = await import("../../github/missing.ts");
  const rules = await projectRules(resolve(io.cwd, options.content));
  const projects = options.projects ?? rules.needed;
  const repositories = repositoriesOf(team.listed);
  const parts: Part[] = [];
  for (const name of team.wanted) {
    const place = team.listed.indexOf(name);
    const store = storeOf(opened, name, team);
    const isAmongSeveral = team.listed.length > 1;
    const started = io.now();
    const took = () => io.now() - started;
    const called = (isAmongSeveral ? store.repository() : null) ?? name;
    try {
      const naming = namingAt(place, repositories);
      const sum = await syncGitHub(store, called, io, {
        web: rules.web,
        projects,
        issueFields: rules.issueFields,
        naming,
        onArrival(at) {
          for (const other of opened.stores())
            if (other !== store) noteArrival(other.syncState, at, () => elsewhereOf(other, repositories));
        },
      });
      if (rules.choice !== undefined) store.chooseProject(rules.choice);
      setRefusal(store.syncState, null);
      if (isAmongSeveral && called.toLowerCase() !== name.toLowerCase())
        sum.notices.push(`${name} is now ${called}: change it in content/settings.yml`);
      parts.push({ place, repository: store.repository(), store, sum, milliseconds: took() });
    } catch (error) {
      if (!isAmongSeveral || !isOfOne(error)) throw error;
      // A repository that was never read leaves no trace.
      if (store.repository() !== null) setRefusal(store.syncState, { at: io.now(), message: error.message });
      parts.push({
        place,
        repository: called,
        store,
        sum: nothingYet(),
        refused: error,
        milliseconds: took(),
      });
    }
  }
  const [first] = parts;
  if (first?.refused !== undefined && parts.every(({ refused }) => refused !== undefined))
    throw first.refused;
  return parts;
}

/** Issues of the repository at `place`, by their own numbers. */
const namingAt = (place: number, { issueName, refOf, keyOf }: Repositories): Naming => ({
  keyOf,
  issueName: (number) => issueName(keyAt(place, number)),
  refOf: (number) => refOf(keyAt(place, number)),
});

/**
 * Where the history of a repository belongs. Errors: StoreError `store-other-repository` where the file holds others
 * only.
 */
function storeOf(opened: HistoryFile, name: string, { listed }: Team): Store {
  const held = opened.stores();
  const [first] = held;
  const isAmongSeveral = listed.length > 1;
  if (first !== undefined && listed.every((one) => opened.find(one) === null)) first.setRepository(name);
  const found = isAmongSeveral ? opened.storeFor(name) : (opened.find(name) ?? first);
  return found ?? opened.storeFor(name);
}

/** Reads a folder for each repository. Errors as `syncBackup`; ContentError `backup-repository-unknown`. */
export async function syncBackups(
  opened: HistoryFile,
  dirs: readonly string[],
  team: Team,
  io: Io,
): Promise<Part[]> {
  const { repositoryIn, syncBackup } = await import("./backup.ts");
  const parts: Part[] = [];
  for (const dir of dirs) {
    const started = io.now();
    const areSeveral = team.listed.length > 1 || dirs.length > 1 || opened.stores().length > 1;
    const [only = null] = team.wanted.length === 1 ? team.wanted : [];
    const told = areSeveral ? repositoryIn(dir) : null;
    if (areSeveral && told === null && only === null)
      throw new ContentError("backup-repository-unknown", dir, "none of its files names a repository", {
        hint: "Read it by itself and name the repository with --repo owner/name.",
      });
    const name = told ?? only;
    const store = name === null ? firstOf(opened) : storeOf(opened, name, teamWith(team, name));
    const sum = await syncBackup(store, dir, only, io);
    const place = Math.max(
      0,
      team.listed.findIndex((one) => one.toLowerCase() === name?.toLowerCase()),
    );
    parts.push({
      place,
      repository: store.repository(),
      store,
      sum,
      backup: dir,
      milliseconds: io.now() - started,
    });
  }
  return parts;
}

const firstOf = (opened: HistoryFile): Store => opened.stores()[0] ?? opened.storeFor("");

/** A backup of a repository that is not listed is one of another team. */
const teamWith = (team: Team, name: string): Team =>
  team.listed.some((one) => one.toLowerCase() === name.toLowerCase())
    ? team
    : { ...team, listed: [name], wanted: [name] };

/** All that was synced, read as one. */
export function joinedOf(
  parts: readonly Part[],
  { listed }: Team,
): { history: History; repositories: Repositories } {
  const [first] = parts;
  const names = listed.length > 0 ? listed : parts.map(({ repository }) => repository ?? "");
  const repositories = repositoriesOf(names);
  if (names.length === 1 && first !== undefined) return { history: first.store, repositories };
  const at = (place: number) => parts.find((part) => part.place === place && part.refused === undefined);
  return {
    history: joinHistories(
      [...names.keys()].map((place) => at(place)?.store ?? null),
      repositories,
    ),
    repositories,
  };
}
