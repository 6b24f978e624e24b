import { RequestError } from "@octokit/request-error";
import { present } from "../core/model/present.ts";
import {
  absent,
  answeredAt,
  ask,
  type Cursors,
  createTrail,
  leads,
  oddAnswer,
  type Pulled,
  perPage,
  requireListing,
} from "./ask.ts";
import { type Client, currentName } from "./client.ts";
import { isClosedTo } from "./limits.ts";
import { forgetMissing, loadMissing, noteMissing } from "./missing.ts";
import { loadOpenListing, type OpenPage, openAddress, openPageOf, saveOpenListing } from "./open-pages.ts";

/** What the database knows of the issues that GitHub showed. */
export interface KnownIssues {
  /** Numbers of all that are not gone, pull requests included. */
  issues(): number[];
  /** Numbers of those that are open. */
  openIssues(): number[];
  /** Numbers of those that are gone. */
  goneIssues(): number[];
  /** Numbers of those that were transferred to where they are not known. */
  elsewhere(): number[];
  /** When GitHub last showed it, epoch milliseconds; null: it never did. */
  seenAt(issue: number): number | null;
}

/** Where and whom the questions go to. `isMoved`: GitHub answered from another address than the repository's name. */
export interface Asked {
  client: Client;
  repository: string;
  memory: Cursors;
  isMoved: () => boolean;
}

/**
 * Looks whether the issues that were open are still there. GitHub tells of no transfer and no deletion: such an issue
 * is only missing from the listings. The listing of open issues is read by the ETags of its pages, 100 issues each,
 * and only as far as open issues are known; then every issue that is missing is asked for by itself.
 */
export async function* pullAbsences(
  asked: Asked,
  known: KnownIssues,
  isListed: boolean,
): AsyncGenerator<Pulled> {
  const { memory } = asked;
  const before = loadOpenListing(memory);
  const unlisted = isListed ? [] : yield* readOpenListing(asked, known, before.pages);
  const suspects = [...new Set([...unlisted, ...loadMissing(memory)])].sort((a, b) => a - b);
  const listed = new Set(before.at === null ? [] : before.pages.flatMap(({ numbers }) => numbers));
  if (suspects.length === 0) return;
  yield* lookForEach(asked, known, suspects, (number) =>
    Math.max(known.seenAt(number) ?? 0, listed.has(number) ? (before.at ?? 0) : 0),
  );
}

/** Answers that wait until it is seen that the repository is there itself: a sync that is cut off asks for them again. */
const atOnce = 20;

/** Asks for issues one by one. `sinceOf`: when each is known to have been there last, epoch milliseconds. */
async function* lookForEach(
  asked: Asked,
  known: Pick<KnownIssues, "seenAt">,
  numbers: readonly number[],
  sinceOf: (number: number) => number,
): AsyncGenerator<Pulled> {
  let isAsked = asked.isMoved();
  let repository = isAsked ? await nameNow(asked) : asked.repository;
  const waiting: [number: number, Looked][] = [];
  for (const number of numbers) {
    const since = sinceOf(number);
    let found = await lookFor({ ...asked, repository }, number, since);
    if (found.leadsTo !== undefined) {
      // A redirect is an issue's own only where the repository is still where it was.
      const name: string = isAsked ? repository : await nameNow(asked);
      isAsked = true;
      if (name !== repository) found = await lookFor({ ...asked, repository: name }, number, since);
      repository = name;
    }
    if (found.leadsTo !== undefined) await follow(asked.client, found);
    if (found.page.kind !== "absences") yield found;
    else if (found.leadsTo !== undefined && known.seenAt(number) !== null) yield found;
    else waiting.push([number, found]);
    if (waiting.length >= atOnce) yield* settle({ ...asked, repository }, known, waiting.splice(0));
  }
  if (waiting.length > 0) yield* settle({ ...asked, repository }, known, waiting);
}

/** Absences, once it is seen that the repository is there. What was never here cannot leave: it is asked for no more. */
async function* settle(
  { client, repository }: Asked,
  known: Pick<KnownIssues, "seenAt">,
  absences: readonly [number: number, Looked][],
): AsyncGenerator<Looked> {
  await requireListing(client, repository);
  for (const [number, absence] of absences) {
    if (known.seenAt(number) === null) absence.saveCursor();
    else yield absence;
  }
}

/**
 * Numbers of open issues that no page shows, and of those that are shown though they were gone, or were never seen: a
 * pass may skip an issue where another is closed while it reads.
 */
