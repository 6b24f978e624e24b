import type { HistoryPage } from "../../core/model/page.ts";
import { SprintcastError } from "../../errors.ts";
import { type Access, readAccess } from "../../github/access.ts";
import { type Announcements, announcedIn } from "../../github/announcements.ts";
import { type Client, createClient, currentName } from "../../github/client.ts";
import { mapPage } from "../../github/map-page.ts";
import {
  listings,
  type Probed,
  probeHistory,
  probeIssueFields,
  probeListing,
  probeProjects,
} from "../../github/probe.ts";
import { githubError, isGraph } from "../../github/refusal.ts";
import type { Io } from "../../io.ts";
import { startProgress } from "../../progress.ts";
import { openStore } from "../../store/open.ts";
import type { Store } from "../../store/store.ts";
import type { Check } from "./check.ts";
import { checkReplay } from "./live-replay.ts";

/** What one run asks with, and what it learned of the way. */
interface Line {
  io: Io;
  access: Access;
  repository: string;
  client: Client;
  clientWith(token: string | null): Client;
  requests: number;
  taken: Set<string | null>;
  announced: Announcements;
}

function openLine(io: Io, repository: string, web: string | null): Line {
  const access = readAccess(io.env, web);
  const clientWith = (token: string | null) =>
    createClient({
      apiUrl: access.apiUrl,
      token,
      signal: io.signal,
      ...(io.second !== undefined && { second: io.second }),
      onRequest: ({ status, headers }) => {
        line.requests += 1;
        if (status < 400) line.taken.add(token);
        const { tokenEnds, editionEnds } = announcedIn(headers);
        line.announced.tokenEnds ??= tokenEnds;
        line.announced.editionEnds ??= editionEnds;
      },
    });
  const line: Line = {
    io,
    access,
    repository,
    client: clientWith(access.token),
    clientWith,
    requests: 0,
    taken: new Set(),
    announced: { tokenEnds: null, editionEnds: null },
  };
  return line;
}

/** The refusal as an error for people; anything else is handed back as it came. */
function toldBy({ io, access, repository, taken }: Line, error: unknown): unknown {
  const value = isGraph(error) ? access.projectsToken : access.token;
  const variable = value === access.token ? "GITHUB_TOKEN" : "GITHUB_PROJECTS_TOKEN";
  const shown = value === null ? null : { variable, value };
  return githubError(error, { repository, shown, wasTaken: taken.has(value) }, io.signal);
}

/**
 * Asks GitHub for one page of everything that a sync reads, holds it to what the program expects, and the replay of some
 * issues to how they stand now. It reads only, and keeps nothing.
 * @param web the team's GitHub on the web, by its settings; null: what the environment says, or github.com
 * Errors: GitHubRefusedError where the repository cannot be read at all, InterruptedError, UsageError.
 */
export async function checkLive(io: Io, repository: string, web: string | null): Promise<Check[]> {
  const line = openLine(io, repository, web);
  const store = openStore(":memory:");
  const progress = startProgress(io, `Asking GitHub about ${repository}`);
  try {
    const checks: Check[] = [await checkName(line)];
    for (const listing of listings)
      checks.push(
        await checkPages(line, store, listing.name, async () => [
          await probeListing(line.client, repository, listing),
        ]),
      );
    checks.push(...(await checkGraph(line, store)));
    checks.push(
      await attempt(line, "replay", () =>
        checkReplay(store, io, (number) => probeHistory(line.client, repository, number)),
      ),
    );
    return [
      ...checks,
      ...checkAnnounced(line),
      { name: "requests", verdict: "fine", found: String(line.requests) },
    ];
  } finally {
    store.close();
    progress.stop();
  }
}

async function checkName(line: Line): Promise<Check> {
  const { client, repository } = line;
  try {
    const name = await currentName(client, repository);
    if (name === null || name.toLowerCase() === repository.toLowerCase())
      return { name: "repository", verdict: "fine", found: `${name ?? repository} answers` };
    return {
      name: "repository",
      verdict: "look",
      found: `${repository} is now ${name}`,
      hint: "Change it in content/settings.yml.",
    };
  } catch (error) {
    const told = toldBy(line, error);
    throw told instanceof SprintcastError ? told : error;
  }
}

/** What a step finds, or why it was refused. A run that is stopped ends. */
async function attempt(line: Line, name: string, step: () => Promise<Check>): Promise<Check> {
  try {
    return await step();
  } catch (error) {
    const told = toldBy(line, error);
    if (line.io.signal.aborted || !(told instanceof SprintcastError)) throw told;
    return { name, verdict: "mend", found: told.message, hint: told.hint };
  }
}

const checkPages = (line: Line, store: Store, name: string, ask: () => Promise<Probed[]>): Promise<Check> =>
  attempt(line, name, async () => {
    const probed = await ask();
    const mapped = probed.map(({ page }) => mapPage(page));
    for (const { page } of mapped) store.append(page satisfies HistoryPage);
    const problems = mapped.flatMap((one) => one.problems);
    const count = probed.reduce((sum, { page }) => sum + page.items.length, 0);
    const part = probed.every(({ isWhole }) => isWhole) ? "" : ", the first of more";
    if (problems.length === 0) return { name, verdict: "fine", found: `${count} read${part}` };
    return {
      name,
      verdict: "mend",
      found: `${problems.length} of ${count} cannot be read: ${problems.slice(0, 3).join("; ")}`,
      hint: "A newer Sprintcast may read them; if not, please report it.",
    };
  });

async function checkGraph(line: Line, store: Store): Promise<Check[]> {
  const { access, client, clientWith, repository } = line;
  const { token, projectsToken } = access;
  if (projectsToken === null)
    return [
      {
        name: "projects",
        verdict: "look",
        found: "GraphQL answers nobody without a token",
        hint: "Set GITHUB_TOKEN or GITHUB_PROJECTS_TOKEN if sprints, lanes or estimates use Projects v2 or issue fields.",
      },
    ];
  const graph = {
    client: projectsToken === token ? client : clientWith(projectsToken),
    base: access.graphBase,
  };
  const checks = [
    await checkPages(line, store, "projects", () => probeProjects(graph, repository)),
    await checkPages(line, store, "issue fields", () => probeIssueFields(graph, repository)),
  ];
  // Only teams that use them need them; a refusal is no fault of the setup.
  return checks.map((check) => (check.verdict === "mend" ? { ...check, verdict: "look" } : check));
}

const week = 7 * 24 * 3_600_000;

function checkAnnounced({ io, announced }: Line): Check[] {
  const { tokenEnds, editionEnds } = announced;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return [
    ...(tokenEnds === null
      ? []
      : [
          {
            name: "token",
            verdict: tokenEnds - io.now() < 2 * week ? ("look" as const) : ("fine" as const),
            found: `it expires on ${day(tokenEnds)}`,
          },
        ]),
    ...(editionEnds === null
      ? []
      : [
          {
            name: "edition",
            verdict: "look" as const,
            found: `GitHub gives up this edition of its API on ${day(editionEnds)}`,
            hint: "Update Sprintcast before then: npm install sprintcast@latest.",
          },
        ]),
  ];
}