async function* readOpenListing(
  { client, repository, memory }: Asked,
  issues: KnownIssues,
  before: readonly OpenPage[],
): AsyncGenerator<Pulled, number[]> {
  const missing = new Set(issues.openIssues());
  const gone = new Set(issues.goneIssues());
  let seen: ReadonlySet<number> | null = null;
  const returned: number[] = [];
  const known = new Map(before.map((page) => [page.url, page]));
  const pages: OpenPage[] = [];
  let at: number | null = null;
  let url: string | null = openAddress(repository);
  const pass = createTrail();
  while (url !== null && missing.size > 0) {
    pass(url);
    const last: OpenPage | undefined = known.get(url);
    const isFullEnd = last?.next === null && last.numbers.length >= perPage;
    // A full last page is the same where another one follows it; then more is open than it shows.
    const mayHide = isFullEnd && hasOthers(missing, last.numbers);
    const answer = await ask(client, url, mayHide ? null : (last?.etag ?? null), (unchangedAt) => {
      at ??= unchangedAt;
    });
    const page: OpenPage = answer === null ? present(last) : openPageOf(url, answer);
    at ??= answer?.at ?? null;
    pages.push(page);
    if (answer !== null)
      yield {
        page: { kind: "counts", items: answer.items, observedAt: answer.at },
        saveCursor: () => {},
        place: answer.place,
      };
    if (answer !== null) seen ??= new Set(issues.issues());
    for (const number of page.numbers) {
      missing.delete(number);
      if (gone.has(number) || seen?.has(number) === false) returned.push(number);
    }
    url = page.next;
  }
  // Without open issues nothing was asked, and nothing is known anew.
  if (pages.length > 0) saveOpenListing(memory, { at, pages });
  const suspects = [...missing, ...returned];
  noteMissing(memory, suspects);
  return suspects;
}

/** Asks for all that is noted as missing. Errors: GitHubRefusedError, RequestError. */
export async function* pullNoted(asked: Asked, known: Pick<KnownIssues, "seenAt">): AsyncGenerator<Pulled> {
  const noted = loadMissing(asked.memory);
  if (noted.length > 0) yield* lookForEach(asked, known, noted, (number) => known.seenAt(number) ?? 0);
}

function hasOthers(all: Iterable<number>, shown: readonly number[]): boolean {
  const known = new Set(shown);
  return [...all].some((number) => !known.has(number));
}

const nameNow = async ({ client, repository }: Asked): Promise<string> =>
  (await currentName(client, repository)) ?? repository;

/** `leadsTo`: the address of another issue that GitHub gave instead. */
type Looked = Pulled & { leadsTo?: string };

/** Asks for one issue. It is there, or what GitHub answered in its place is kept. */
async function lookFor(
  { client, repository, memory }: Asked,
  number: number,
  since: number,
): Promise<Looked> {
  const saveCursor = () => forgetMissing(memory, number);
  const found = await askForIssue(client, `/repos/${repository}/issues/${number}`);
  const { at } = found;
  const isIssue = (found.item as { number?: unknown } | null)?.number === number;
  // Neither the issue nor a word on where it went: it would be taken for gone, or for there.
  if (found.status < 400 && !leads(found.status) && !(found.status === 200 && isIssue))
    throw oddAnswer(client.request.endpoint.DEFAULTS.baseUrl);
  if (found.status === 200)
    return { page: { kind: "issues", items: [found.item], observedAt: at }, saveCursor, place: null };
  const items = [{ number, status: found.status, since }];
  const elsewhere = leads(found.status) ? { leadsTo: found.leadsTo } : {};
  return { page: { kind: "absences", items, observedAt: at }, saveCursor, place: null, ...elsewhere };
}

/** Transfers of one issue that are followed: more are no team's doing. */
const mostHops = 10;

/**
 * Adds what stands at the end of the way on which an issue's own address leads, from transfer to transfer: nothing where
 * that is another server's, closed, gone or a ring.
 */
async function follow(client: Client, { page, leadsTo }: Looked): Promise<void> {
  const base = client.request.endpoint.DEFAULTS.baseUrl;
  let next = leadsTo;
  for (let hops = 0; hops < mostHops && next && URL.canParse(next, base); hops += 1) {
    const { href, origin } = new URL(next, base);
    if (origin !== new URL(base).origin) return;
    const found = await askForIssue(client, href).catch((error: unknown) => {
      if (isClosedTo(error)) return null;
      throw error;
    });
    if (found?.status === 200)
      page.items = page.items.map((one) => ({ ...(one as object), arrived: found.item }));
    if (found === null || !leads(found.status)) return;
    next = found.leadsTo;
  }
}

async function askForIssue(
  client: Client,
  url: string,
): Promise<{ status: number; item: unknown; at: number; leadsTo: string }> {
  try {
    const { status, headers, data } = await client.request({
      method: "GET",
      url,
      // A transferred issue leads to where it is now, and that one is another repository's.
      request: { redirect: "manual" },
    });
    return { status, item: data, at: answeredAt(headers), leadsTo: headers.location ?? "" };
  } catch (error) {
    if (!(error instanceof RequestError) || !absent.includes(error.status)) throw error;
    return { status: error.status, item: null, at: answeredAt(error.response?.headers ?? {}), leadsTo: "" };
  }
}
